#include "crd/value.h"

#include <math.h>

#include "kustomize/knode_tag.h"

#define EXACT_BELOW 9007199254740992.0 /* 2^53: beyond it is up to the way in which JSON writes it */

#define YAML_TAG "tag:yaml.org,2002:"

bool
crd_schema_flag(const struct ynode *schema, struct str keyword)
{
	const struct ynode *node = ynode_get(schema, keyword);
	return node && ynode_type(node, YDIALECT_YAML_V3) == YTYPE_BOOL && yscalar_bool(ynode_str(node));
}

bool
crd_schema_keeps_unknown(const struct ynode *schema)
{
	return !schema || crd_schema_flag(schema, STR("x-kubernetes-preserve-unknown-fields"))
		|| crd_schema_flag(schema, STR("additionalProperties"));
}

const struct ynode *
crd_schema_member(const struct ynode *schema, struct str key)
{
	const struct ynode *member = ynode_get(ynode_get(schema, STR("properties")), key);
	const struct ynode *others = ynode_get(schema, STR("additionalProperties"));
	return member ? member : ynode_is(others, YNODE_MAPPING) ? others : NULL;
}

/* Text that is replaced before it reaches the cluster: by Flux, by SOPS, by whatever fills in templates. */
static bool
is_replaced(struct str text)
{
	return str_has_char(text, '$') || str_find(text, STR("{{")) < text.len
		|| str_starts(text, STR("ENC["));
}

static bool
has_known_tag(const struct ynode *scalar)
{
	static const struct str tags[] = { STR_INIT(YAML_TAG "str"), STR_INIT(YAML_TAG "int"),
		STR_INIT(YAML_TAG "float"), STR_INIT(YAML_TAG "bool"), STR_INIT(YAML_TAG "null") };
	struct str tag = ynode_tag(scalar);
	bool is_known = tag.len == 0;
	for (size_t i = 0; i < countof(tags) && !is_known; i++) {
		is_known = str_eq(tag, tags[i]);
	}
	return is_known;
}

static void
leave(struct crd_value *value, const char *why)
{
	value->kind = CRD_OPEN;
	value->why = why;
}

static void
read_number(struct crd_value *value, enum ytype type)
{
	int64_t integer;
	struct str text = ynode_str(value->node);
	if (type == YTYPE_INT) {
		value->kind = CRD_INTEGER;
		if (!yscalar_int(text, &integer)) {
			leave(value, "a number beyond 64 bits");
		}
		return;
	}
	value->kind = CRD_NUMBER;
	if (!isfinite(yscalar_number(text))) {
		leave(value, "a number that JSON has not");
	}
}

static void
read_scalar(struct crd_value *value)
{
	enum ytype type = ynode_type(value->node, YDIALECT_YAML_V3);
	if (is_replaced(ynode_str(value->node))) {
		leave(value, "a variable");
	} else if (!has_known_tag(value->node)) {
		leave(value, "a tag");
	} else if (value->node->style == YSTYLE_PLAIN && knode_tag_of(value->node) == KTAG_TIME) {
		leave(value, "a time that kustomize writes in full");
	} else if (type == YTYPE_INT || type == YTYPE_FLOAT) {
		read_number(value, type);
	} else {
		value->kind = type == YTYPE_NULL ? CRD_NULL : type == YTYPE_BOOL ? CRD_BOOL : CRD_STRING;
	}
}

static void
read_map(struct crd_value *value)
{
	value->kind = CRD_MAP;
	for (const struct ynode *key = value->node->first; key; key = key->next->next) {
		struct str text = ynode_str(key);
		if (!ynode_is(key, YNODE_SCALAR) || str_eq(text, STR("<<")) || is_replaced(text)) {
			leave(value, "a key that is a merge or a variable");
		}
	}
}

struct crd_value
crd_value_of(const struct ynode *node, const struct ynode *schema)
{
	struct crd_value value = { .node = ynode_follow(node), .schema = schema };
	if (!value.node) {
		return value;
	}
	if (value.node->kind == YNODE_SCALAR) {
		read_scalar(&value);
	} else if (value.node->kind == YNODE_MAPPING) {
		read_map(&value);
	} else {
		value.kind = CRD_LIST;
	}
	return value;
}

/* apiextensions-apiserver: defaulting.PruneNonNullableNullsWithoutDefaults, then defaulting.Default. */
static void
fill_in(struct crd_value *value)
{
	bool is_lacking = value->kind == CRD_ABSENT
		|| (value->kind == CRD_NULL && !crd_schema_flag(value->schema, STR("nullable")));
	const struct ynode *fallback = is_lacking ? ynode_get(value->schema, STR("default")) : NULL;
	if (!value->schema || !is_lacking) {
		return;
	}
	const struct ynode *key = value->key;
	*value = crd_value_of(fallback, value->schema);
	value->is_default = true;
	value->key = key;
}

const struct ynode *
crd_entry_place(const struct ynode *key)
{
	const struct ynode *value = ynode_follow(key->next);
	bool is_listed = value->kind == YNODE_MAPPING && value->first && value->first->source;
	return key->source ? key : is_listed ? value->first : value;
}

/* The value behind a key of the map; NULL: there is none of that name. */
static struct crd_value
member_at(const struct crd_value *map, const struct ynode *key, struct str name)
{
	struct crd_value value = crd_value_of(key ? key->next : NULL, crd_schema_member(map->schema, name));
	value.key = key ? crd_entry_place(key) : NULL;
	/* Only declared fields are filled in where they are absent. */
	if (value.node || ynode_get(ynode_get(map->schema, STR("properties")), name)) {
		fill_in(&value);
	}
	value.is_default |= map->is_default;
	return value;
}

struct crd_value
crd_value_member(const struct crd_value *map, struct str key)
{
	return member_at(map, ynode_key(map->node, key), key);
}

struct crd_value
crd_value_item(const struct crd_value *list, const struct ynode *item)
{
	const struct ynode *schema = ynode_get(list->schema, STR("items"));
	struct crd_value value = crd_value_of(item, schema);
	if (value.kind == CRD_NULL && schema && ynode_get(schema, STR("default"))) {
		fill_in(&value);
	}
	value.is_default |= list->is_default;
	return value;
}

static size_t
count_written(const struct crd_value *map)
{
	size_t count = 0;
	for (const struct ynode *key = map->node->first; key; key = key->next->next) {
		struct crd_value member = member_at(map, key, ynode_str(key));
		bool is_kept = member.schema || crd_schema_keeps_unknown(map->schema);
		count += is_kept && member.kind != CRD_ABSENT;
	}
	return count;
}

static size_t
count_filled_in(const struct crd_value *map)
{
	size_t count = 0;
	const struct ynode *properties = ynode_get(map->schema, STR("properties"));
	const struct ynode *key = ynode_is(properties, YNODE_MAPPING) ? properties->first : NULL;
	for (; key; key = key->next->next) {
		count += !ynode_get(map->node, ynode_str(key)) && ynode_get(key->next, STR("default"));
	}
	return count;
}

bool
crd_value_count(const struct crd_value *map, size_t *ret_count)
{
	*ret_count = 0;
	if (map->kind != CRD_MAP) {
		return false;
	}
	*ret_count = count_written(map) + count_filled_in(map);
	return true;
}

bool
crd_value_is_vast(const struct crd_value *value)
{
	double number = value->kind == CRD_NUMBER ? yscalar_number(ynode_str(value->node)) : 0;
	return number >= EXACT_BELOW || number <= -EXACT_BELOW;
}

bool
crd_value_is_whole(const struct crd_value *value)
{
	if (value->kind != CRD_NUMBER || crd_value_is_vast(value)) {
		return value->kind == CRD_INTEGER;
	}
	double number = yscalar_number(ynode_str(value->node)), cut = (double)(int64_t)number;
	return cut >= number && cut <= number;
}
