/*
 * Text that grows, in an arena. The bytes are always NUL-terminated. Beyond
 * BUF_BYTES_MAX the program ends as if memory had run out: no output of ours is near it.
 */
#ifndef GLAGENT_BUF_H
#define GLAGENT_BUF_H

#include "arena.h"

enum { BUF_BYTES_MAX = 1 << 30 };

struct buf {
	struct arena *arena;
	char *data; /* NULL while empty */
	size_t len, cap;
};

void buf_add(struct buf *buf, struct str s);
void buf_add_char(struct buf *buf, char c);
void buf_add_repeat(struct buf *buf, char c, size_t count);
void buf_addf(struct buf *buf, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* What is in `buf`; good until the next addition. */
struct str buf_str(const struct buf *buf);

#endif
