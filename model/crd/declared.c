/* What structured-merge-diff refuses of an applied object (typed/validate.go), over the schema that
 * kube-openapi makes of a CustomResourceDefinition (schemaconv/openapi.go). Types are left to the values'
 * checks. */
#include <inttypes.h>

#include "buf.h"
#include "crd/parts.h"
#include "schema_words.h"

/* meta/v1 ObjectMeta; clusterName was there until Kubernetes 1.24. */
static const struct str metadata_fields[] = {
	STR_INIT("annotations"),
	STR_INIT("clusterName"),
	STR_INIT("creationTimestamp"),
	STR_INIT("deletionGracePeriodSeconds"),
	STR_INIT("deletionTimestamp"),
	STR_INIT("finalizers"),
	STR_INIT("generateName"),
	STR_INIT("generation"),
	STR_INIT("labels"),
	STR_INIT("managedFields"),
	STR_INIT("name"),
	STR_INIT("namespace"),
	STR_INIT("ownerReferences"),
	STR_INIT("resourceVersion"),
	STR_INIT("selfLink"),
	STR_INIT("uid"),
};

struct walk {
	struct crd_checking *checking;
	bool keeps_unknown; /* here or above: the server-side apply inherits it, pruning does not */
};

static void walk_value(struct walk walk, const struct ynode *node, const struct ynode *schema,
	const struct crd_place *place);

static void
report_field(struct walk walk, const struct crd_place *place, const struct ynode *schema,
	const struct names *names, struct str typed)
{
	struct crd_problem problem = { CRD_PROBLEM_FIELD, place->at, .message = STR("is no field"),
		.suggestion = words_nearest(names, typed) };
	(void)crd_report(walk.checking, place, schema, problem);
}

static void
check_metadata(struct walk walk, const struct ynode *metadata, const struct crd_place *place)
{
	struct crd_value value = crd_value_of(metadata, NULL);
	struct names names = { 0 };
	for (size_t i = 0; i < countof(metadata_fields); i++) {
		vec_push(walk.checking->arena, &names, metadata_fields[i]);
	}
	for (const struct ynode *key = value.kind == CRD_MAP ? value.node->first : NULL; key;
		key = key->next->next) {
		bool is_known = false;
		for (size_t i = 0; i < names.len && !is_known; i++) {
			is_known = str_eq(names.items[i], ynode_str(key));
		}
		if (!is_known) {
			struct crd_place at = crd_place_member(place, ynode_str(key), crd_entry_place(key));
			report_field(walk, &at, NULL, &names, ynode_str(key));
		}
	}
}

static bool
is_type_field(struct str key)
{
	return str_eq(key, STR("apiVersion")) || str_eq(key, STR("kind"));
}

/* Names that the map does not have yet: what a misspelt one may have been meant to be. */
static struct names
names_left(struct arena *arena, const struct ynode *schema, const struct ynode *map)
{
	struct names names = { 0 };
	for (const struct ynode *key = crd_first_property(schema); key; key = key->next->next) {
		if (!ynode_get(map, ynode_str(key))) {
			vec_push(arena, &names, ynode_str(key));
		}
	}
	return names;
}

static void
walk_map(struct walk walk, const struct ynode *map, const struct ynode *schema, const struct crd_place *place)
{
	bool is_object = crd_schema_flag(schema, STR("x-kubernetes-embedded-resource"));
	bool has_properties = crd_first_property(schema) || is_object;
	bool takes_any =
		walk.keeps_unknown || ynode_get(schema, STR("additionalProperties")) || !has_properties;
	for (const struct ynode *key = map->first; key; key = key->next->next) {
		struct str name = ynode_str(key);
		struct crd_place at = crd_place_member(place, name, crd_entry_place(key));
		const struct ynode *member = crd_schema_member(schema, name);
		if (is_object && str_eq(name, STR("metadata"))) {
			check_metadata(walk, key->next, &at);
		} else if (member) {
			walk_value(walk, key->next, member, &at);
		} else if (!takes_any && !(is_object && is_type_field(name))) {
			struct names names = names_left(walk.checking->arena, schema, map);
			report_field(walk, &at, ynode_get(schema, STR("properties")), &names, name);
		}
	}
}

/* The keys of an item as one text; false when it has none, or one that is open. */
static bool
write_keys(struct buf *out, const struct crd_value *item, const struct ynode *keys)
{
	bool has_any = false;
	for (const struct ynode *key = ynode_is(keys, YNODE_SEQUENCE) ? keys->first : NULL; key;
		key = key->next) {
		struct crd_value value = crd_value_member(item, ynode_str(key));
		int64_t number;
		if (value.kind == CRD_ABSENT) {
			buf_add_char(out, '\n');
			continue;
		}
		has_any = true;
		if (value.kind == CRD_INTEGER && yscalar_int(ynode_str(value.node), &number)) {
			buf_addf(out, "%d:%" PRId64 "\n", (int)value.kind, number);
		} else if (value.kind == CRD_STRING || value.kind == CRD_BOOL) {
			buf_addf(out, "%d:%.*s\n", (int)value.kind, STR_ARG(ynode_str(value.node)));
		} else {
			return false;
		}
	}
	return has_any;
}

static bool
write_key(struct buf *out, const struct crd_value *item, const struct ynode *schema)
{
	struct str type = ynode_str(ynode_get(schema, STR("x-kubernetes-list-type")));
	if (str_eq(type, STR("map")) && item->kind == CRD_MAP) {
		return write_keys(out, item, ynode_get(schema, STR("x-kubernetes-list-map-keys")));
	}
	bool is_word = str_eq(type, STR("set")) && item->kind == CRD_STRING;
	if (is_word) {
		buf_add(out, ynode_str(item->node));
	}
	return is_word;
}

static void
check_item_keys(struct walk walk, const struct crd_value *list, const struct crd_place *place)
{
	struct map seen = { 0 };
	size_t index = 0;
	for (const struct ynode *item = list->node->first; item; item = item->next, index++) {
		struct crd_value value = crd_value_item(list, item);
		struct crd_place at = crd_place_item(place, index, item);
		struct buf key = { .arena = walk.checking->arena };
		if (write_key(&key, &value, list->schema)
			&& map_put(walk.checking->arena, &seen, buf_str(&key), &seen)) {
			struct crd_problem problem = { CRD_PROBLEM_TWICE,
				.message = STR("is in the list twice") };
			(void)crd_report(walk.checking, &at, list->schema, problem);
		}
	}
}

static void
walk_list(struct walk walk, const struct crd_value *list, const struct crd_place *place)
{
	size_t index = 0;
	const struct ynode *items = ynode_get(list->schema, STR("items"));
	if (ynode_get(list->schema, STR("x-kubernetes-list-type"))) {
		check_item_keys(walk, list, place);
	}
	for (const struct ynode *item = items ? list->node->first : NULL; item; item = item->next, index++) {
		struct crd_place at = crd_place_item(place, index, item);
		walk_value(walk, item, items, &at);
	}
}

static void
walk_value(
	struct walk walk, const struct ynode *node, const struct ynode *schema, const struct crd_place *place)
{
	struct crd_value value = crd_value_of(node, schema);
	struct str type = ynode_str(ynode_get(schema, STR("type")));
	walk.keeps_unknown |= crd_schema_flag(schema, STR("x-kubernetes-preserve-unknown-fields"));
	if (!crd_step(walk.checking, place)) {
		(void)crd_leave(walk.checking, "the object is too large");
	} else if (value.kind == CRD_MAP && (type.len == 0 || str_eq(type, STR("object")))) {
		walk_map(walk, value.node, schema, place);
	} else if (value.kind == CRD_LIST && (type.len == 0 || str_eq(type, STR("array")))) {
		walk_list(walk, &value, place);
	} else if (value.kind == CRD_OPEN) {
		(void)crd_leave(walk.checking, value.why);
	}
}

/* Fields of a whole object; `sops` is taken off when it is decrypted. */
static bool
is_elsewhere(struct str key)
{
	return is_type_field(key) || str_eq(key, STR("status")) || str_eq(key, STR("sops"));
}

void
crd_check_declared(struct crd_checking *checking, const struct ynode *schema, const struct ynode *object)
{
	struct walk walk = { checking, crd_schema_flag(schema, STR("x-kubernetes-preserve-unknown-fields")) };
	struct crd_place root = { 0 };
	bool takes_any = walk.keeps_unknown || !crd_first_property(schema);
	for (const struct ynode *key = ynode_follow(object)->first; key; key = key->next->next) {
		struct str name = ynode_str(key);
		struct crd_place at = crd_place_member(&root, name, crd_entry_place(key));
		const struct ynode *member = crd_schema_member(schema, name);
		if (str_eq(name, STR("metadata"))) {
			check_metadata(walk, key->next, &at);
		} else if (member && !is_elsewhere(name)) {
			walk_value(walk, key->next, member, &at);
		} else if (!member && !takes_any && !is_elsewhere(name)) {
			struct names names = names_left(checking->arena, schema, ynode_follow(object));
			report_field(walk, &at, ynode_get(schema, STR("properties")), &names, name);
		}
	}
}
