#include "buf.h"

#include <stdarg.h>

#include "error.h"

enum { CAP_MIN = 256 };

/* Room for `more` bytes and a NUL. */
static void
reserve(struct buf *buf, size_t more)
{
	size_t need = buf->len + more + 1;
	if (more > BUF_BYTES_MAX || need > BUF_BYTES_MAX) {
		fatal_out_of_memory();
	}
	if (need <= buf->cap) {
		return;
	}
	size_t cap = buf->cap ? buf->cap * 2 : CAP_MIN;
	while (cap < need) {
		cap *= 2;
	}
	char *data = arena_alloc(buf->arena, cap);
	if (buf->len) {
		memcpy(data, buf->data, buf->len);
	}
	buf->data = data;
	buf->cap = cap;
}

void
buf_add(struct buf *buf, struct str s)
{
	reserve(buf, s.len);
	if (s.len) {
		memcpy(buf->data + buf->len, s.ptr, s.len);
	}
	buf->len += s.len;
	buf->data[buf->len] = '\0';
}

void
buf_add_char(struct buf *buf, char c)
{
	buf_add(buf, (struct str){ &c, 1 });
}

void
buf_add_repeat(struct buf *buf, char c, size_t count)
{
	reserve(buf, count);
	memset(buf->data + buf->len, c, count);
	buf->len += count;
	buf->data[buf->len] = '\0';
}

void
buf_addf(struct buf *buf, const char *fmt, ...)
{
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	assert(len >= 0);
	reserve(buf, (size_t)len);
	(void)vsnprintf(buf->data + buf->len, (size_t)len + 1, fmt, again);
	va_end(again);
	buf->len += (size_t)len;
}

struct str
buf_str(const struct buf *buf)
{
	return buf->data ? (struct str){ buf->data, buf->len } : STR("");
}
