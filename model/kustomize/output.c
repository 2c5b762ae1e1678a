#include "kustomize/output.h"

#include "map.h"

#include <math.h>

enum { FEW_KEYS = 32, DEPTH_MAX = 1000 };

static struct output_fault check(const struct ynode *node, unsigned depth);

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

static struct output_fault
check_mapping(const struct ynode *map, unsigned depth)
{
	const struct ynode *twice = find_twice(map);
	if (twice) {
		return (struct output_fault){ twice, "a mapping has a key twice" };
	}
	for (const struct ynode *key = map->first; key; key = key->next->next) {
		if (depth > 0 && ynode_type(key, YDIALECT_YAML_V3) != YTYPE_STRING) {
			return (struct output_fault){ key, "a key is no string" };
		}
		struct output_fault fault = check(key->next, depth + 1);
		if (fault.why) {
			return fault;
		}
	}
	return (struct output_fault){ 0 };
}

static struct output_fault
check(const struct ynode *node, unsigned depth)
{
	struct output_fault none = { 0 };
	if (node->kind == YNODE_MAPPING && depth <= DEPTH_MAX) {
		return check_mapping(node, depth);
	}
	for (const struct ynode *item = node->kind == YNODE_SEQUENCE && depth <= DEPTH_MAX ? node->first
											   : NULL;
		item; item = item->next) {
		struct output_fault fault = check(item, depth + 1);
		if (fault.why) {
			return fault;
		}
	}
	if (node->kind == YNODE_SCALAR && ynode_type(node, YDIALECT_YAML_V3) == YTYPE_FLOAT
		&& !isfinite(yscalar_number(ynode_str(node)))) {
		return (struct output_fault){ node, "JSON has no such number" };
	}
	return none;
}

struct output_fault
output_check(const struct ynode *object)
{
	return check(object, 0);
}
