/* What Go's sigs.k8s.io/yaml v1.6.0 makes of the same text. */
#include <setjmp.h>
#include <stdarg.h>

#include "protojson.h"
#include "tojson.h"
#include "yaml.h"
#include "yemit.h"

#include <cmocka.h>

static struct arena arena;

static int
release(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static const struct ynode *
read_text(const char *text, struct tojson_error *reterr)
{
	return tojson(&arena, yaml_parse(&arena, str_from(text), 0)->root, reterr);
}

static void
expect(const char *text, const char *same_as)
{
	struct tojson_error error;
	struct buf got = { .arena = &arena }, want = { .arena = &arena };
	const struct ynode *root = read_text(text, &error);
	if (!root) {
		fail_msg("refused: %.*s: %s", STR_ARG(error.message), text);
	}
	yemit(&got, root);
	yemit(&want, yaml_parse(&arena, str_from(same_as), 0)->root);
	assert_string_equal(got.data, want.data);
}

static void
expect_refusal(const char *text, const char *message)
{
	struct tojson_error error = { 0 };
	assert_null(read_text(text, &error));
	assert_non_null(error.at);
	assert_string_equal(arena_str(&arena, error.message).ptr, message);
}

static void
the_last_of_equal_keys_wins(void **state)
{
	(void)state;
	expect("{a: 1, b: 2, a: 3}", "{b: 2, a: 3}");
	expect("{1: a, \"1\": b}", "{\"1\": b}");
	expect("{a: .nan, a: 1}", "{a: 1}");
	expect("{a: {~: 1}, a: 1}", "{a: 1}");
}

static void
a_merge_counts_where_it_stands(void **state)
{
	(void)state;
	expect("{x: &b {a: 1}, z: {a: 2, <<: *b}}", "{x: {a: 1}, z: {a: 1}}");
	expect("{x: &b {a: 1}, z: {<<: *b, a: 2}}", "{x: {a: 1}, z: {a: 2}}");
	expect("z: {<<: {a: 1}, <<: {a: 2}}", "z: {a: 2}");
}

static void
the_first_mapping_of_a_merged_list_wins(void **state)
{
	(void)state;
	expect("{x: &b {a: 1}, w: &c {a: 3, q: 1}, z: {<<: [*b, *c]}}",
		"{x: {a: 1}, w: {a: 3, q: 1}, z: {q: 1, a: 1}}");
}

static void
a_quoted_merge_sign_is_a_key(void **state)
{
	(void)state;
	expect("z: {\"<<\": {a: 1}}", "z: {\"<<\": {a: 1}}");
}

static void
keys_become_text(void **state)
{
	(void)state;
	expect("{0x10: a, yes: b, 1.5: c, 017: d}", "{\"16\": a, \"true\": b, \"1.5\": c, \"15\": d}");
}

static void
what_json_cannot_hold_is_refused(void **state)
{
	(void)state;
	expect_refusal("~: a", "a key cannot be null");
	expect_refusal("? [a]\n: b", "a key cannot be a list or a mapping");
	expect_refusal("a: .nan", "JSON has no such number");
	expect_refusal("a: !!null x", "the value is not what its tag says");
	expect_refusal("z: {<<: a}", "\"<<\" takes mappings only");
	expect_refusal("z: {<<: [{a: 1}, b]}", "\"<<\" takes mappings only");
}

static void
tags_that_fit_are_taken(void **state)
{
	(void)state;
	expect("{a: !!float 10, b: !!int \"7\", c: !!str 1}", "{a: !!float 10, b: !!int \"7\", c: !!str 1}");
}

static void
aliases_cannot_blow_a_document_up(void **state)
{
	(void)state;
	struct buf bomb = { .arena = &arena };
	buf_add(&bomb, STR("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"));
	for (int i = 1; i < 9; i++) {
		buf_addf(&bomb, "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i, i, i - 1,
			i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
	}
	expect_refusal(bomb.data, "aliases make the document too large");
}

static void
nodes_keep_their_places(void **state)
{
	(void)state;
	struct tojson_error error;
	const struct ynode *root = read_text("{a: 1, yes: [x]}", &error);
	const struct ynode *key = ynode_key(root, STR("true"));
	assert_int_equal(key->span.start, 7);
	assert_int_equal(ynode_follow(key->next)->span.start, 12);
}

static void
durations_are_seconds(void **state)
{
	(void)state;
	static const char *const good[] = { "30s", "1.5s", "1.s", ".s", ".5s", "-3s", "+3s", "0s",
		"315576000000s", "1.000000001s" };
	static const char *const bad[] = { "03s", "1h", "1m30s", "30", "s", "315576000001s", " 3s",
		"1.0000000000s", "00s", "-s", "" };
	for (size_t i = 0; i < countof(good); i++) {
		assert_true(protojson_duration_is_valid(str_from(good[i])));
	}
	for (size_t i = 0; i < countof(bad); i++) {
		assert_false(protojson_duration_is_valid(str_from(bad[i])));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_of_equal_keys_wins),
		cmocka_unit_test(a_merge_counts_where_it_stands),
		cmocka_unit_test(the_first_mapping_of_a_merged_list_wins),
		cmocka_unit_test(a_quoted_merge_sign_is_a_key),
		cmocka_unit_test(keys_become_text),
		cmocka_unit_test(what_json_cannot_hold_is_refused),
		cmocka_unit_test(tags_that_fit_are_taken),
		cmocka_unit_test(aliases_cannot_blow_a_document_up),
		cmocka_unit_test(nodes_keep_their_places),
		cmocka_unit_test(durations_are_seconds),
	};
	return cmocka_run_group_tests(tests, NULL, release);
}
