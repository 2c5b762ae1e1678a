/* What holds and what does not. */
#include "schema_says.h"

static const struct schema_options protojson = {
	.dialect = YDIALECT_SIGS_YAML,
	.null_is_absent = true,
	.integers_in_strings = true,
};

static void
an_unknown_keyword_is_refused_with_its_pointer(void **state)
{
	(void)state;
	assert_refused(
		"properties: {a/b: {requird: [c]}}", "schema: /properties/a~1b/requird: unknown keyword");
	assert_refused(
		"definitions: {unused: {typ: string}}", "schema: /definitions/unused/typ: unknown keyword");
	assert_refused("allOf: [true, {nullable: true}]", "schema: /allOf/1/nullable: unknown keyword");
}

static void
annotations_and_extensions_are_no_keywords(void **state)
{
	(void)state;
	assert_says(&strict,
		"{$schema: a, $id: b, $comment: c, title: d, description: e, default: 1, examples: [2], "
		"deprecated: true, x-anything: [typ: 1], format: of-someone-else}",
		"1", "");
}

static void
values_of_the_wrong_form_are_refused(void **state)
{
	(void)state;
	assert_refused("type: text", "schema: /type: unknown type");
	assert_refused("properties: []", "schema: /properties: expected a mapping of schemas");
	assert_refused("items: 1", "schema: /items: expected a mapping, true or false");
	assert_refused("minLength: -1", "schema: /minLength: expected a whole number, 0 or more");
	assert_refused("minimum: '1'", "schema: /minimum: expected a number");
	assert_refused("multipleOf: 0", "schema: /multipleOf: expected a number above 0");
	assert_refused("required: a", "schema: /required: expected a list of names");
	assert_refused("uniqueItems: 1", "schema: /uniqueItems: expected true or false");
	assert_refused("anyOf: {a: true}", "schema: /anyOf: expected a list of schemas");
	assert_refused("enum: a", "schema: /enum: expected a list of values");
	assert_refused("'1'", "schema: /: expected a mapping, true or false");
}

static void
a_bad_pattern_is_refused(void **state)
{
	(void)state;
	assert_refused(
		"pattern: a(", "schema: /pattern: pattern \"a(\": missing closing parenthesis at offset 2");
}

static void
a_dangling_or_endless_ref_is_refused(void **state)
{
	(void)state;
	assert_refused("$ref: '#/definitions/none'", "schema: /$ref: there is nothing at this pointer");
	assert_refused(
		"$ref: other.json", "schema: /$ref: expected a JSON pointer into this document, \"#/…\"");
	assert_refused("definitions: {a: {$ref: '#/definitions/b'}, b: {$ref: '#/definitions/a'}}",
		"schema: /definitions/a/$ref: leads from $ref to $ref without end");
}

static void
pointers_of_refs_are_unescaped(void **state)
{
	(void)state;
	assert_says(&strict,
		"{definitions: {'a/b~c%': {type: integer}}, "
		"properties: {x: {$ref: '#/definitions/a~1b~0c%25'}}}",
		"x: y", "/x 1:4 expected an integer, found a string");
}

static void
types_are_those_of_the_dialect(void **state)
{
	(void)state;
	assert_says(&strict, "type: string", "on", "");
	assert_says(&protojson, "type: string", "on", " 1:1 expected a string, found a boolean");
}

static void
a_whole_float_is_an_integer(void **state)
{
	(void)state;
	assert_says(&strict, "type: integer", "1.0", "");
	assert_says(&strict, "type: integer", "1e3", "");
	assert_says(&strict, "type: integer", "1.5", " 1:1 expected an integer, found a number");
	assert_says(&strict, "type: integer", ".inf", " 1:1 expected an integer, found a number");
	assert_says(&strict, "type: number", "0x10", "");
}

static void
numbers_are_compared_digit_by_digit(void **state)
{
	(void)state;
	assert_says(&strict, "maximum: 9007199254740992", "9007199254740993",
		" 1:1 expected at most 9007199254740992, found 9007199254740993");
	assert_says(&strict, "maximum: 123456789012345678901234567890", "123456789012345678901234567891",
		" 1:1 expected at most 123456789012345678901234567890, found 123456789012345678901234567891");
	assert_says(&strict, "const: 16", "0x10", "");
	assert_says(&strict, "multipleOf: 0.0001", "0.0075", "");
	assert_says(&strict, "multipleOf: 0.3", "1", " 1:1 expected a multiple of 0.3, found 1");
	assert_says(&strict, "minimum: 0", "-.inf", " 1:1 expected at least 0, found -.inf");
	assert_says(&strict, "minimum: -1.5", "-1.50", "");
}

static void
the_last_of_equal_keys_counts(void **state)
{
	(void)state;
	assert_says(&strict, "properties: {a: {type: integer}}", "a: x\na: 1", "");
	assert_says(&strict, "properties: {a: {type: integer}}", "a: 1\na: x",
		"/a 2:4 expected an integer, found a string");
}

static void
aliases_are_followed(void **state)
{
	(void)state;
	assert_says(&strict, "additionalProperties: {required: [b]}", "x: &x {b: 1}\ny: *x\nz: &z {}\nw: *z",
		"/z 3:1 missing key \"b\"\n/w 4:1 missing key \"b\"");
}

static void
merged_keys_count(void **state)
{
	(void)state;
	static const char schema[] =
		"{properties: {a: {type: integer}, b: {type: integer}, base: {}, m: {$ref: '#'}, "
		"n: {required: [a]}}, additionalProperties: false}";
	assert_says(&strict, schema, "base: &b {a: x, b: 1}\nm: {a: 2, <<: *b}\nn: {<<: [*b]}", "");
	assert_says(&strict, schema, "base: &b {a: x, c: 1}\nm:\n  <<: *b",
		"/m/a 1:14 expected an integer, found a string\n/m 1:17 unknown key \"c\" =a, b, base, m or "
		"n");
	assert_says(&strict, schema, "<<: 1", " 1:1 unknown key \"<<\" =a, b, base, m or n");
}

static void
a_key_is_always_a_string(void **state)
{
	(void)state;
	assert_says(&strict, "propertyNames: {type: string, enum: ['1', b]}", "{1: x, b: y}", "");
	assert_says(&strict, "propertyNames: {maxLength: 2}", "abc: x",
		"/abc 1:1 expected at most 2 characters, found 3");
}

static void
null_is_absent_where_protojson_says_so(void **state)
{
	(void)state;
	static const char schema[] =
		"{properties: {a: {type: string}}, required: [a], additionalProperties: false}";
	assert_says(&protojson, schema, "a: null", " 1:1 missing key \"a\"");
	assert_says(&protojson, "{properties: {a: {type: string}}}", "a:", "");
	assert_says(&protojson, schema, "{a: x, b: null}", " 1:8 unknown key \"b\" =a");
	assert_says(&protojson, "additionalProperties: {type: string}",
		"a:", "/a 1:3 expected a string, found null");
	assert_says(&protojson, "items: {type: string}", "[null]", "/0 1:2 expected a string, found null");
}

static void
integers_stand_in_strings_where_protojson_says_so(void **state)
{
	(void)state;
	assert_says(&protojson, "{type: integer, maximum: 9}", "'10'", " 1:1 expected at most 9, found 10");
	assert_says(&protojson, "type: integer", "'1.0e1'", "");
	assert_says(&protojson, "type: integer", "'010'", " 1:1 expected an integer, found a string");
	assert_says(&protojson, "type: integer", "' 1'", " 1:1 expected an integer, found a string");
	assert_says(&protojson, "type: [integer, string]", "'10'", "");
	assert_says(&strict, "type: integer", "'10'", " 1:1 expected an integer, found a string");
}

static void
a_schema_refers_to_itself(void **state)
{
	(void)state;
	assert_says(&strict,
		"{properties: {next: {$ref: '#'}, n: {type: integer}}, additionalProperties: false}",
		"next: {next: {n: x}}", "/next/next/n 1:18 expected an integer, found a string");
}

static void
a_schema_that_never_descends_ends_at_the_limit(void **state)
{
	(void)state;
	assert_says(&strict, "allOf: [{$ref: '#'}]", "1", " 1:1 too large to check: more than 4000000 steps");
}

/* 2^40 list items by aliases. */
static void
an_alias_bomb_ends_at_the_limit(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct buf text = { .arena = &arena };
	buf_add(&text, STR("- &a0 [x, x]\n"));
	for (int i = 1; i < 40; i++) {
		buf_addf(&text, "- &a%d [*a%d, *a%d]\n", i, i - 1, i - 1);
	}
	static const char *const schemas[] = {
		"{type: [array, string], items: {$ref: '#'}}",
		"uniqueItems: true",
		"{$defs: {d: {items: {$ref: '#/$defs/d'}}}, contains: {not: {$ref: '#/$defs/d'}}}",
	};
	const struct ynode *root = yaml_parse(&arena, buf_str(&text), YTREE_VALUES)->root;
	for (size_t i = 0; i < countof(schemas); i++) {
		const struct schema *schema = compile(&arena, schemas[i]);
		const struct violation *violation = schema_check(&arena, schema, root, &strict);
		assert_non_null(violation);
		assert_int_equal(violation->kind, VIOLATION_LIMIT);
		assert_null(violation->next);
		schema_release(schema);
	}
}

static void
no_more_than_a_thousand_violations_are_told(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct buf text = { .arena = &arena };
	for (int i = 0; i < SCHEMA_VIOLATIONS_MAX + 5; i++) {
		buf_add(&text, STR("- x\n"));
	}
	const struct ynode *root = yaml_parse(&arena, buf_str(&text), YTREE_VALUES)->root;
	const struct schema *schema = compile(&arena, "items: {anyOf: [{type: integer}, {type: boolean}]}");
	size_t count = 0;
	const struct violation *violation = schema_check(&arena, schema, root, &strict);
	for (; violation; violation = violation->next) {
		count++;
	}
	assert_int_equal(count, SCHEMA_VIOLATIONS_MAX);
	schema_release(schema);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_unknown_keyword_is_refused_with_its_pointer),
		cmocka_unit_test(annotations_and_extensions_are_no_keywords),
		cmocka_unit_test(values_of_the_wrong_form_are_refused),
		cmocka_unit_test(a_bad_pattern_is_refused),
		cmocka_unit_test(a_dangling_or_endless_ref_is_refused),
		cmocka_unit_test(pointers_of_refs_are_unescaped),
		cmocka_unit_test(types_are_those_of_the_dialect),
		cmocka_unit_test(a_whole_float_is_an_integer),
		cmocka_unit_test(numbers_are_compared_digit_by_digit),
		cmocka_unit_test(the_last_of_equal_keys_counts),
		cmocka_unit_test(aliases_are_followed),
		cmocka_unit_test(merged_keys_count),
		cmocka_unit_test(a_key_is_always_a_string),
		cmocka_unit_test(null_is_absent_where_protojson_says_so),
		cmocka_unit_test(integers_stand_in_strings_where_protojson_says_so),
		cmocka_unit_test(a_schema_refers_to_itself),
		cmocka_unit_test(a_schema_that_never_descends_ends_at_the_limit),
		cmocka_unit_test(an_alias_bomb_ends_at_the_limit),
		cmocka_unit_test(no_more_than_a_thousand_violations_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
