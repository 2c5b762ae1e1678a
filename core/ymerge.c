#include "ymerge.h"

#include "map.h"
#include "yscalar.h"

static bool
is_null(const struct ynode *node)
{
	return ynode_type(node, YDIALECT_SIGS_YAML) == YTYPE_NULL;
}

static void
add_entry(struct ylist *list, const struct ynode *key, const struct ynode *value)
{
	ylist_add(list, key);
	ylist_add(list, value);
}

/* With NULL_DELETES, a mapping that arrives whole loses its nulls too, as a merge onto nothing. */
static const struct ynode *
arrive(struct arena *arena, const struct ynode *value, enum ymerge_nulls nulls)
{
	if (nulls == YMERGE_NULL_IS_VALUE || value->kind != YNODE_MAPPING) {
		return value;
	}
	struct ynode *empty = ynode_collection(arena, YNODE_MAPPING);
	return value->len ? ymerge(arena, empty, value, nulls) : value;
}

/* A mapping that is looked into for each key of another: by an index when it is large. */
struct side {
	const struct ynode *mapping;
	struct map last; /* key -> the last node of that text */
};

enum { INDEXED_LEN_MIN = 64 };

static struct side
side_of(struct arena *arena, const struct ynode *mapping)
{
	struct side side = { .mapping = mapping };
	bool is_large = mapping->len >= INDEXED_LEN_MIN;
	for (const struct ynode *key = is_large ? mapping->first : NULL; key; key = key->next->next) {
		if (ynode_is(key, YNODE_SCALAR)) {
			(void)map_put(arena, &side.last, ynode_str(key), (void *)(uintptr_t)key);
		}
	}
	return side;
}

static const struct ynode *
side_key(const struct side *side, struct str key)
{
	return side->last.len ? map_get(&side->last, key) : ynode_key(side->mapping, key);
}

/* The entries of `base`, each with what `over` makes of it. */
static void
keep_base(struct ylist *list, const struct ynode *base, const struct side *over, enum ymerge_nulls nulls)
{
	for (const struct ynode *key = base->first; key; key = key->next->next) {
		const struct ynode *other = side_key(over, ynode_str(key));
		if (!other) {
			add_entry(list, key, key->next);
		} else if (nulls == YMERGE_NULL_IS_VALUE || !is_null(other->next)) {
			add_entry(
				list, key, ymerge(list->arena, key->next, ynode_follow(other->next), nulls));
		}
	}
}

/* The entries that only `over` has. */
static void
add_over(struct ylist *list, const struct side *base, const struct side *over, enum ymerge_nulls nulls)
{
	for (const struct ynode *key = over->mapping->first; key; key = key->next->next) {
		bool is_last = side_key(over, ynode_str(key)) == key;
		bool deletes = nulls == YMERGE_NULL_DELETES && is_null(key->next);
		if (is_last && !deletes && !side_key(base, ynode_str(key))) {
			add_entry(list, key, arrive(list->arena, ynode_follow(key->next), nulls));
		}
	}
}

const struct ynode *
ymerge(struct arena *arena, const struct ynode *base, const struct ynode *over, enum ymerge_nulls nulls)
{
	base = ynode_follow(base);
	over = ynode_follow(over);
	if (!over || !base) {
		return over ? over : base;
	}
	if (base->kind != YNODE_MAPPING || over->kind != YNODE_MAPPING) {
		return over;
	}
	struct ynode *out = ynode_head(arena, base->len ? base : over);
	struct ylist list = ylist_new(arena, out);
	struct side below = side_of(arena, base), above = side_of(arena, over);
	out->first = NULL;
	out->len = 0;
	keep_base(&list, base, &above, nulls);
	add_over(&list, &below, &above, nulls);
	return out;
}
