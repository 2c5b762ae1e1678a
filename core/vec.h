/*
 * Growing array in an arena:
 *
 *	struct paths { struct str *items; size_t len, cap; } paths = { 0 };
 *	vec_push(arena, &paths, path);
 *
 * Outgrown storage stays in the arena; a pointer into items is good until the next push.
 */
#ifndef GLAGENT_VEC_H
#define GLAGENT_VEC_H

#include "arena.h"

/* Storage for more than *cap items, with the first `len` copied over. */
void *vec_grow(struct arena *arena, const void *items, size_t len, size_t *cap, size_t item_bytes);

#define vec_push(arena, vec, ...)                                                                            \
	do {                                                                                                 \
		if ((vec)->len == (vec)->cap) {                                                              \
			(vec)->items = vec_grow(                                                             \
				(arena), (vec)->items, (vec)->len, &(vec)->cap, sizeof(*(vec)->items));      \
		}                                                                                            \
		(vec)->items[(vec)->len++] = (__VA_ARGS__);                                                  \
	} while (0)

#endif
