#include <setjmp.h>
#include <stdarg.h>

#include "yaml.h"
#include "ypath.h"

#include <cmocka.h>

static struct str
text_of(const struct ynode *node, struct str text)
{
	return (struct str){ text.ptr + node->span.start, node->span.end - node->span.start };
}

static void
assert_str(struct str actual, const char *expected)
{
	if (!str_eq(actual, str_from(expected))) {
		fail_msg("\"%.*s\" is not \"%s\"", STR_ARG(actual), expected);
	}
}

static void
spans_are_the_nodes_own_text(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct str text = STR("é: \"ü\"   # c\nmap:\n  a: 1\n  b: [x, y]\n\n# c\nlast: |\n  t\n\n\nend: x\n");
	const struct ynode *root = yaml_parse(&arena, text, 0)->root;
	assert_str(text_of(ynode_get(root, STR("é")), text), "\"ü\"");
	assert_str(text_of(ynode_get(root, STR("map")), text), "a: 1\n  b: [x, y]");
	assert_str(text_of(ynode_at(root, "map", "b", NULL), text), "[x, y]");
	assert_str(text_of(ynode_get(root, STR("last")), text), "|\n  t");
	assert_str(text_of(ynode_key(root, STR("end")), text), "end");
	assert_str(text_of(root, text),
		"é: \"ü\"   # c\nmap:\n  a: 1\n  b: [x, y]\n\n# c\nlast: |\n  t\n\n\nend: x");
}

static void
the_last_duplicate_counts_and_all_stay(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct ynode *root = yaml_parse(&arena, STR("a: 1\nb: 2\na: 3\n"), 0)->root;
	assert_int_equal(root->len, 6);
	assert_str(ynode_str(ynode_get(root, STR("a"))), "3");
}

static void
aliases_are_followed_as_values_and_as_keys(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct ynode *root = yaml_parse(&arena, STR("x: &k name\n*k : &v {a: 1}\ny: *v\n"), 0)->root;
	assert_str(ynode_str(ynode_at(root, "name", "a", NULL)), "1");
	assert_str(ynode_str(ynode_at(root, "y", "a", NULL)), "1");
}

static void
a_merge_key_is_seen_by_the_view_only(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct ynode *root = yaml_parse(
		&arena, STR("b: &b {x: 1, y: 1}\nc: &c {x: 2, z: 2}\nm: {<<: [*b, *c], y: 3}\n"), 0)
					   ->root;
	const struct ynode *map = ynode_get(root, STR("m"));
	assert_null(ynode_get(map, STR("x")));
	assert_str(ynode_str(yview_get(map, STR("x"))), "1");
	assert_str(ynode_str(yview_get(map, STR("y"))), "3");
	assert_str(ynode_str(yview_get(map, STR("z"))), "2");
}

static void
every_document_has_a_root(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct ydoc *doc = yaml_parse(&arena, STR("---\n---\na: 1\n---\n# nothing\n"), 0);
	size_t count = 0;
	for (; doc; doc = doc->next) {
		assert_non_null(doc->root);
		assert_true(doc->explicit_start);
		count++;
	}
	assert_int_equal(count, 3);
	assert_null(yaml_parse(&arena, STR("# comments only\n"), 0));
	assert_null(yaml_parse(&arena, STR(""), 0));
}

struct broken {
	const char *text;
	enum ysyntax_kind kind;
	uint32_t at;
};

static struct ysyntax_error
error_of(struct arena *arena, struct str text)
{
	struct source source = { STR("t"), text };
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct ysyntax_error error = { 0 };
	const struct ydoc *docs;
	assert_false(ytree_parse(arena, &scratch, &source, 1, 0, &docs, &error));
	assert_true(error.problem.len > 0);
	return error;
}

static void
errors_have_a_kind_and_a_place(void **state)
{
	(void)state;
	static const struct broken cases[] = {
		{ "a: 1\n b: 2\n", YSYNTAX_GRAMMAR, 7 },
		{ "é: 1\na: \xff\n", YSYNTAX_ENCODING, 9 },
		{ "a: *none\n", YSYNTAX_ALIAS, 3 },
		{ "a: &x [1, *x]\n", YSYNTAX_ALIAS, 10 },
		{ "a: \x01\n", YSYNTAX_GRAMMAR, 3 },
		{ "\ta: 1\n", YSYNTAX_GRAMMAR, 0 },
	};
	for (size_t i = 0; i < countof(cases); i++) {
		struct arena CLEANUP(arena_release) arena = { 0 };
		struct ysyntax_error error = error_of(&arena, str_from(cases[i].text));
		assert_int_equal(error.kind, cases[i].kind);
		assert_int_equal(error.span.start, cases[i].at);
	}
}

static void
depth_has_a_limit(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	char text[2 * (YTREE_DEPTH_MAX + 1)];
	memset(text, '[', YTREE_DEPTH_MAX + 1);
	memset(text + YTREE_DEPTH_MAX + 1, ']', YTREE_DEPTH_MAX + 1);
	struct ysyntax_error error = error_of(&arena, (struct str){ text, sizeof(text) });
	assert_int_equal(error.kind, YSYNTAX_LIMIT);
	assert_int_equal(error.span.start, YTREE_DEPTH_MAX);
}

static void
scalars_are_slices_wherever_that_is_exact(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct ynode *root = yaml_parse(&arena, STR("a: plain\nb: 'x'\nc: 'it''s'\n"), 0)->root;
	const struct ynode *a = ynode_get(root, STR("a")), *b = ynode_get(root, STR("b")),
			   *c = ynode_get(root, STR("c"));
	assert_ptr_equal(b->text - a->text, b->span.start - a->span.start + 1);
	assert_str(ynode_str(c), "it's");
}

static void
pointers_lead_to_nodes_and_back(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct ynode *root =
		yaml_parse(&arena, STR("a/b: {c~d: [x, {name: n, v: 1}]}\nl: [[1], [2, 3]]\n"), 0)->root;
	const struct ynode *node = ypath_pointer(root, STR("/a~1b/c~0d/1/v"));
	assert_str(ynode_str(node), "1");
	assert_str(ypath_of(&arena, root, node, false), "/a~1b/c~0d/1/v");
	assert_str(ypath_of(&arena, root, node, true), "/a~1b/c~0d/n/v");
	assert_str(ynode_str(ypath_pointer(root, STR("/l/1/0"))), "2");
	assert_null(ypath_pointer(root, STR("/l/2")));
	assert_null(ypath_pointer(root, STR("/l/x")));
	assert_ptr_equal(ypath_pointer(root, STR("")), root);
	assert_str(ynode_str(ypath_dotted(yaml_parse(&arena, STR("a: {b: {c: 1}}"), 0)->root, STR("a.b.c"))),
		"1");
}

static void
equal_is_what_says_the_same(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct ynode *list = yaml_parse(
		&arena, STR("- &a {b: [1, x]}\n- b:\n  - '1'\n  - x\n- *a\n- {b: [1]}\n- {b: [1, y]}\n"), 0)
					   ->root;
	const struct ynode *first = list->first, *other = first->next, *alias = other->next;
	assert_true(ynode_equal(first, other));
	assert_true(ynode_equal(first, alias));
	assert_false(ynode_equal(first, alias->next));
	assert_false(ynode_equal(first, alias->next->next));
	assert_false(ynode_equal(first, NULL));
	assert_true(ynode_equal(NULL, NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spans_are_the_nodes_own_text),
		cmocka_unit_test(the_last_duplicate_counts_and_all_stay),
		cmocka_unit_test(aliases_are_followed_as_values_and_as_keys),
		cmocka_unit_test(a_merge_key_is_seen_by_the_view_only),
		cmocka_unit_test(every_document_has_a_root),
		cmocka_unit_test(errors_have_a_kind_and_a_place),
		cmocka_unit_test(depth_has_a_limit),
		cmocka_unit_test(scalars_are_slices_wherever_that_is_exact),
		cmocka_unit_test(pointers_lead_to_nodes_and_back),
		cmocka_unit_test(equal_is_what_says_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
