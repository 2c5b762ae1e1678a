/* What stands in two places says the same: the schema of a spec, the tables behind its views, its defaults.
 */
#include <setjmp.h>
#include <stdarg.h>

#include "embedded.h"
#include "spec.h"
#include "yaml.h"
#include "yscalar.h"

#include <cmocka.h>

struct walk {
	struct arena *arena;
	const struct ynode *schema;
	size_t fields;
};

static const struct ynode *
parse(struct arena *arena, struct str name)
{
	return yaml_parse(arena, embedded_get(name), 0)->root;
}

/* What a $ref stands for; the node itself otherwise. */
static const struct ynode *
resolve(const struct walk *walk, const struct ynode *node)
{
	const struct str prefix = STR("#/definitions/");
	struct str ref = ynode_str(ynode_get(node, STR("$ref")));
	if (!str_starts(ref, prefix)) {
		return node;
	}
	const struct ynode *definitions = ynode_get(walk->schema, STR("definitions"));
	return resolve(walk, ynode_get(definitions, str_skip(ref, prefix.len)));
}

static bool
lists(const struct ynode *list, struct str word)
{
	for (const struct ynode *item = list ? list->first : NULL; item; item = item->next) {
		if (str_eq(ynode_str(item), word)) {
			return true;
		}
	}
	return false;
}

static void
check_type(const struct decode_field *field, const struct ynode *schema)
{
	static const char *const types[] = {
		[DECODE_TEXT] = "string",
		[DECODE_BOOL] = "boolean",
		[DECODE_NUMBER] = "integer",
		[DECODE_CHOICE] = "",
		[DECODE_MAPPING] = "object",
		[DECODE_TEXTS] = "array",
		[DECODE_MAPPINGS] = "array",
		[DECODE_OPEN] = "object",
	};
	const struct ynode *stated = ynode_get(schema, STR("type"));
	bool is_nullable = ynode_is(stated, YNODE_SEQUENCE);
	struct str type = ynode_str(is_nullable ? stated->first : stated);
	assert_false(is_nullable && field->required);
	if (!str_eq(type, str_from(types[field->kind]))) {
		fail_msg("%s: the schema says \"%.*s\", the table \"%s\"", field->key, STR_ARG(type),
			types[field->kind]);
	}
}

static void
check_choices(const struct decode_field *field, const struct ynode *schema)
{
	const struct ynode *words = ynode_get(schema, STR("enum"));
	size_t count = 0;
	for (; field->choices[count]; count++) {
		if (!lists(words, str_from(field->choices[count]))) {
			fail_msg("%s: the schema lacks \"%s\"", field->key, field->choices[count]);
		}
	}
	assert_int_equal(count, words->len);
}

static void check_table(struct walk *walk, const struct decode_field *fields, const struct ynode *schema);

static void
check_field(struct walk *walk, const struct decode_field *field, const struct ynode *schema)
{
	walk->fields++;
	check_type(field, schema);
	if (field->kind == DECODE_CHOICE) {
		check_choices(field, schema);
	} else if (field->kind == DECODE_MAPPING) {
		check_table(walk, field->fields, schema);
	} else if (field->kind == DECODE_MAPPINGS) {
		check_table(walk, field->fields, resolve(walk, ynode_get(schema, STR("items"))));
	}
}

static size_t
count_fields(const struct decode_field *fields)
{
	size_t count = 0;
	while (fields[count].key) {
		count++;
	}
	return count;
}

static void
check_table(struct walk *walk, const struct decode_field *fields, const struct ynode *schema)
{
	const struct ynode *properties = ynode_get(schema, STR("properties"));
	const struct ynode *required = ynode_get(schema, STR("required"));
	assert_int_equal(properties->len, 2 * count_fields(fields));
	assert_string_equal(
		arena_str(walk->arena, ynode_str(ynode_get(schema, STR("additionalProperties")))).ptr,
		"false");
	for (const struct decode_field *field = fields; field->key; field++) {
		const struct ynode *property = ynode_get(properties, str_from(field->key));
		if (!property) {
			fail_msg("the schema lacks %s", field->key);
		}
		if (lists(required, str_from(field->key)) != field->required) {
			fail_msg("%s: schema and table differ in whether it is required", field->key);
		}
		check_field(walk, field, resolve(walk, property));
	}
}

static void
tables_and_schema_have_the_same_fields(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct walk walk = { .arena = &arena, .schema = parse(&arena, STR("schemas/spec.schema.json")) };
	const struct ynode *definitions = ynode_get(walk.schema, STR("definitions"));

	check_table(&walk, agent_spec_fields, ynode_get(definitions, STR("agent")));
	for (const struct decode_field *field = fleet_spec_fields; field->key; field++) {
		check_field(&walk, field, ynode_get(definitions, str_from(field->key)));
	}
	assert_true(walk.fields > 60);
}

static void
agents_and_defaults_take_the_same_fields(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct ynode *schema = parse(&arena, STR("schemas/spec.schema.json"));
	const struct ynode *agent = ynode_at(schema, "definitions", "agent", "properties", NULL);
	const struct ynode *defaults = ynode_at(schema, "definitions", "defaults", "properties", NULL);

	assert_int_equal(agent->len, defaults->len + 4); /* name and cluster beside */
	for (const struct ynode *key = defaults->first; key; key = key->next->next) {
		assert_true(yaml_same(key->next, ynode_get(agent, ynode_str(key))));
	}
}

/* Every default of the schema stands in `defaults`, and nothing else does. Their number. */
static size_t
compare_defaults(const struct walk *walk, const struct ynode *schema, const struct ynode *defaults)
{
	const struct ynode *properties = ynode_get(schema, STR("properties"));
	size_t count = 0;
	for (const struct ynode *key = properties->first; key; key = key->next->next) {
		const struct ynode *property = resolve(walk, key->next);
		const struct ynode *stated = ynode_get(property, STR("default"));
		const struct ynode *held = ynode_get(defaults, ynode_str(key));
		if (ynode_get(property, STR("properties"))) {
			count += compare_defaults(walk, property, held);
		} else if (!str_eq(ynode_str(stated), ynode_str(held))) {
			fail_msg("%.*s: the schema says \"%.*s\", templates/defaults.yaml \"%.*s\"",
				STR_ARG(ynode_str(key)), STR_ARG(ynode_str(stated)),
				STR_ARG(ynode_str(held)));
		}
		count += stated != NULL;
	}
	return count;
}

static size_t
count_scalars(const struct ynode *node)
{
	size_t count = 0;
	if (node->kind == YNODE_SCALAR) {
		return 1;
	}
	for (const struct ynode *key = node->first; key; key = key->next->next) {
		count += count_scalars(key->next);
	}
	return count;
}

static void
defaults_are_those_that_the_schema_states(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct walk walk = { .arena = &arena, .schema = parse(&arena, STR("schemas/spec.schema.json")) };
	const struct ynode *definitions = ynode_get(walk.schema, STR("definitions"));
	const struct ynode *defaults = parse(&arena, STR("templates/defaults.yaml"));
	size_t count = 0;

	for (const struct ynode *key = defaults->first; key; key = key->next->next) {
		const struct ynode *schema = ynode_get(definitions, ynode_str(key));
		count += compare_defaults(&walk, schema, key->next);
	}
	assert_int_equal(count, count_scalars(defaults));
}

/* Every property has words for editors and documents, and one that is no mapping shows an example or its
 * values. */
static void
check_described(const struct walk *walk, const struct ynode *schema)
{
	const struct ynode *properties = ynode_get(schema, STR("properties"));
	for (const struct ynode *key = properties ? properties->first : NULL; key; key = key->next->next) {
		const struct ynode *property = key->next, *shape = resolve(walk, property);
		const struct ynode *words = ynode_get(property, STR("description"));
		words = words ? words : ynode_get(shape, STR("description"));
		if (!str_ends(ynode_str(words), STR("."))) {
			fail_msg("%.*s has no description that is a sentence", STR_ARG(ynode_str(key)));
		}
		check_described(walk, shape);
	}
}

static void
every_property_is_described(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct walk walk = { .arena = &arena, .schema = parse(&arena, STR("schemas/spec.schema.json")) };
	check_described(&walk, walk.schema);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_and_schema_have_the_same_fields),
		cmocka_unit_test(agents_and_defaults_take_the_same_fields),
		cmocka_unit_test(defaults_are_those_that_the_schema_states),
		cmocka_unit_test(every_property_is_described),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
