#include "kustomize/merge_list.h"

#include "vec.h"

enum { MERGE_ITEMS_MAX = 2000 }; /* of one list: each is looked for among all */

/* Value lists of all items, as they are told apart. */
struct values {
	struct merge_key *items;
	size_t len, cap;
};

static struct str
raw_text(const struct knode *node)
{
	return node->kind == YNODE_SCALAR ? node->text : STR("");
}

/* Does the item match name by name? Without a value any will do. False in *ret_valid: kustomize fails. */
static bool
item_matches(struct knode *item, const struct merge_key *key, bool *ret_valid)
{
	*ret_valid = true;
	for (size_t i = 0; i < key->name_count; i++) {
		if (i >= key->value_count) {
			return i > 0; /* the value found before stands for it */
		}
		if (key->names[i].len == 0) {
			*ret_valid = item->kind == YNODE_SCALAR;
			return *ret_valid && str_eq(raw_text(item), key->values[i]);
		}
		if (item->kind != YNODE_MAPPING) {
			*ret_valid = false;
			return false;
		}
		struct knode *value = knode_get(item, key->names[i]);
		if (!value || (key->values[i].len > 0 && !str_eq(raw_text(value), key->values[i]))) {
			return false;
		}
	}
	return true;
}

/* What a list holds for nothing: null and {}. */
static bool
is_hollow(struct knode *item)
{
	return knode_is_missing(item) || (item->kind == YNODE_MAPPING && knode_is_empty(item));
}

bool
merge_list_set(struct knode *list, struct knode *item, const struct merge_key *key, struct str *ret_why)
{
	bool is_for_maps = key->names[0].len > 0 && key->value_count > 0 && key->values[0].len > 0;
	bool is_found = false, is_valid = true;
	size_t kept = 0;
	knode_open(list);
	for (size_t i = 0; i < list->len && is_valid; i++) {
		struct knode *old = list->items[i];
		if (is_hollow(old)) {
			continue;
		}
		bool is_other = is_for_maps && old->kind != YNODE_MAPPING;
		bool matches = !is_other && item_matches(old, key, &is_valid);
		struct knode *stays = matches ? item : key->value_count > 0 ? old : NULL;
		if (stays) {
			list->items[kept++] = stays;
		}
		is_found = is_found || matches;
	}
	if (!is_valid) {
		*ret_why = STR("an item of a list is of another type than the others");
		return false;
	}
	list->len = kept;
	if (item && !knode_is_missing(item) && !is_found) {
		knode_append(list, item);
	}
	return true;
}

static size_t
count_names(const struct merge_field *field)
{
	return field->keys[1].len > 0 ? 2 : 1;
}

static bool
is_seen(const struct values *values, const struct merge_key *key)
{
	for (size_t i = 0; i < values->len; i++) {
		bool same = true;
		for (size_t j = 0; j < key->value_count; j++) {
			same = same && str_eq(values->items[i].values[j], key->values[j]);
		}
		if (same) {
			return true;
		}
	}
	return false;
}

static void
collect_values(
	struct arena *scratch, struct knode *list, const struct merge_field *field, struct values *values)
{
	if (!list || list->kind != YNODE_SEQUENCE) {
		return;
	}
	knode_open(list);
	for (size_t i = 0; i < list->len; i++) {
		struct merge_key key = { .name_count = count_names(field),
			.value_count = count_names(field) };
		for (size_t j = 0; j < key.name_count; j++) {
			key.names[j] = field->keys[j];
			struct knode *value = field->keys[j].len > 0
				? knode_get(list->items[i], field->keys[j])
				: list->items[i];
			bool is_plain = field->keys[j].len == 0;
			key.values[j] =
				value && (is_plain || !knode_is_empty(value)) ? raw_text(value) : STR("");
		}
		if (!is_seen(values, &key)) {
			vec_push(scratch, values, key);
		}
	}
}

/* Two that share a value and else differ only where one has none are the same. */
static bool
can_unite(const struct merge_key *a, const struct merge_key *b, struct merge_key *ret_united)
{
	bool common = false;
	*ret_united = *a;
	for (size_t i = 0; i < a->name_count; i++) {
		bool same = str_eq(a->values[i], b->values[i]);
		if (!same && a->values[i].len > 0 && b->values[i].len > 0) {
			return false;
		}
		common = common || same;
		ret_united->values[i] = a->values[i].len > 0 ? a->values[i] : b->values[i];
	}
	return common;
}

static void
unite_values(struct values *values)
{
	for (size_t i = 0; i < values->len; i++) {
		struct merge_key own = values->items[i];
		for (size_t j = 0; j < values->len; j++) {
			struct merge_key united;
			if (can_unite(&own, &values->items[j], &united)) {
				values->items[i] = united;
				values->items[j] = united;
			}
		}
	}
}

/* Only names that some item has count; when none has, all do. */
static struct merge_key
valid_key(const struct values *values, const struct merge_key *key)
{
	bool has[MERGE_KEYS_MAX] = { false };
	bool any = false;
	for (size_t i = 0; i < values->len; i++) {
		for (size_t j = 0; j < key->name_count; j++) {
			has[j] = has[j] || values->items[i].values[j].len > 0;
			any = any || has[j];
		}
	}
	struct merge_key valid = { 0 };
	for (size_t j = 0; j < key->name_count; j++) {
		if (has[j] || !any) {
			valid.names[valid.name_count++] = key->names[j];
			valid.values[valid.value_count++] = key->values[j];
		}
	}
	return valid;
}

/* The first item that has these values, or NULL. */
static struct knode *
find_item(struct knode *list, const struct merge_key *key)
{
	if (!list || list->kind != YNODE_SEQUENCE) {
		return NULL;
	}
	for (size_t i = 0; i < list->len; i++) {
		struct knode *item = list->items[i];
		bool matches = key->names[0].len == 0 ? str_eq(raw_text(item), key->values[0])
						      : item->kind == YNODE_MAPPING;
		for (size_t j = 0; matches && key->names[0].len > 0 && j < key->name_count; j++) {
			struct knode *value = knode_get(item, key->names[j]);
			matches = value && str_eq(raw_text(value), key->values[j]);
		}
		if (matches) {
			return item;
		}
	}
	return NULL;
}

/* An item says by which values it was found. */
static bool
name_item(struct knode *item, const struct merge_key *key)
{
	for (size_t j = 0; j < key->name_count; j++) {
		if (key->values[j].len == 0 || knode_get(item, key->names[j])) {
			continue;
		}
		struct knode *value = knode_scalar(item->pool, key->values[j], KTAG_NONE);
		if (key->names[j].len == 0) {
			knode_put_text(item, key->values[j], KTAG_NONE);
		} else if (item->kind == YNODE_MAPPING) {
			knode_set(item, key->names[j], value);
		} else {
			return false;
		}
	}
	return true;
}

static bool
merge_items(struct merge *merge, struct knode *start, struct knode *patch, const struct merge_field *field,
	const struct merge_key *key, struct knode *made)
{
	struct merge_key own = *key;
	const struct merge_field inner = { .type = field->type };
	struct knode *value;
	const struct values alone = { &own, 1, 1 };
	struct merge_key search = valid_key(&alone, key);
	if (!merge_walk(merge, find_item(start, &search), find_item(patch, &search), &inner, &value)) {
		return false;
	}
	if (knode_is_missing(value) || (value->kind == YNODE_MAPPING && knode_is_empty(value))) {
		return merge_list_set(start, NULL, key, &merge->why);
	}
	if (!name_item(value, key)) {
		merge->why = STR("an item of a list is of another type than the others");
		return false;
	}
	return merge_list_set(made, value, key, &merge->why);
}

/* What is left of the base goes behind what the merge made, by the same keys. */
static bool
append_item(struct knode *made, struct knode *item, const struct merge_key *names, struct str *ret_why)
{
	struct merge_key key = *names;
	key.value_count = 0;
	if (key.names[0].len == 0) {
		key.values[0] = raw_text(item);
		key.value_count = 1;
		return merge_list_set(made, item, &key, ret_why);
	}
	for (size_t j = 0; j < key.name_count; j++) {
		if (item->kind != YNODE_MAPPING && !knode_is_missing(item)) {
			*ret_why = STR("an item of a list is of another type than the others");
			return false;
		}
		struct knode *value = knode_get(item, key.names[j]);
		if (value) {
			key.values[key.value_count++] = raw_text(value);
		} else {
			knode_append(made, item);
		}
	}
	if (key.name_count > 1 && !merge_list_set(made, NULL, &key, ret_why)) {
		return false;
	}
	return merge_list_set(made, item, &key, ret_why);
}

bool
merge_lists(struct merge *merge, struct knode *start, struct knode *patch, const struct merge_field *field,
	struct knode **ret_merged)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct values values = { 0 };
	struct merge_key key = { 0 };
	*ret_merged = start;
	collect_values(&scratch, patch, field, &values);
	collect_values(&scratch, start, field, &values);
	if (values.len > MERGE_ITEMS_MAX) {
		merge->why = STR("a list has too many items");
		start->pool->is_spent = true;
		return false;
	}
	if (field->keys[1].len > 0) {
		unite_values(&values);
	}
	struct knode *made = knode_collection(start->pool, YNODE_SEQUENCE);
	for (size_t i = 0; i < values.len; i++) {
		key = valid_key(&values, &values.items[i]);
		if (!merge_items(merge, start, patch, field, &key, made)) {
			return false;
		}
	}
	for (size_t i = 0; values.len > 0 && i < start->len; i++) {
		if (!append_item(made, start->items[i], &key, &merge->why)) {
			return false;
		}
	}
	*ret_merged = values.len > 0 ? made : start;
	return true;
}
