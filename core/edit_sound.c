#include "edit.h"
#include "map.h"

static size_t
repeated_in(struct arena *scratch, const struct ynode *mapping)
{
	struct map seen = { 0 };
	size_t repeated = 0;
	for (const struct ynode *key = mapping->first; key; key = key->next->next) {
		if (key->kind == YNODE_SCALAR) {
			repeated += map_put(scratch, &seen, ynode_str(key), &seen) != NULL;
		}
	}
	return repeated;
}

/* How many keys stand in a mapping that has them already; what an alias names is counted once. */
static size_t
count_repeated(struct arena *scratch, const struct ynode *node)
{
	size_t repeated = 0;
	if (!node || (node->kind != YNODE_MAPPING && node->kind != YNODE_SEQUENCE)) {
		return 0;
	}
	if (node->kind == YNODE_MAPPING) {
		repeated = repeated_in(scratch, node);
	}
	for (const struct ynode *child = node->first; child; child = child->next) {
		repeated += count_repeated(scratch, child);
	}
	return repeated;
}

static bool
read_repeated(struct str text, size_t *ret_repeated)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct arena CLEANUP(arena_release) scratch = { 0 };
	const struct source source = { STR(""), text };
	const struct ydoc *doc = NULL;
	struct ysyntax_error error;
	*ret_repeated = 0;
	if (!ytree_parse(&arena, &scratch, &source, 0, YTREE_VALUES, &doc, &error)) {
		return false;
	}
	for (; doc; doc = doc->next) {
		*ret_repeated += count_repeated(&scratch, doc->root);
	}
	return true;
}

bool
edit_is_sound(struct str old, struct str text)
{
	size_t before, after;
	(void)read_repeated(old, &before);
	return read_repeated(text, &after) && after <= before;
}
