/* Text to pointer, kept in insertion order: iteration never shows the hash. */
#ifndef GLAGENT_MAP_H
#define GLAGENT_MAP_H

#include "arena.h"

struct map_entry {
	struct str key; /* borrowed: must live as long as the map */
	void *value;
	struct map_entry *next; /* in insertion order */
	uint64_t hash;
};

struct map {
	struct map_entry *first, *last;
	struct map_entry **slots; /* open addressing; a power of two */
	size_t len, cap;
};

/* The value of `key`, or NULL. */
void *map_get(const struct map *map, struct str key);

/* Sets the value of `key`; returns the value that it had, or NULL. `value` is not NULL. */
void *map_put(struct arena *arena, struct map *map, struct str key, void *value);

/* FNV-1a with a constant seed: the same in every run. */
uint64_t hash_bytes(uint64_t seed, struct str s);
enum { HASH_SEED = 0 };

#endif
