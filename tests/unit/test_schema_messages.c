/* How violations are put: where they point, what they say and suggest, and which branch of a choice speaks.
 */
#include "schema_says.h"

static void
a_type_is_named_with_what_was_found(void **state)
{
	(void)state;
	assert_says(&strict, "type: string", "12", " 1:1 expected a string, found an integer");
	assert_says(&strict, "type: [array, 'null', object]", "on",
		" 1:1 expected a list, a mapping or null, found a string");
	assert_says(&strict, "type: string", "true", " 1:1 expected a string, found a boolean");
	assert_says(
		&strict, "properties: {a: {type: integer}}", "a:", "/a 1:3 expected an integer, found null");
}

static void
ranges_say_both_ends(void **state)
{
	(void)state;
	assert_says(&strict, "{minimum: 1, maximum: 65535}", "0", " 1:1 expected 1 to 65535, found 0");
	assert_says(&strict, "{exclusiveMinimum: 0, exclusiveMaximum: 1}", "1",
		" 1:1 expected more than 0 and less than 1, found 1");
	assert_says(&strict, "exclusiveMinimum: 0", "0", " 1:1 expected more than 0, found 0");
}

static void
lengths_are_counted_in_characters(void **state)
{
	(void)state;
	assert_says(&strict, "maxLength: 2", "äöü", " 1:1 expected at most 2 characters, found 3");
	assert_says(&strict, "maxLength: 3", "äöü", "");
	assert_says(&strict, "minLength: 1", "''", " 1:1 expected at least 1 character, found 0");
	assert_says(&strict, "{minItems: 2, maxItems: 2}", "[a]", " 1:1 expected exactly 2 items, found 1");
	assert_says(&strict, "maxProperties: 1", "{a: 1, b: 2}", " 1:1 expected at most 1 key, found 2");
}

static void
an_unknown_key_is_named_with_the_nearest_known_one(void **state)
{
	(void)state;
	static const char schema[] = "{properties: {sourceRef: {}, path: {}}, additionalProperties: false}";
	assert_says(&strict, schema, "path: 1\nsourceref: 2",
		" 2:1 unknown key \"sourceref\" ?sourceRef =sourceRef or path");
	assert_says(&strict, schema, "source_ref: 2",
		" 1:1 unknown key \"source_ref\" ?sourceRef =sourceRef or path");
	assert_says(&strict, schema, "patch: 1", " 1:1 unknown key \"patch\" ?path =sourceRef or path");
	assert_says(&strict, schema, "other: 1", " 1:1 unknown key \"other\" =sourceRef or path");
}

static void
a_key_that_stands_already_is_not_suggested(void **state)
{
	(void)state;
	assert_says(&strict, "{properties: {path: {}, name: {}}, additionalProperties: false}",
		"path: 1\npaht: 2", " 2:1 unknown key \"paht\" =path or name");
}

static void
a_missing_key_points_at_the_key_whose_mapping_lacks_it(void **state)
{
	(void)state;
	static const char schema[] =
		"{required: [a], properties: {a: {required: [b]}, l: {items: {required: [c]}}}}";
	assert_says(&strict, schema, "l: [{}]\nx: {}", " 1:1 missing key \"a\"\n/l/0 1:5 missing key \"c\"");
	assert_says(&strict, schema, "a:\n  x: 1", "/a 1:1 missing key \"b\"");
}

static void
a_word_that_is_not_allowed_is_named_with_those_that_are(void **state)
{
	(void)state;
	assert_says(&strict, "enum: [helm, flux, kpt]", "Flux",
		" 1:1 expected \"helm\", \"flux\" or \"kpt\", found \"Flux\" ?flux =helm, flux or kpt");
	assert_says(&strict, "enum: [helm, flux, kpt]", "[]",
		" 1:1 expected \"helm\", \"flux\" or \"kpt\", found a list =helm, flux or kpt");
	assert_says(&strict, "const: '1'", "1", " 1:1 expected \"1\", found 1 ?1 =1");
	assert_says(&strict, "enum: [1, 2, null]", "3", " 1:1 expected 1, 2 or null, found 3 =1, 2 or null");
}

static void
more_than_twenty_allowed_words_are_not_listed(void **state)
{
	(void)state;
	assert_says(&strict, "enum: [aa, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u]", "zz",
		" 1:1 \"zz\" is none of the allowed values");
}

static void
a_secret_is_not_repeated(void **state)
{
	(void)state;
	assert_says(&strict, "{pattern: ^glagent, x-secret: true}", "hush",
		" 1:1 a string does not match ^glagent");
	assert_says(&strict, "{enum: [a], x-secret: true}", "hush", " 1:1 expected \"a\", found a string =a");
}

static void
patterns_and_formats_say_what_they_want(void **state)
{
	(void)state;
	assert_says(&strict, "pattern: '^[a-z]+$'", "\"a\\n\"", " 1:1 \"a\n\" does not match ^[a-z]+$");
	assert_says(&strict, "{pattern: '^a', x-expected: a word with a}", "b",
		" 1:1 expected a word with a, found \"b\"");
	assert_says(&strict, "format: lower", "A", " 1:1 \"A\" is no valid lower: expected only a to z");
	assert_says(&strict, "format: lower", "1", "");
}

static void
violations_come_in_document_order(void **state)
{
	(void)state;
	assert_says(&strict,
		"allOf: [{properties: {c: {type: integer}}}, {properties: {a: {type: integer}}, "
		"additionalProperties: {type: [integer, object], properties: {x: {type: integer}}}}]",
		"a: x\nb: {x: y}\nc: z",
		"/a 1:4 expected an integer, found a string\n"
		"/b/x 2:8 expected an integer, found a string\n"
		"/c 3:4 expected an integer, found a string\n"
		"/c 3:4 expected an integer or a mapping, found a string");
}

static void
what_two_branches_say_alike_is_said_once(void **state)
{
	(void)state;
	assert_says(&strict, "allOf: [{required: [a]}, {required: [b]}, {required: [a]}]", "{}",
		" 1:1 missing key \"a\"\n 1:1 missing key \"b\"");
}

static void
the_branch_that_got_deepest_speaks(void **state)
{
	(void)state;
	static const char schema[] = "anyOf: [{type: string}, {type: object, properties: {a: {type: object, "
				     "properties: {b: {type: "
				     "integer}}}}, additionalProperties: false}]";
	assert_says(&strict, schema, "a: {b: x}", "/a/b 1:8 expected an integer, found a string");
	assert_says(&strict, schema, "c: 1", " 1:1 unknown key \"c\" =a");
	assert_says(&strict, "anyOf: [{type: integer}, {type: string, pattern: ^a}]", "b",
		" 1:1 \"b\" does not match ^a");
}

static void
a_discriminator_chooses_the_branch(void **state)
{
	(void)state;
	static const char schema[] =
		"oneOf: [{properties: {kind: {const: A}, a: {type: integer}}, required: [kind]}, "
		"{properties: {kind: {const: B}, a: {type: object, properties: {x: {type: "
		"integer}}}}, required: [kind]}]";
	assert_says(&strict, schema, "kind: A\na: {x: y}", "/a 2:4 expected an integer, found a mapping");
	assert_says(&strict, schema, "kind: B\na: {x: y}", "/a/x 2:8 expected an integer, found a string");
	assert_says(&strict, schema, "kind: C", "/kind 1:7 expected \"A\" or \"B\", found \"C\" =A or B");
}

static void
an_enum_of_every_branch_is_a_discriminator(void **state)
{
	(void)state;
	static const char schema[] = "anyOf: [{properties: {t: {enum: [a, b]}, n: {type: integer}}}, "
				     "{properties: {t: {enum: [c]}, n: {type: object, required: [x]}}}]";
	assert_says(&strict, schema, "{t: c, n: {}}", "/n 1:8 missing key \"x\"");
	assert_says(&strict, schema, "{t: a, n: {}}", "/n 1:11 expected an integer, found a mapping");
	assert_says(&strict, schema, "{t: x, n: {}}",
		"/t 1:5 expected \"a\", \"b\" or \"c\", found \"x\" =a, b or c");
}

static void
an_enum_of_one_branch_is_no_discriminator(void **state)
{
	(void)state;
	assert_says(&strict,
		"anyOf: [{properties: {x: {}}, additionalProperties: false}, "
		"{properties: {level: {enum: [a]}}, additionalProperties: false}]",
		"level: b", "/level 1:8 expected \"a\", found \"b\" =a");
}

static void
branches_that_want_one_thing_each_are_joined(void **state)
{
	(void)state;
	assert_says(&strict, "anyOf: [{type: string}, {type: integer}]", "true",
		" 1:1 expected a string or an integer, found a boolean");
	assert_says(&strict, "oneOf: [{const: apply}, {const: delete}]", "aply",
		" 1:1 expected \"apply\" or \"delete\", found \"aply\" ?apply =apply or delete");
	assert_says(&strict, "anyOf: [{required: [a]}, {required: [b]}]", "x: 1",
		" 1:1 missing key \"a\" or \"b\"");
}

static void
several_forms_at_once_are_counted(void **state)
{
	(void)state;
	assert_says(&strict, "oneOf: [{required: [a]}, {required: [b]}]", "{a: 1, b: 2}",
		" 1:1 this is 2 of the allowed forms at once: expected only one");
}

static void
what_is_forbidden_is_named(void **state)
{
	(void)state;
	assert_says(&strict, "properties: {a: false}", "a: 1", "/a 1:1 key \"a\" is not allowed here");
	assert_says(&strict, "not: {required: [a]}", "a: 1", " 1:1 key \"a\" is not allowed here");
	assert_says(&strict, "not: {const: x}", "x", " 1:1 \"x\" is not allowed here");
	assert_says(&strict, "{items: [true], additionalItems: false}", "[1, 2]",
		"/1 1:5 no value is allowed here");
	assert_says(&strict, "dependencies: {a: [b]}", "a: 1", " 1:1 key \"a\" needs key \"b\" beside it");
}

static void
a_repeated_item_is_shown_at_its_second_place(void **state)
{
	(void)state;
	assert_says(&strict, "uniqueItems: true", "[a, b, a]", "/2 1:8 \"a\" stands twice in the list");
	assert_says(&strict, "uniqueItems: true", "[{a: 1, b: 2}, {b: 2, a: 1.0}]",
		"/1 1:16 this item stands twice in the list");
	assert_says(&strict, "uniqueItems: true", "[1, '1', true, 'true', [1], ['1']]", "");
}

static void
a_violation_carries_the_schema_that_said_so(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct schema *schema = compile(&arena, "properties: {a: {type: integer, x-code: AB001}}");
	const struct ynode *root = yaml_parse(&arena, STR("a: x"), YTREE_VALUES)->root;
	const struct violation *violation = schema_check(&arena, schema, root, &strict);
	assert_non_null(violation);
	assert_int_equal(violation->kind, VIOLATION_TYPE);
	assert_true(str_eq(ynode_str(ynode_get(violation->schema, STR("x-code"))), STR("AB001")));
	schema_release(schema);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_type_is_named_with_what_was_found),
		cmocka_unit_test(ranges_say_both_ends),
		cmocka_unit_test(lengths_are_counted_in_characters),
		cmocka_unit_test(an_unknown_key_is_named_with_the_nearest_known_one),
		cmocka_unit_test(a_key_that_stands_already_is_not_suggested),
		cmocka_unit_test(a_missing_key_points_at_the_key_whose_mapping_lacks_it),
		cmocka_unit_test(a_word_that_is_not_allowed_is_named_with_those_that_are),
		cmocka_unit_test(more_than_twenty_allowed_words_are_not_listed),
		cmocka_unit_test(a_secret_is_not_repeated),
		cmocka_unit_test(patterns_and_formats_say_what_they_want),
		cmocka_unit_test(violations_come_in_document_order),
		cmocka_unit_test(what_two_branches_say_alike_is_said_once),
		cmocka_unit_test(the_branch_that_got_deepest_speaks),
		cmocka_unit_test(a_discriminator_chooses_the_branch),
		cmocka_unit_test(an_enum_of_every_branch_is_a_discriminator),
		cmocka_unit_test(an_enum_of_one_branch_is_no_discriminator),
		cmocka_unit_test(branches_that_want_one_thing_each_are_joined),
		cmocka_unit_test(several_forms_at_once_are_counted),
		cmocka_unit_test(what_is_forbidden_is_named),
		cmocka_unit_test(a_repeated_item_is_shown_at_its_second_place),
		cmocka_unit_test(a_violation_carries_the_schema_that_said_so),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
