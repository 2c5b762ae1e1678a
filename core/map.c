#include "map.h"

enum { CAP_MIN = 16 };

WRAPS uint64_t
hash_bytes(uint64_t seed, struct str s)
{
	uint64_t hash = 0xcbf29ce484222325U ^ seed;
	for (size_t i = 0; i < s.len; i++) {
		hash = (hash ^ (unsigned char)s.ptr[i]) * 0x100000001b3U;
	}
	return hash ^ (hash >> 29);
}

static struct map_entry **
slot_of(const struct map *map, struct str key, uint64_t hash)
{
	size_t at = (size_t)hash & (map->cap - 1);
	while (map->slots[at] && !(map->slots[at]->hash == hash && str_eq(map->slots[at]->key, key))) {
		at = (at + 1) & (map->cap - 1);
	}
	return &map->slots[at];
}

static void
rehash(struct arena *arena, struct map *map)
{
	map->cap = map->cap ? map->cap * 2 : CAP_MIN;
	map->slots = arena_new_n(arena, struct map_entry *, map->cap);
	for (struct map_entry *entry = map->first; entry; entry = entry->next) {
		*slot_of(map, entry->key, entry->hash) = entry;
	}
}

void *
map_get(const struct map *map, struct str key)
{
	if (map->cap == 0) {
		return NULL;
	}
	const struct map_entry *entry = *slot_of(map, key, hash_bytes(HASH_SEED, key));
	return entry ? entry->value : NULL;
}

void *
map_put(struct arena *arena, struct map *map, struct str key, void *value)
{
	assert(value);
	if ((map->len + 1) * 2 > map->cap) {
		rehash(arena, map);
	}
	uint64_t hash = hash_bytes(HASH_SEED, key);
	struct map_entry **slot = slot_of(map, key, hash);
	if (*slot) {
		void *old = (*slot)->value;
		(*slot)->value = value;
		return old;
	}
	struct map_entry *entry = arena_new(arena, struct map_entry);
	*entry = (struct map_entry){ .key = key, .value = value, .hash = hash };
	*slot = entry;
	if (map->last) {
		map->last->next = entry;
	} else {
		map->first = entry;
	}
	map->last = entry;
	map->len++;
	return NULL;
}
