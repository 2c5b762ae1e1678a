#include "vec.h"

enum { CAP_MIN = 8 };

void *
vec_grow(struct arena *arena, const void *items, size_t len, size_t *cap, size_t item_bytes)
{
	*cap = *cap ? *cap * 2 : CAP_MIN;
	void *grown = arena_calloc(arena, *cap, item_bytes);
	if (len) {
		memcpy(grown, items, len * item_bytes);
	}
	return grown;
}
