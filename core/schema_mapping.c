/* Mappings: which keys stand, which must, and what their values hold to. */
#include "schema_parts.h"

static bool
is_null(const struct check *check, const struct ynode *key)
{
	return check->options->null_is_absent && ynode_type(key->next, check->options->dialect) == YTYPE_NULL;
}

static bool
is_present(const struct check *check, const struct map *keys, struct str name)
{
	const struct ynode *key = map_get(keys, name);
	return key && !is_null(check, key);
}

/* The key's value where the key is a merge key: a mapping, or a list of them. */
static const struct ynode *
merge_value(const struct ynode *key)
{
	const struct ynode *value = ynode_follow(key->next);
	bool is_merge =
		key->kind == YNODE_SCALAR && key->style == YSTYLE_PLAIN && str_eq(ynode_str(key), STR("<<"));
	return is_merge && value->kind != YNODE_SCALAR ? value : NULL;
}

static void add_merged(struct check *check, struct map *keys, const struct ynode *value, unsigned depth);

/* A mapping's own keys come before those that are merged into it, and the last of equal ones counts. */
static void
add_keys(struct check *check, struct map *keys, const struct ynode *map, unsigned depth)
{
	const struct ynode *merge = NULL;
	if (depth > YVIEW_MERGES_MAX || !check_spend(check, 1 + map->len / 2, map)) {
		return;
	}
	for (const struct ynode *key = map->first; key; key = key->next->next) {
		struct str name = ynode_str(key);
		const struct ynode *merged = merge_value(key);
		merge = merged ? merged : merge;
		if (!merged && ynode_is(key, YNODE_SCALAR) && !(depth > 0 && map_get(keys, name))) {
			map_put(check->scratch, keys, name, (void *)(uintptr_t)key);
		}
	}
	if (merge) {
		add_merged(check, keys, merge, depth + 1);
	}
}

static void
add_merged(struct check *check, struct map *keys, const struct ynode *value, unsigned depth)
{
	if (value->kind == YNODE_MAPPING) {
		add_keys(check, keys, value, depth);
		return;
	}
	for (const struct ynode *item = value->first; item; item = item->next) {
		if (ynode_is(item, YNODE_MAPPING)) {
			add_keys(check, keys, ynode_follow(item), depth);
		}
	}
}

const struct map *
check_keys(struct check *check, const struct ynode *map)
{
	struct map *keys = map_get(&check->keys, (struct str){ (const char *)&map, sizeof(map) });
	if (!keys) {
		keys = arena_new(check->scratch, struct map);
		const struct ynode **address = arena_new(check->scratch, const struct ynode *);
		*address = map;
		map_put(check->scratch, &check->keys, (struct str){ (const char *)address, sizeof(map) },
			keys);
		add_keys(check, keys, map, 0);
	}
	return keys;
}

static bool
check_key_count(struct check *check, const struct subschema *schema, const struct place *place,
	const struct map *keys)
{
	size_t count = 0;
	for (const struct map_entry *entry = keys->first; entry; entry = entry->next) {
		count += !is_null(check, entry->value);
	}
	if (check_count(check, &schema->keys, count)) {
		return true;
	}
	check_note(check, NOTE_KEY_COUNT, schema, place)->count = count;
	return false;
}

static bool
check_required(struct check *check, const struct subschema *schema, const struct place *place,
	const struct map *keys)
{
	bool ok = true;
	for (size_t i = 0; i < schema->required.len; i++) {
		if (!is_present(check, keys, schema->required.items[i])) {
			check_note(check, NOTE_MISSING_KEY, schema, place)->key = schema->required.items[i];
			ok = false;
		}
	}
	return ok;
}

static bool
check_dependency(struct check *check, const struct subschema *schema, const struct condition *dependency,
	const struct place *place, const struct map *keys)
{
	bool ok = true;
	for (size_t i = 0; i < dependency->required.len; i++) {
		if (!is_present(check, keys, dependency->required.items[i])) {
			struct note *note = check_note(check, NOTE_DEPENDENT_KEY, schema, place);
			note->at = map_get(keys, dependency->key);
			note->key = dependency->required.items[i];
			note->because = dependency->key;
			ok = false;
		}
	}
	return (!dependency->then || check_place(check, dependency->then, place)) && ok;
}

static bool
check_dependencies(struct check *check, const struct subschema *schema, const struct place *place,
	const struct map *keys)
{
	bool ok = true;
	for (size_t i = 0; i < schema->dependencies.len; i++) {
		const struct condition *dependency = &schema->dependencies.items[i];
		if (is_present(check, keys, dependency->key)
			&& !check_dependency(check, schema, dependency, place, keys)) {
			ok = false;
		}
	}
	return ok;
}

static bool
check_unlisted(struct check *check, const struct subschema *schema, const struct place *value,
	const struct map *keys)
{
	if (!schema->additional) {
		return true;
	}
	if (!schema->additional->nothing) {
		return check_place(check, schema->additional, value);
	}
	struct note *note = check_key_note(check, NOTE_UNKNOWN_KEY, schema, value);
	note->key = ynode_str(value->key);
	note->keys = keys;
	return false;
}

/* One key and its value, through properties, patternProperties and additionalProperties. */
static bool
check_entry(struct check *check, const struct subschema *schema, const struct place *value,
	const struct map *keys)
{
	struct str name = ynode_str(value->key);
	const struct subschema *listed = map_get(&schema->properties, name);
	struct place key = *value;
	key.node = ynode_follow(value->key);
	key.is_key = true;
	bool ok = !schema->key_names || check_place(check, schema->key_names, &key), matched = listed != NULL;
	if (listed && is_null(check, value->key)) {
		return ok;
	}
	if (listed && !check_place(check, listed, value)) {
		ok = false;
	}
	for (size_t i = 0; i < schema->patterns.len; i++) {
		size_t start, end;
		const struct condition *pattern = &schema->patterns.items[i];
		if (regex_find(pattern->pattern, name, 0, &start, &end) == REGEX_NO_MATCH) {
			continue;
		}
		matched = true;
		if (!check_place(check, pattern->then, value)) {
			ok = false;
		}
	}
	return (matched || check_unlisted(check, schema, value, keys)) && ok;
}

bool
check_mapping(struct check *check, const struct subschema *schema, const struct place *place)
{
	const struct map *keys = check_keys(check, place->node);
	uint32_t index = 0;
	bool ok = check_key_count(check, schema, place, keys);
	ok = check_required(check, schema, place, keys) && ok;
	ok = check_dependencies(check, schema, place, keys) && ok;
	bool by_entry =
		schema->key_names || schema->properties.len || schema->patterns.len || schema->additional;
	for (const struct map_entry *entry = keys->first; entry && by_entry; entry = entry->next, index++) {
		const struct ynode *key = entry->value;
		struct place value = { place, key, ynode_follow(key->next), index, place->depth + 1, false };
		if (!check_spend(check, 1, key) || (!ok && !check->notes)) {
			break;
		}
		ok = check_entry(check, schema, &value, keys) && ok;
	}
	return ok;
}
