#include <setjmp.h>
#include <stdarg.h>

#include "kustomize/decode.h"
#include "tree.h"

#include <cmocka.h>

#define CONFIG_MAP "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"

static struct decoded
decode(struct arena *arena, const char *text)
{
	const struct tree_entry entries[] = { { "a.yaml", text }, { NULL, NULL } };
	struct decoded decoded;
	decode_file(arena, &tree_new(arena, entries)->files.items[0], &decoded);
	return decoded;
}

static void
assert_refused(const char *text, const char *why)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct decoded decoded = decode(&arena, text);
	assert_int_equal(decoded.verdict, DECODE_REFUSED);
	assert_string_equal(arena_str(&arena, decoded.why).ptr, why);
}

static void
assert_objects(const char *text, size_t count)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct decoded decoded = decode(&arena, text);
	assert_int_equal(decoded.verdict, DECODE_OK);
	assert_int_equal(decoded.objects.len, count);
}

static void
refusals_have_kustomizes_own_words(void **state)
{
	(void)state;
	assert_refused("user_access: {access_as: {agent: {}}}\n", "missing Resource metadata");
	assert_refused("- a\n", "missing Resource metadata");
	assert_refused("word\n", "missing Resource metadata");
	assert_refused("apiVersion: v2\nname: chart\n", "missing kind in object {{v2 } {{ } map[] map[]}}");
	assert_refused("apiVersion: v1\nkind: ConfigMap\n",
		"missing metadata.name in object {{v1 ConfigMap} {{ } map[] map[]}}");
	assert_refused("kind: A\nmetadata: {labels: {b: x, a: y}}\n",
		"missing metadata.name in object {{ A} {{ } map[a:y b:x] map[]}}");
	assert_refused("a: [\n", "MalformedYAMLError");
}

static void
what_holds_nothing_is_no_refusal(void **state)
{
	(void)state;
	assert_objects("", 0);
	assert_objects("# comment\n", 0);
	assert_objects("{}\n", 0);
	assert_objects("[]\n", 0);
	assert_objects("---\n---\n---\n", 0);
	assert_objects("null\n", 0);
}

static void
one_bad_document_refuses_the_file(void **state)
{
	(void)state;
	assert_refused(CONFIG_MAP "---\nx: 1\n", "missing Resource metadata");
	assert_objects(CONFIG_MAP "---\n# nothing\n---\n" CONFIG_MAP, 2);
}

static void
separators_with_text_are_refused_except_on_the_first_and_last_line(void **state)
{
	(void)state;
	assert_refused(CONFIG_MAP "--- foo\nkind: A\n", "invalid document separator: --- foo");
	assert_refused(CONFIG_MAP "----\n" CONFIG_MAP, "invalid document separator: ----");
	assert_objects(CONFIG_MAP "--- # comment\n" CONFIG_MAP, 2);
	assert_objects(CONFIG_MAP "---\r\n" CONFIG_MAP, 2);
	assert_objects("---\n---\n" CONFIG_MAP, 1);
	assert_objects(CONFIG_MAP "---\n---\n" CONFIG_MAP, 2);
	assert_objects(CONFIG_MAP "---", 1);
}

static void
what_follows_the_first_document_of_a_piece_is_never_read(void **state)
{
	(void)state;
	assert_objects(CONFIG_MAP "...\na: [\n", 1);
	assert_objects(CONFIG_MAP "...\nx: 1\n", 1);
	assert_refused("{{ a }}\nkind: A\n", "missing Resource metadata");
	assert_refused(CONFIG_MAP "---\na: [\n", "MalformedYAMLError");
	assert_refused("x: 1\n---\na: [\n", "MalformedYAMLError");
}

static void
lists_are_unwrapped(void **state)
{
	(void)state;
	assert_objects("apiVersion: v1\nkind: List\nitems:\n- {kind: A, metadata: {name: a}}\n"
		       "- {kind: A, metadata: {name: b}}\n",
		2);
	assert_objects("kind: FooList\nitems:\n", 0);
	assert_objects("kind: FooList\n", 1);
	assert_refused("apiVersion: v1\nkind: List\nitems: [{kind: A}]\n",
		"missing metadata.name in object {{ A} {{ } map[] map[]}}");
}

static void
the_first_of_two_equal_keys_names_the_object(void **state)
{
	(void)state;
	assert_refused("kind: ''\nkind: A\nmetadata: {name: a}\n",
		"missing kind in object {{ } {{a } map[] map[]}}");
}

static void
merged_metadata_counts(void **state)
{
	(void)state;
	assert_objects("x: &x {name: a}\nkind: A\nmetadata: {<<: *x}\n", 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refusals_have_kustomizes_own_words),
		cmocka_unit_test(what_holds_nothing_is_no_refusal),
		cmocka_unit_test(one_bad_document_refuses_the_file),
		cmocka_unit_test(separators_with_text_are_refused_except_on_the_first_and_last_line),
		cmocka_unit_test(what_follows_the_first_document_of_a_piece_is_never_read),
		cmocka_unit_test(lists_are_unwrapped),
		cmocka_unit_test(the_first_of_two_equal_keys_names_the_object),
		cmocka_unit_test(merged_metadata_counts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
