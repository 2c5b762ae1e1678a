/* The vocabulary: what each keyword makes of its value. */
#include <stddef.h>

#include "schema_compiler.h"

struct keyword {
	struct str name;
	bool (*compile)(struct compiler *c, struct subschema *sub, const struct keyword *keyword,
		const struct ynode *value);
	size_t offset; /* of the member that it fills */
};

static void *
member(struct subschema *sub, const struct keyword *keyword)
{
	return (char *)sub + keyword->offset;
}

static struct subschema *
subschema_at(struct compiler *c, const struct subschema *sub, struct str keyword, const struct ynode *node)
{
	return compiler_subschema(c, node, pointer_join(c->arena, sub->pointer, keyword));
}

static struct subschema *
subschema_below(struct compiler *c, const struct subschema *sub, struct str keyword, struct str segment,
	const struct ynode *node)
{
	struct str base = pointer_join(c->arena, sub->pointer, keyword);
	return compiler_subschema(c, node, pointer_join(c->arena, base, segment));
}

static bool
annotation(
	struct compiler *c, struct subschema *sub, const struct keyword *keyword, const struct ynode *value)
{
	(void)c, (void)sub, (void)keyword, (void)value;
	return true;
}

static bool
one_schema(
	struct compiler *c, struct subschema *sub, const struct keyword *keyword, const struct ynode *value)
{
	const struct subschema **slot = member(sub, keyword);
	*slot = subschema_at(c, sub, keyword->name, value);
	return true;
}

static bool
schema_list(
	struct compiler *c, struct subschema *sub, const struct keyword *keyword, const struct ynode *value)
{
	struct subschemas *list = member(sub, keyword);
	if (!ynode_is(value, YNODE_SEQUENCE)) {
		return keyword_fail(c, sub, keyword->name, "expected a list of schemas");
	}
	size_t index = 0;
	for (const struct ynode *item = ynode_follow(value)->first; item; item = item->next) {
		struct str segment = arena_printf(c->arena, "%zu", index++);
		vec_push(c->arena, list, subschema_below(c, sub, keyword->name, segment, item));
	}
	return true;
}

/* Schemas by name; where they go is up to the keyword, which may be nowhere (definitions). */
static bool
schema_map(
	struct compiler *c, struct subschema *sub, const struct keyword *keyword, const struct ynode *value)
{
	struct map *map = keyword->offset ? member(sub, keyword) : NULL;
	if (!ynode_is(value, YNODE_MAPPING)) {
		return keyword_fail(c, sub, keyword->name, "expected a mapping of schemas");
	}
	for (const struct ynode *key = ynode_follow(value)->first; key; key = key->next->next) {
		struct str name = ynode_str(key);
		struct subschema *below = subschema_below(c, sub, keyword->name, name, key->next);
		if (map) {
			map_put(c->arena, map, name, below);
		}
	}
	return true;
}

static bool
items(struct compiler *c, struct subschema *sub, const struct keyword *keyword, const struct ynode *value)
{
	static const struct keyword tuple = { STR_INIT("items"), NULL, offsetof(struct subschema, tuple) };
	return ynode_is(value, YNODE_SEQUENCE) ? schema_list(c, sub, &tuple, value)
					       : one_schema(c, sub, keyword, value);
}

static bool
name_list(struct compiler *c, struct subschema *sub, const struct keyword *keyword, const struct ynode *value)
{
	struct names *names = member(sub, keyword);
	if (!ynode_is(value, YNODE_SEQUENCE)) {
		return keyword_fail(c, sub, keyword->name, "expected a list of names");
	}
	for (const struct ynode *item = ynode_follow(value)->first; item; item = item->next) {
		vec_push(c->arena, names, ynode_str(item));
	}
	return true;
}

static bool
dependencies(
	struct compiler *c, struct subschema *sub, const struct keyword *keyword, const struct ynode *value)
{
	if (!ynode_is(value, YNODE_MAPPING)) {
		return keyword_fail(c, sub, keyword->name, "expected a mapping");
	}
	for (const struct ynode *key = ynode_follow(value)->first; key; key = key->next->next) {
		struct condition condition = { .key = ynode_str(key) };
		const struct ynode *then = ynode_follow(key->next);
		if (then->kind == YNODE_SEQUENCE) {
			for (const struct ynode *item = then->first; item; item = item->next) {
				vec_push(c->arena, &condition.required, ynode_str(item));
			}
		} else {
			condition.then = subschema_below(c, sub, keyword->name, condition.key, then);
		}
		vec_push(c->arena, &sub->dependencies, condition);
	}
	return true;
}

static const struct regex *
pattern_new(struct compiler *c, const struct subschema *sub, struct str keyword, struct str text)
{
	struct error problem;
	struct regex *regex = regex_new(text, &problem);
	if (!regex) {
		(void)keyword_fail(c, sub, keyword, problem.text);
		return NULL;
	}
	vec_push(c->arena, &c->schema->regexes, regex);
	return regex;
}

static bool
patterns(struct compiler *c, struct subschema *sub, const struct keyword *keyword, const struct ynode *value)
{
	if (!ynode_is(value, YNODE_MAPPING)) {
		return keyword_fail(c, sub, keyword->name, "expected a mapping of schemas");
	}
	for (const struct ynode *key = ynode_follow(value)->first; key; key = key->next->next) {
		struct condition condition = { .key = ynode_str(key) };
		condition.pattern = pattern_new(c, sub, keyword->name, condition.key);
		if (!condition.pattern) {
			return false;
		}
		condition.then = subschema_below(c, sub, keyword->name, condition.key, key->next);
		vec_push(c->arena, &sub->patterns, condition);
	}
	return true;
}

static bool
pattern(struct compiler *c, struct subschema *sub, const struct keyword *keyword, const struct ynode *value)
{
	sub->pattern_text = ynode_str(value);
	sub->pattern = pattern_new(c, sub, keyword->name, sub->pattern_text);
	return sub->pattern != NULL;
}

static bool
format(struct compiler *c, struct subschema *sub, const struct keyword *keyword, const struct ynode *value)
{
	(void)keyword;
	for (const struct schema_format *known = c->formats; known && known->name; known++) {
		if (str_eq(str_from(known->name), ynode_str(value))) {
			sub->format = known;
		}
	}
	return true;
}

static bool
number(struct compiler *c, struct subschema *sub, const struct keyword *keyword, const struct ynode *value)
{
	struct decimal *decimal = arena_new(c->arena, struct decimal);
	const struct decimal **slot = member(sub, keyword);
	unsigned type = json_type_of(c->arena, value, YDIALECT_YAML_V3);
	if (!(type & (JSON_TYPE_INTEGER | JSON_TYPE_NUMBER))
		|| !decimal_parse(c->arena, ynode_str(value), decimal)) {
		return keyword_fail(c, sub, keyword->name, "expected a number");
	}
	*slot = decimal;
	return true;
}

static bool
count(struct compiler *c, struct subschema *sub, const struct keyword *keyword, const struct ynode *value)
{
	const struct decimal *const *slot = member(sub, keyword);
	size_t size;
	if (!number(c, sub, keyword, value)) {
		return false;
	}
	return decimal_to_size(*slot, &size)
		|| keyword_fail(c, sub, keyword->name, "expected a whole number, 0 or more");
}

static bool
multiple_of(
	struct compiler *c, struct subschema *sub, const struct keyword *keyword, const struct ynode *value)
{
	if (!number(c, sub, keyword, value)) {
		return false;
	}
	return (sub->unit->len > 0 && !sub->unit->negative)
		|| keyword_fail(c, sub, keyword->name, "expected a number above 0");
}

static bool
flag(struct compiler *c, struct subschema *sub, const struct keyword *keyword, const struct ynode *value)
{
	bool *slot = member(sub, keyword);
	if (json_type_of(c->arena, value, YDIALECT_YAML_V3) != JSON_TYPE_BOOLEAN) {
		return keyword_fail(c, sub, keyword->name, "expected true or false");
	}
	*slot = yscalar_bool(ynode_str(value));
	return true;
}

static bool
any_value(struct compiler *c, struct subschema *sub, const struct keyword *keyword, const struct ynode *value)
{
	const struct ynode **slot = member(sub, keyword);
	(void)c;
	*slot = ynode_follow(value);
	return true;
}

static bool
value_list(
	struct compiler *c, struct subschema *sub, const struct keyword *keyword, const struct ynode *value)
{
	return ynode_is(value, YNODE_SEQUENCE)
		? any_value(c, sub, keyword, value)
		: keyword_fail(c, sub, keyword->name, "expected a list of values");
}

static bool
add_type(struct compiler *c, struct subschema *sub, const struct keyword *keyword, const struct ynode *value)
{
	static const struct {
		struct str name;
		enum json_type type;
	} types[] = {
		{ STR_INIT("null"), JSON_TYPE_NULL },
		{ STR_INIT("boolean"), JSON_TYPE_BOOLEAN },
		{ STR_INIT("integer"), JSON_TYPE_INTEGER },
		{ STR_INIT("number"), JSON_TYPE_NUMBER },
		{ STR_INIT("string"), JSON_TYPE_STRING },
		{ STR_INIT("array"), JSON_TYPE_ARRAY },
		{ STR_INIT("object"), JSON_TYPE_OBJECT },
	};
	for (size_t i = 0; i < countof(types); i++) {
		if (str_eq(types[i].name, ynode_str(value))) {
			sub->types |= types[i].type;
			return true;
		}
	}
	return keyword_fail(c, sub, keyword->name, "unknown type");
}

static bool
type(struct compiler *c, struct subschema *sub, const struct keyword *keyword, const struct ynode *value)
{
	if (!ynode_is(value, YNODE_SEQUENCE)) {
		return add_type(c, sub, keyword, value);
	}
	for (const struct ynode *item = ynode_follow(value)->first; item; item = item->next) {
		if (!add_type(c, sub, keyword, item)) {
			return false;
		}
	}
	return true;
}

static bool
ref(struct compiler *c, struct subschema *sub, const struct keyword *keyword, const struct ynode *value)
{
	(void)keyword;
	sub->ref = compiler_resolve(c, sub, ynode_str(value));
	return sub->ref != NULL;
}

#define AT(field) offsetof(struct subschema, field)

static const struct keyword keywords[] = {
	{ STR_INIT("$comment"), annotation, 0 },
	{ STR_INIT("$defs"), schema_map, 0 },
	{ STR_INIT("$id"), annotation, 0 },
	{ STR_INIT("$ref"), ref, 0 },
	{ STR_INIT("$schema"), annotation, 0 },
	{ STR_INIT("additionalItems"), one_schema, AT(more_items) },
	{ STR_INIT("additionalProperties"), one_schema, AT(additional) },
	{ STR_INIT("allOf"), schema_list, AT(all_of) },
	{ STR_INIT("anyOf"), schema_list, AT(any_of) },
	{ STR_INIT("const"), any_value, AT(constant) },
	{ STR_INIT("contains"), one_schema, AT(contains) },
	{ STR_INIT("default"), annotation, 0 },
	{ STR_INIT("definitions"), schema_map, 0 },
	{ STR_INIT("dependencies"), dependencies, 0 },
	{ STR_INIT("deprecated"), annotation, 0 },
	{ STR_INIT("description"), annotation, 0 },
	{ STR_INIT("else"), one_schema, AT(otherwise) },
	{ STR_INIT("enum"), value_list, AT(allowed) },
	{ STR_INIT("examples"), annotation, 0 },
	{ STR_INIT("exclusiveMaximum"), number, AT(open_range.most) },
	{ STR_INIT("exclusiveMinimum"), number, AT(open_range.least) },
	{ STR_INIT("format"), format, 0 },
	{ STR_INIT("if"), one_schema, AT(condition) },
	{ STR_INIT("items"), items, AT(items) },
	{ STR_INIT("maxItems"), count, AT(count.most) },
	{ STR_INIT("maxLength"), count, AT(length.most) },
	{ STR_INIT("maxProperties"), count, AT(keys.most) },
	{ STR_INIT("maximum"), number, AT(range.most) },
	{ STR_INIT("minItems"), count, AT(count.least) },
	{ STR_INIT("minLength"), count, AT(length.least) },
	{ STR_INIT("minProperties"), count, AT(keys.least) },
	{ STR_INIT("minimum"), number, AT(range.least) },
	{ STR_INIT("multipleOf"), multiple_of, AT(unit) },
	{ STR_INIT("not"), one_schema, AT(not ) },
	{ STR_INIT("oneOf"), schema_list, AT(one_of) },
	{ STR_INIT("pattern"), pattern, 0 },
	{ STR_INIT("patternProperties"), patterns, 0 },
	{ STR_INIT("properties"), schema_map, AT(properties) },
	{ STR_INIT("propertyNames"), one_schema, AT(key_names) },
	{ STR_INIT("required"), name_list, AT(required) },
	{ STR_INIT("then"), one_schema, AT(then) },
	{ STR_INIT("title"), annotation, 0 },
	{ STR_INIT("type"), type, 0 },
	{ STR_INIT("uniqueItems"), flag, AT(unique) },
};

bool
keyword_compile(struct compiler *c, struct subschema *sub, struct str name, const struct ynode *value)
{
	for (size_t i = 0; i < countof(keywords); i++) {
		if (str_eq(keywords[i].name, name)) {
			return keywords[i].compile(c, sub, &keywords[i], value);
		}
	}
	return str_starts(name, STR("x-")) || keyword_fail(c, sub, name, "unknown keyword");
}
