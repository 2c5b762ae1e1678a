#include "kustomize/output.h"

#include "map.h"

#include <math.h>

enum { FEW_KEYS = 32, DEPTH_MAX = 1000 };

static bool check(struct output *output, const struct ynode *node, unsigned depth);

static bool
fail(struct output *output, const struct ynode *at, const char *why)
{
	output->at = at;
	output->why = why;
	return false;
}

static const struct ynode *
find_twice(const struct ynode *map)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct map seen = { 0 };
	for (const struct ynode *key = map->first; key; key = key->next->next) {
		if (map->len <= 2 * FEW_KEYS) {
			for (const struct ynode *k = map->first; k != key; k = k->next->next) {
				if (str_eq(ynode_str(k), ynode_str(key))) {
					return key;
				}
			}
		} else if (map_put(&scratch, &seen, ynode_str(key), &seen)) {
			return key;
		}
	}
	return NULL;
}

/* A folded text whose lines the writer breaks otherwise than they were (go-yaml looks at the first line where
 * it means the next): it is read again as another text. */
static bool
is_reshaped(const struct ynode *scalar)
{
	struct str text = ynode_str(scalar);
	if (scalar->style != YSTYLE_FOLDED || text.len == 0) {
		return false;
	}
	return text.ptr[0] == ' ' || text.ptr[0] == '\t' || str_find(text, STR("\n ")) < text.len
		|| str_find(text, STR("\n\t")) < text.len || str_ends(text, STR("\n\n"));
}

static bool
check_scalar(struct output *output, const struct ynode *scalar)
{
	output->is_reshaped = output->is_reshaped || is_reshaped(scalar);
	if (ynode_type(scalar, YDIALECT_YAML_V3) == YTYPE_FLOAT
		&& !isfinite(yscalar_number(ynode_str(scalar)))) {
		return fail(output, scalar, "JSON has no such number");
	}
	return true;
}

static bool
check_mapping(struct output *output, const struct ynode *map, unsigned depth)
{
	const struct ynode *twice = find_twice(map);
	if (twice) {
		return fail(output, twice, "a mapping has a key twice");
	}
	for (const struct ynode *key = map->first; key; key = key->next->next) {
		if (depth > 0 && ynode_type(key, YDIALECT_YAML_V3) != YTYPE_STRING) {
			return fail(output, key, "a key is no string");
		}
		if (!check(output, key->next, depth + 1)) {
			return false;
		}
	}
	return true;
}

static bool
check(struct output *output, const struct ynode *node, unsigned depth)
{
	if (node->kind == YNODE_SCALAR) {
		return check_scalar(output, node);
	}
	if (depth > DEPTH_MAX) {
		return true;
	}
	if (node->kind == YNODE_MAPPING) {
		return check_mapping(output, node, depth);
	}
	const struct ynode *item = node->kind == YNODE_SEQUENCE ? node->first : NULL;
	while (item && check(output, item, depth + 1)) {
		item = item->next;
	}
	return !item;
}

struct output
output_check(const struct ynode *object)
{
	struct output output = { 0 };
	(void)check(&output, object, 0);
	return output;
}
