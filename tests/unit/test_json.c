#include <setjmp.h>
#include <stdarg.h>

#include "json.h"
#include "yscalar.h"

#include <cmocka.h>

static const struct ynode *
parse(struct arena *arena, struct str text)
{
	struct error error;
	const struct ynode *root = json_parse(arena, text, &error);
	if (!root) {
		fail_msg("%s", error.text);
	}
	return root;
}

/* What json_write makes of what json_parse makes of `text`. */
static struct str
rewritten(struct arena *arena, struct str text)
{
	struct buf out = { .arena = arena };
	json_write(&out, parse(arena, text), 0);
	return buf_str(&out);
}

static void
types_survive_reading(void **state)
{
	(void)state;
	static const struct {
		struct str key;
		enum ytype type;
	} expected[] = {
		{ STR_INIT("a"), YTYPE_NULL },
		{ STR_INIT("b"), YTYPE_BOOL },
		{ STR_INIT("c"), YTYPE_INT },
		{ STR_INIT("d"), YTYPE_FLOAT },
		{ STR_INIT("e"), YTYPE_STRING },
		{ STR_INIT("f"), YTYPE_SEQUENCE },
		{ STR_INIT("g"), YTYPE_MAPPING },
		{ STR_INIT("h"), YTYPE_FLOAT },
	};
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct ynode *root = parse(&arena,
		STR("{\"a\":null,\"b\":true,\"c\":-1,\"d\":1.5,\"e\":\"1\",\"f\":[],\"g\":{},\"h\":2.0}"));
	for (size_t i = 0; i < countof(expected); i++) {
		for (enum ydialect dialect = YDIALECT_SIGS_YAML; dialect <= YDIALECT_YAML_V3; dialect++) {
			assert_int_equal(
				ynode_type(ynode_get(root, expected[i].key), dialect), expected[i].type);
		}
	}
}

static void
a_surrogate_pair_is_one_character(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct str text = ynode_str(parse(&arena, STR("\"\\ud83d\\ude80\"")));
	assert_true(str_eq(text, STR("\xF0\x9F\x9A\x80")));
}

static void
a_nul_in_a_string_is_kept(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	assert_true(str_eq(rewritten(&arena, STR("\"a\\u0000b\"")), STR("\"a\\u0000b\"")));
}

static void
members_keep_their_order_and_the_last_of_equal_keys_counts(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	assert_true(str_eq(rewritten(&arena, STR("{\"z\":1,\"a\":[true,null],\"z\":3}")),
		STR("{\"z\":3,\"a\":[true,null]}")));
}

static void
reals_are_read_back_as_the_same(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	assert_true(str_eq(ynode_str(parse(&arena, STR("0.1"))), STR("0.1")));
	assert_true(
		str_eq(ynode_str(parse(&arena, STR("0.1000000000000000055511151231257827"))), STR("0.1")));
	assert_true(str_eq(ynode_str(parse(&arena, STR("1E2"))), STR("100.0")));
	assert_true(str_eq(ynode_str(parse(&arena, STR("1e300"))), STR("1e+300")));
}

static void
assert_refused(struct str text, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct error error;
	assert_null(json_parse(&arena, text, &error));
	if (!str_starts(str_from(error.text), str_from(expected))) {
		fail_msg("\"%s\" instead of \"%s…\"", error.text, expected);
	}
}

static void
what_is_no_json_is_refused_with_its_place(void **state)
{
	(void)state;
	assert_refused(STR("{\n  \"a\": 01\n}"), "line 2, column 8: ");
	assert_refused(STR(""), "line 1, column 0: ");
	assert_refused(STR("1 2"), "line 1, column 3: ");
	assert_refused(STR("99999999999999999999"), "line 1, column 20: too big integer");
}

static void
deep_nesting_is_refused(void **state)
{
	(void)state;
	char text[YTREE_DEPTH_MAX * 2 + 2];
	struct arena CLEANUP(arena_release) arena = { 0 };
	size_t levels = YTREE_DEPTH_MAX;
	memset(text, '[', levels);
	memset(text + levels, ']', levels);
	(void)parse(&arena, (struct str){ text, levels * 2 });
	levels++;
	memset(text, '[', levels);
	memset(text + levels, ']', levels);
	assert_refused((struct str){ text, levels * 2 }, "nested more than 100 levels deep");
}

static void
a_built_tree_is_written_in_the_order_of_building(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct buf out = { .arena = &arena };
	struct ynode *root = ynode_collection(&arena, YNODE_MAPPING);
	struct ynode *sequence = ynode_collection(&arena, YNODE_SEQUENCE);
	struct ylist members = ylist_new(&arena, root), items = ylist_new(&arena, sequence);
	ylist_add(&items, json_of_int(&arena, INT64_MIN));
	ylist_add(&items, json_of_bool(&arena, false));
	ylist_put(&members, STR("version"), json_of_str(&arena, STR("1")));
	ylist_put(&members, STR("absent"), NULL);
	ylist_put(&members, STR("items"), sequence);
	ylist_put(&members, STR("empty"), ynode_collection(&arena, YNODE_MAPPING));
	json_write(&out, root, 2);
	assert_string_equal(out.data,
		"{\n  \"version\": \"1\",\n  \"items\": [\n    -9223372036854775808,\n    false\n  ],\n"
		"  \"empty\": {}\n}");
}

static void
only_words_of_json_are_written_bare(void **state)
{
	(void)state;
	static const struct {
		struct str plain, json;
	} cases[] = {
		{ STR_INIT("0x10"), STR_INIT("\"0x10\"") },
		{ STR_INIT("yes"), STR_INIT("\"yes\"") },
		{ STR_INIT("~"), STR_INIT("\"~\"") },
		{ STR_INIT(""), STR_INIT("\"\"") },
		{ STR_INIT("[1]"), STR_INIT("\"[1]\"") },
		{ STR_INIT("1e999"), STR_INIT("\"1e999\"") },
		{ STR_INIT("-7"), STR_INIT("-7") },
		{ STR_INIT("null"), STR_INIT("null") },
	};
	struct arena CLEANUP(arena_release) arena = { 0 };
	for (size_t i = 0; i < countof(cases); i++) {
		struct buf out = { .arena = &arena };
		json_write(&out, ynode_scalar(&arena, cases[i].plain, YSTYLE_PLAIN), 0);
		assert_string_equal(out.data, cases[i].json.ptr);
	}
}

static void
what_is_no_utf8_is_written_as_replacement_characters(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct buf out = { .arena = &arena };
	struct ynode *root = ynode_collection(&arena, YNODE_MAPPING);
	struct ylist members = ylist_new(&arena, root);
	ylist_put(&members, STR("k\xFF"), json_of_str(&arena, STR("a\xC3\xA9\xED\xA0\x80z")));
	json_write(&out, root, 0);
	assert_string_equal(
		out.data, "{\"k\xEF\xBF\xBD\":\"a\xC3\xA9\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz\"}");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_survive_reading),
		cmocka_unit_test(a_surrogate_pair_is_one_character),
		cmocka_unit_test(a_nul_in_a_string_is_kept),
		cmocka_unit_test(members_keep_their_order_and_the_last_of_equal_keys_counts),
		cmocka_unit_test(reals_are_read_back_as_the_same),
		cmocka_unit_test(what_is_no_json_is_refused_with_its_place),
		cmocka_unit_test(deep_nesting_is_refused),
		cmocka_unit_test(a_built_tree_is_written_in_the_order_of_building),
		cmocka_unit_test(only_words_of_json_are_written_bare),
		cmocka_unit_test(what_is_no_utf8_is_written_as_replacement_characters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
