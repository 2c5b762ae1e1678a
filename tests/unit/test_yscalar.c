#include <setjmp.h>
#include <stdarg.h>

#include "yaml.h"
#include "ymerge.h"
#include "yscalar.h"

#include <cmocka.h>

/* As Go's two YAML readers take the words: S is sigs.k8s.io/yaml, V is yaml.v3. */
static const struct {
	const char *text;
	enum ytype sigs, v3;
} words[] = {
	{ "", YTYPE_NULL, YTYPE_NULL },
	{ "~", YTYPE_NULL, YTYPE_NULL },
	{ "Null", YTYPE_NULL, YTYPE_NULL },
	{ "nUll", YTYPE_STRING, YTYPE_STRING },
	{ "true", YTYPE_BOOL, YTYPE_BOOL },
	{ "yes", YTYPE_BOOL, YTYPE_STRING },
	{ "Y", YTYPE_BOOL, YTYPE_STRING },
	{ "off", YTYPE_BOOL, YTYPE_STRING },
	{ "yEs", YTYPE_STRING, YTYPE_STRING },
	{ "12", YTYPE_INT, YTYPE_INT },
	{ "-0x1F", YTYPE_INT, YTYPE_INT },
	{ "0o17", YTYPE_INT, YTYPE_INT },
	{ "0123", YTYPE_INT, YTYPE_INT },
	{ "08", YTYPE_FLOAT, YTYPE_FLOAT },
	{ "0b11", YTYPE_INT, YTYPE_INT },
	{ "1_000", YTYPE_INT, YTYPE_INT },
	{ "1e3", YTYPE_FLOAT, YTYPE_FLOAT },
	{ "1.10", YTYPE_FLOAT, YTYPE_FLOAT },
	{ ".5", YTYPE_FLOAT, YTYPE_FLOAT },
	{ "12345678901234567890", YTYPE_INT, YTYPE_INT },
	{ "99999999999999999999", YTYPE_FLOAT, YTYPE_FLOAT },
	{ "12e4567", YTYPE_STRING, YTYPE_STRING },
	{ ".inf", YTYPE_FLOAT, YTYPE_FLOAT },
	{ "12:34:56", YTYPE_STRING, YTYPE_STRING },
	{ "v15.8.0", YTYPE_STRING, YTYPE_STRING },
	{ "2024-01-01", YTYPE_STRING, YTYPE_STRING },
	{ "-", YTYPE_STRING, YTYPE_STRING },
	{ ".", YTYPE_STRING, YTYPE_STRING },
	{ "+.", YTYPE_STRING, YTYPE_STRING },
	{ "1e", YTYPE_STRING, YTYPE_STRING },
	{ "0x", YTYPE_STRING, YTYPE_STRING },
};

static void
plain_words_mean_what_go_makes_of_them(void **state)
{
	(void)state;
	for (size_t i = 0; i < countof(words); i++) {
		enum ytype sigs = yscalar_type(str_from(words[i].text), YDIALECT_SIGS_YAML);
		enum ytype v3 = yscalar_type(str_from(words[i].text), YDIALECT_YAML_V3);
		if (sigs != words[i].sigs || v3 != words[i].v3) {
			fail_msg("\"%s\": %s and %s", words[i].text, ytype_name(sigs), ytype_name(v3));
		}
	}
}

static void
whatever_some_reader_retypes_is_ambiguous(void **state)
{
	(void)state;
	for (size_t i = 0; i < countof(words); i++) {
		if (words[i].sigs != YTYPE_STRING || words[i].v3 != YTYPE_STRING) {
			assert_true(yscalar_is_ambiguous(str_from(words[i].text)));
		}
	}
	assert_true(yscalar_is_ambiguous(STR("2024-01-01")));
	assert_true(yscalar_is_ambiguous(STR("1:30")));
	assert_false(yscalar_is_ambiguous(STR("v1.2")));
	assert_false(yscalar_is_ambiguous(STR("yesterday")));
}

static void
integers_have_their_value_or_do_not_fit(void **state)
{
	(void)state;
	int64_t value;
	assert_true(yscalar_int(STR("-0x1_0"), &value));
	assert_int_equal(value, -16);
	assert_true(yscalar_int(STR("0123"), &value));
	assert_int_equal(value, 83);
	assert_true(yscalar_int(STR("-9223372036854775808"), &value));
	assert_true(value == INT64_MIN);
	assert_false(yscalar_int(STR("9223372036854775808"), &value));
	assert_false(yscalar_int(STR("1.0"), &value));
	assert_false(yscalar_int(STR("18446744073709551616"), &value));
}

static void
tags_and_quotes_decide_before_the_word(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct ynode *root =
		yaml_parse(&arena, STR("[!!str 12, '12', !!int 12, ! 12, 12, !x 12]"), 0)->root;
	static const enum ytype types[] = { YTYPE_STRING, YTYPE_STRING, YTYPE_INT, YTYPE_STRING, YTYPE_INT,
		YTYPE_STRING };
	const struct ynode *item = root->first;
	for (size_t i = 0; i < countof(types); i++, item = item->next) {
		assert_int_equal(ynode_type(item, YDIALECT_SIGS_YAML), types[i]);
	}
}

static const struct ynode *
parse(struct arena *arena, const char *text)
{
	return yaml_parse(arena, str_from(text), 0)->root;
}

static void
merging_keeps_places_and_order(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct ynode *base = parse(&arena, "a: {x: 1, y: 2}\nl: [1, 2]\nb: 1\n");
	const struct ynode *over = parse(&arena, "c: 3\na: {y: 9, z: 3}\nl: [3]\n");
	const struct ynode *out = ymerge(&arena, base, over, YMERGE_NULL_IS_VALUE);
	static const char *const keys[] = { "a", "l", "b", "c" };
	const struct ynode *key = out->first;
	for (size_t i = 0; i < countof(keys); i++, key = key->next->next) {
		assert_true(str_eq(ynode_str(key), str_from(keys[i])));
	}
	assert_ptr_equal(ynode_at(out, "a", "y", NULL)->text, ynode_at(over, "a", "y", NULL)->text);
	assert_ptr_equal(ynode_at(out, "a", "x", NULL)->text, ynode_at(base, "a", "x", NULL)->text);
	assert_int_equal(ynode_get(out, STR("l"))->len, 1);
}

static void
nulls_arrive_or_delete(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct ynode *base = parse(&arena, "a: {x: 1, y: 2}\nb: 1\n");
	const struct ynode *over = parse(&arena, "a: {x: ~}\nb:\nc: {d: null, e: 1}\n");
	const struct ynode *kept = ymerge(&arena, base, over, YMERGE_NULL_IS_VALUE);
	assert_non_null(ynode_at(kept, "a", "x", NULL));
	assert_non_null(ynode_at(kept, "c", "d", NULL));
	const struct ynode *deleted = ymerge(&arena, base, over, YMERGE_NULL_DELETES);
	assert_null(ynode_at(deleted, "a", "x", NULL));
	assert_null(ynode_get(deleted, STR("b")));
	assert_null(ynode_at(deleted, "c", "d", NULL));
	assert_non_null(ynode_at(deleted, "c", "e", NULL));
	assert_ptr_equal(ymerge(&arena, NULL, over, YMERGE_NULL_DELETES), over);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_words_mean_what_go_makes_of_them),
		cmocka_unit_test(whatever_some_reader_retypes_is_ambiguous),
		cmocka_unit_test(integers_have_their_value_or_do_not_fit),
		cmocka_unit_test(tags_and_quotes_decide_before_the_word),
		cmocka_unit_test(merging_keeps_places_and_order),
		cmocka_unit_test(nulls_arrive_or_delete),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
