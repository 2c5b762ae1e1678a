#include <setjmp.h>
#include <stdarg.h>

#include "template.h"
#include "yaml.h"

#include <cmocka.h>

static const char *const agent = "name: edge\n"
				 "tag: \"1.10\"\n"
				 "empty: {}\n"
				 "off: false\n"
				 "on: true\n"
				 "evil: \"a\\nb: c\\u2028d\"\n"
				 "rules:\n"
				 "  - {why: leases, verbs: [get, create]}\n"
				 "  - {why: events, verbs: [patch]}\n"
				 "values: {a: {x: 2}, b: ~}\n";

struct rendered {
	bool ok;
	struct str text;
	struct template_error error;
};

static struct rendered
render(struct arena *arena, const char *text, enum template_shape shape)
{
	struct scope fleet = { yaml_parse(arena, STR("url: https://x\nname: fleet\n"), 0)->root, NULL };
	struct scope scope = { yaml_parse(arena, str_from(agent), 0)->root, &fleet };
	const struct ydoc *part = yaml_parse(arena, STR("from: !value name\n"), YTREE_COMMENTS);
	const struct template_entry library[] = { { STR("part"), part }, { STR(""), NULL } };
	struct rendered out = { 0 };
	struct buf buf = { .arena = arena };
	struct ydoc doc;
	out.ok = template_render(
		arena, library, yaml_parse(arena, str_from(text), YTREE_COMMENTS), &scope, &doc, &out.error);
	if (out.ok) {
		template_print(&buf, &doc, shape);
	}
	out.text = buf_str(&buf);
	return out;
}

static void
check(const char *text, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct rendered out = render(&arena, text, TEMPLATE_DOCUMENT);
	assert_true(out.ok);
	assert_string_equal(out.text.ptr, expected);
}

static void
values_are_nodes_and_keep_their_type(void **state)
{
	(void)state;
	check("a: !value name\nb: !value tag\nc: !value rules\nd: !value url\n",
		"a: edge\nb: \"1.10\"\nc:\n  - why: leases\n    verbs: [get, create]\n  - why: events\n    "
		"verbs: [patch]\nd: "
		"https://x\n");
}

static void
an_absent_value_drops_its_entry_with_its_comments(void **state)
{
	(void)state;
	check("# about a\na: !value none\n# about b\nb: 1\nc:\n  d: !value none\ne: {}\n",
		"# about b\nb: 1\ne: {}\n");
}

static void
text_is_a_string_and_dollar_dollar_is_literal(void **state)
{
	(void)state;
	check("a: !text \"${name}-x\"\nb: !text \"${tag}\"\nc: !text \"$${VAR} ${name}\"\nd: !text "
	      "\"${none}\"\n",
		"a: edge-x\nb: \"1.10\"\nc: ${VAR} edge\n");
}

static void
conditions_take_false_null_and_empty_for_no(void **state)
{
	(void)state;
	check("a: !if(on) {x: 1}\nb: !if(off) {x: 1}\nc: !if(empty) {x: 1}\nd: !if(none) 1\ne: !if(name) 1\n",
		"a:\n  x: 1\ne: 1\n");
}

static void
each_repeats_an_item_and_looks_into_it_first(void **state)
{
	(void)state;
	check("list:\n  - always\n  - !each(rules)\n    # ${why} for ${name}\n    verbs: !value verbs\n",
		"list:\n  - always\n  # leases for edge\n  - verbs: [get, create]\n  # events for edge\n  - "
		"verbs: [patch]\n");
}

static void
each_without_a_node_is_the_items_themselves(void **state)
{
	(void)state;
	check("list:\n  - always\n  - !each(rules)\n  - !each(none)\n",
		"list:\n  - always\n  - why: leases\n    verbs: [get, create]\n  - why: events\n    "
		"verbs: [patch]\n");
}

static void
merge_lays_the_users_mapping_over_and_keeps_nulls(void **state)
{
	(void)state;
	check("# head ${name}\n--- !merge(values)\na: {x: 1, y: 1}\nb: 1\n",
		"# head edge\n---\na:\n  x: 2\n  y: 1\nb: ~\n");
}

static void
a_value_cannot_end_a_comment(void **state)
{
	(void)state;
	check("# it is ${evil}\na: 1\n# gone ${none}\n# stays\nb: 2\n",
		"# it is a b: c d\na: 1\n# stays\nb: 2\n");
}

static void
another_template_sees_the_same_context(void **state)
{
	(void)state;
	check("a: !template part\n", "a:\n  from: edge\n");
}

static void
items_become_documents(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct rendered out = render(&arena,
		"- !if(on)\n  # first\n  a: 1\n- !each(rules)\n  b: !value why\n", TEMPLATE_DOCUMENTS);
	assert_string_equal(out.text.ptr, "---\n# first\na: 1\n---\nb: leases\n---\nb: events\n");
}

static void
mistakes_have_a_place(void **state)
{
	(void)state;
	static const char *const texts[] = { "a: !valeu name\n", "a: !text \"${rules}\"\n",
		"a: !template none\n", "a: !each(rules) 1\n", "a: !merge(name) {x: 1}\n", "- !each(name) 1\n",
		"# ${rules}\na: 1\n" };
	for (size_t i = 0; i < countof(texts); i++) {
		struct arena CLEANUP(arena_release) arena = { 0 };
		struct rendered out = render(&arena, texts[i], TEMPLATE_DOCUMENT);
		assert_false(out.ok);
		assert_non_null(out.error.at);
		assert_true(out.error.problem.len > 0);
	}
}

struct paths {
	size_t count;
	bool wrong;
};

static void
count_path(const struct ynode *at, struct str path, void *context)
{
	struct paths *paths = context;
	(void)at;
	paths->count++;
	paths->wrong |= path.len != 1;
}

static void
every_path_of_a_template_can_be_seen(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct ydoc *doc = yaml_parse(&arena,
		STR("# ${a} $${no}\n--- !merge(b)\n# ${c}\nx: !value d\ny: !if(e) [!each(f) {z: !text "
		    "\"${g}${h}\"}]\n"),
		YTREE_COMMENTS);
	struct paths paths = { 0 };
	template_each_path(doc, count_path, &paths);
	assert_int_equal(paths.count, 8);
	assert_false(paths.wrong);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_nodes_and_keep_their_type),
		cmocka_unit_test(an_absent_value_drops_its_entry_with_its_comments),
		cmocka_unit_test(text_is_a_string_and_dollar_dollar_is_literal),
		cmocka_unit_test(conditions_take_false_null_and_empty_for_no),
		cmocka_unit_test(each_repeats_an_item_and_looks_into_it_first),
		cmocka_unit_test(each_without_a_node_is_the_items_themselves),
		cmocka_unit_test(merge_lays_the_users_mapping_over_and_keeps_nulls),
		cmocka_unit_test(a_value_cannot_end_a_comment),
		cmocka_unit_test(another_template_sees_the_same_context),
		cmocka_unit_test(items_become_documents),
		cmocka_unit_test(mistakes_have_a_place),
		cmocka_unit_test(every_path_of_a_template_can_be_seen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
