#include <setjmp.h>
#include <stdarg.h>

#include "edit.h"

#include <cmocka.h>

struct text {
	struct arena *arena;
	struct source source;
	const struct ynode *root;
};

static struct text
parse(struct arena *arena, const char *yaml)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct source *source = arena_new(arena, struct source);
	const struct ydoc *docs = NULL;
	struct ysyntax_error error;
	*source = (struct source){ STR("a.yaml"), str_from(yaml) };
	assert_true(ytree_parse(arena, &scratch, source, 1, YTREE_VALUES, &docs, &error));
	return (struct text){ arena, *source, docs->root };
}

static void
assert_edited(const struct text *text, const struct edit *edit, const char *wanted)
{
	assert_non_null(edit);
	struct edit_group group = { .first = edit };
	edits_choose(&group, 1);
	struct str made = edits_apply(text->arena, 1, text->source.text, &group, 1);
	assert_string_equal(made.ptr, wanted);
	assert_true(edit_is_sound(STR(""), made));
}

static void
a_scalar_keeps_its_quotes_and_comments(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct text text = parse(&arena, "# top\na:   'x' # why\n\"b\": y\n");
	assert_edited(&text, edit_scalar(&arena, text.source.text, ynode_get(text.root, STR("a")), STR("z")),
		"# top\na:   'z' # why\n\"b\": y\n");
	assert_edited(&text, edit_scalar(&arena, text.source.text, ynode_key(text.root, STR("b")), STR("c")),
		"# top\na:   'x' # why\n\"c\": y\n");
	assert_edited(&text,
		edit_scalar(&arena, text.source.text, ynode_get(text.root, STR("b")), STR("yes")),
		"# top\na:   'x' # why\n\"b\": \"yes\"\n");
}

static void
an_item_goes_with_its_line(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct text text = parse(&arena, "l:\r\n  - a # one\r\n  - b\r\nk: [c, d]\r\n");
	const struct ynode *list = ynode_get(text.root, STR("l")), *flow = ynode_get(text.root, STR("k"));
	assert_edited(&text, edit_remove_item(&arena, text.source.text, list, list->first),
		"l:\r\n  - b\r\nk: [c, d]\r\n");
	assert_edited(&text, edit_remove_item(&arena, text.source.text, flow, flow->first),
		"l:\r\n  - a # one\r\n  - b\r\nk: [d]\r\n");
	assert_edited(&text, edit_remove_item(&arena, text.source.text, flow, flow->first->next),
		"l:\r\n  - a # one\r\n  - b\r\nk: [c]\r\n");
}

static void
an_item_is_appended_in_the_style_of_the_list(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct text text = parse(&arena, "l:\r\n- a # one\r\nk: [c]\r\n");
	assert_edited(&text,
		edit_append_item(&arena, text.source.text, ynode_get(text.root, STR("l")), STR("b.yaml")),
		"l:\r\n- a # one\r\n- b.yaml\r\nk: [c]\r\n");
	assert_edited(&text,
		edit_append_item(&arena, text.source.text, ynode_get(text.root, STR("k")), STR("true")),
		"l:\r\n- a # one\r\nk: [c, \"true\"]\r\n");
	text = parse(&arena, "l:\n  - a");
	assert_edited(&text,
		edit_append_item(&arena, text.source.text, ynode_get(text.root, STR("l")), STR("b")),
		"l:\n  - a\n  - b");
	assert_edited(&text, edit_add_list(&arena, text.source.text, text.root, STR("m"), STR("c")),
		"l:\n  - a\nm:\n  - c");
}

static void
what_cannot_be_done_safely_is_not_done(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct text text = parse(&arena, "l:\n- a\nt: |\n  x\n  y\nn: &n z\nf: [\n a,\n b]\n");
	struct str whole = text.source.text;
	const struct ynode *alone = ynode_get(text.root, STR("l")), *wide = ynode_get(text.root, STR("f"));
	assert_null(edit_remove_item(&arena, whole, alone, alone->first));
	assert_null(edit_scalar(&arena, whole, ynode_get(text.root, STR("t")), STR("z")));
	assert_null(edit_scalar(&arena, whole, ynode_get(text.root, STR("n")), STR("y")));
	assert_null(edit_remove_item(&arena, whole, wide, wide->first));
	assert_null(edit_append_item(&arena, whole, wide, STR("c")));
	assert_false(edit_is_sound(STR("a: 1\n"), STR("a: [\n")));
	assert_false(edit_is_sound(STR("a: [{b: 1, c: 2}]\n"), STR("a: [{b: 1, b: 2}]\n")));
	assert_true(edit_is_sound(STR("a: 1\na: 2\n"), STR("b: 1\nb: 2\n")));
}

static void
groups_that_touch_wait(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct edit other = { 2, { 0, 1 }, STR_INIT("Z"), NULL };
	const struct edit a = { 1, { 0, 2 }, STR_INIT("A"), &other };
	const struct edit b = { 1, { 1, 3 }, STR_INIT("B"), NULL };
	const struct edit c = { 1, { 2, 2 }, STR_INIT("C"), NULL };
	const struct edit d = { 2, { 0, 0 }, STR_INIT("D"), NULL };
	struct edit_group groups[] = { { &a, false }, { &b, false }, { &c, false }, { &d, false } };
	edits_choose(groups, countof(groups));
	assert_true(groups[0].is_chosen);
	assert_false(groups[1].is_chosen);
	assert_true(groups[2].is_chosen);
	assert_false(groups[3].is_chosen);
	assert_string_equal(edits_apply(&arena, 1, STR("0123"), groups, countof(groups)).ptr, "AC23");
	assert_string_equal(edits_apply(&arena, 2, STR("01"), groups, countof(groups)).ptr, "Z1");
}

static void
an_entry_is_added_behind_the_last_one(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct text text = parse(&arena, "spec:\n  a: 1 # one\n  b:\n    c: |\n      d\n# end\nf: {g: 1}\n");
	const struct ynode *spec = ynode_get(text.root, STR("spec"));
	assert_edited(&text, edit_add_entry(&arena, text.source.text, spec, STR("e:\n  f: 3")),
		"spec:\n  a: 1 # one\n  b:\n    c: |\n      d\n  e:\n    f: 3\n# end\nf: {g: 1}\n");
	assert_null(
		edit_add_entry(&arena, text.source.text, ynode_get(text.root, STR("f")), STR("type: oci")));
	text = parse(&arena, "spec:\r\n    a: 1");
	assert_edited(&text,
		edit_add_entry(&arena, text.source.text, ynode_get(text.root, STR("spec")), STR("type: oci")),
		"spec:\r\n    a: 1\r\n    type: oci");
	text = parse(&arena, "- a: 1\n  b: 2\n");
	assert_edited(&text, edit_add_entry(&arena, text.source.text, text.root->first, STR("type: oci")),
		"- a: 1\n  b: 2\n  type: oci\n");
}

static void
nothing_is_added_behind_a_text_that_it_would_change(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const char *const open[] = { "a:\n  b: |+\n    c\n\n", "a:\n  b:\n    - |+\n\nd: 1\n",
		"a:\n  b: |\n    c" };
	for (size_t i = 0; i < countof(open); i++) {
		struct text text = parse(&arena, open[i]);
		const struct ynode *map = ynode_get(text.root, STR("a"));
		assert_null(edit_add_entry(&arena, text.source.text, map, STR("e: 1")));
	}
	struct text text = parse(&arena, "a:\n  b: |+\n    c\nd: 1\n");
	const struct ynode *map = ynode_get(text.root, STR("a"));
	assert_edited(&text, edit_add_entry(&arena, text.source.text, map, STR("e: 1")),
		"a:\n  b: |+\n    c\n  e: 1\nd: 1\n");
}

static void
lines_are_an_item_behind_the_last_one(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct text text = parse(&arena, "a:\n- b: 1\n  c: |\n    d\n# end\ne: [f]\n");
	const struct ynode *list = ynode_get(text.root, STR("a"));
	assert_edited(&text, edit_append_lines(&arena, text.source.text, list, STR("b: 2\nc:\n  d: 3")),
		"a:\n- b: 1\n  c: |\n    d\n- b: 2\n  c:\n    d: 3\n# end\ne: [f]\n");
	list = ynode_get(text.root, STR("e"));
	assert_null(edit_append_lines(&arena, text.source.text, list, STR("b: 2")));
}

static void
a_word_takes_the_quotes_with_it(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct text text = parse(&arena, "a: \"true\" # one\nb: [x]\nc: |\n  d\n");
	const struct ynode *list = ynode_get(text.root, STR("b"));
	assert_edited(&text, edit_word(&arena, text.source.text, ynode_get(text.root, STR("a")), STR("true")),
		"a: true # one\nb: [x]\nc: |\n  d\n");
	assert_null(edit_word(&arena, text.source.text, ynode_get(text.root, STR("c")), STR("e")));
	assert_null(edit_word(&arena, text.source.text, list, STR("e")));
	assert_edited(&text, edit_in_front(&arena, list->first, STR("id: ")),
		"a: \"true\" # one\nb: [id: x]\nc: |\n  d\n");
}

static void
an_entry_goes_with_its_line(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct text text = parse(&arena, "a:\r\n  b: 1 # one\r\n  c: {d: 2}\r\ne:\r\n  f: 3\r\n");
	const struct ynode *map = ynode_get(text.root, STR("a"));
	assert_edited(&text, edit_remove_entry(&arena, text.source.text, map, STR("b")),
		"a:\r\n  c: {d: 2}\r\ne:\r\n  f: 3\r\n");
	assert_edited(&text, edit_remove_entry(&arena, text.source.text, map, STR("c")),
		"a:\r\n  b: 1 # one\r\ne:\r\n  f: 3\r\n");
	assert_null(edit_remove_entry(&arena, text.source.text, map, STR("d")));
	assert_null(edit_remove_entry(&arena, text.source.text, map->first->next->next->next, STR("d")));
	assert_null(edit_remove_entry(&arena, text.source.text, ynode_get(text.root, STR("e")), STR("f")));
	text = parse(&arena, "- a: 1\n  b: &b 2\n  c: *b\n  d: |\n    x\n");
	map = text.root->first;
	for (const struct ynode *key = map->first; key; key = key->next->next) {
		assert_null(edit_remove_entry(&arena, text.source.text, map, ynode_str(key)));
	}
}

static void
an_item_of_several_lines_is_appended(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct text text = parse(&arena, "l:\r\n- a: |\r\n    x\r\n# end\r\nk: [c]\r\n");
	assert_edited(&text,
		edit_append_lines(
			&arena, text.source.text, ynode_get(text.root, STR("l")), STR("a: 1\nb: 2")),
		"l:\r\n- a: |\r\n    x\r\n- a: 1\r\n  b: 2\r\n# end\r\nk: [c]\r\n");
	assert_null(edit_append_lines(&arena, text.source.text, ynode_get(text.root, STR("k")), STR("a: 1")));
	text = parse(&arena, "- - a");
	assert_null(edit_append_lines(&arena, text.source.text, text.root->first, STR("a: 1")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_scalar_keeps_its_quotes_and_comments),
		cmocka_unit_test(an_item_goes_with_its_line),
		cmocka_unit_test(an_item_is_appended_in_the_style_of_the_list),
		cmocka_unit_test(what_cannot_be_done_safely_is_not_done),
		cmocka_unit_test(groups_that_touch_wait),
		cmocka_unit_test(an_entry_is_added_behind_the_last_one),
		cmocka_unit_test(nothing_is_added_behind_a_text_that_it_would_change),
		cmocka_unit_test(lines_are_an_item_behind_the_last_one),
		cmocka_unit_test(a_word_takes_the_quotes_with_it),
		cmocka_unit_test(an_entry_goes_with_its_line),
		cmocka_unit_test(an_item_of_several_lines_is_appended),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
