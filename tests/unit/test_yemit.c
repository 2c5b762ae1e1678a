#include <setjmp.h>
#include <stdarg.h>

#include "yaml.h"
#include "yemit.h"

#include <cmocka.h>

static struct str
emit(struct arena *arena, const struct ydoc *doc)
{
	struct buf out = { .arena = arena };
	yemit_document(&out, doc, false);
	return buf_str(&out);
}

/* Emits, parses again, compares; and a second emission must repeat the first. */
static void
check_round_trip(const char *text)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct ydoc *doc = yaml_parse(&arena, str_from(text), YTREE_COMMENTS);
	struct str first = emit(&arena, doc);
	const struct ydoc *again = yaml_parse(&arena, first, YTREE_COMMENTS);
	if (!yaml_same(doc->root, again->root) || !str_eq(first, emit(&arena, again))) {
		fail_msg("from:\n%s\nto:\n%.*s\nto:\n%.*s", text, STR_ARG(first),
			STR_ARG(emit(&arena, again)));
	}
}

static void
values_come_back_as_they_were(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"a: yes\nb: \"yes\"\nc: 1.10\nd: '1.10'\ne: 0x1F\nf: \"\"\ng:\nh: ~\ni: 2024-01-01\nj: "
		"\"2024-01-01\"\n",
		"text: |\n  one\n  two\nkeep: |+\n  one\n\n\nstrip: |-\n  one\n  two\nlast: x\n",
		"keep: |+\n  one\n\n# about next\nnext: 1\n",
		"folded: >\n  one\n  two\n\n  three\n",
		"spaced: \" a\"\nlines: \"\\n a\\n\"\ntabs: \"\\ta\\tb\\n\"\n",
		"- - a\n  - b\n- - - c\n-\n- {}\n- []\n- {a: {b: [1, {c: d}]}}\n",
		"verbs: [get, list, \"a,b\", \"yes\"]\nempty: [ ~ ]\n",
		"? [a, b]\n: 1\n? {c: d}\n: 2\n? \"x\\ny\"\n: 3\n",
		"&a key: &b {x: 1}\n*a : *b\nlist: [*a, *b]\n",
		"base: &base {a: 1}\nchild:\n  <<: *base\n  b: 2\n",
		"!t a: !u b\nc: !v {d: e}\nf: !w [1, 2]\ng: !x\n  - !y\n    h: i\n",
		"--- !root\na: b\n",
		"--- !<tag:example.org,2020:x%20y> text\n",
		"a: !!str 12\nb: !!int \"12\"\nc: ! d\n",
		"control: \"\\x01\\x7f\\x85\\u2028\\uFEFF\"\nemoji: \"\\U0001F600 caf\\xe9\"\nplain: café\n",
		"url: http://x:80/#a\nhash: \"a #b\"\ncolon: \"a: b\"\nstar: \"*x\"\nmark: \"---\"\ndots: "
		"\"...\"\n",
		"just text\n",
		"|\n  root literal\n  two\n",
		"- # about a\n  a: 1\n- b\n",
		"windows: \"C:\\\\dir\"\r\nnext: 1\r\n",
	};
	for (size_t i = 0; i < countof(texts); i++) {
		check_round_trip(texts[i]);
	}
}

static void
check_text(const char *text, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct str out = emit(&arena, yaml_parse(&arena, str_from(text), YTREE_COMMENTS));
	assert_string_equal(out.ptr, expected);
}

static void
comments_and_blank_lines_stay_where_they_were(void **state)
{
	(void)state;
	const char *text = "# head\n"
			   "---\n"
			   "# about a\n"
			   "a: 1  # beside a\n"
			   "\n"
			   "# about b\n"
			   "b:  # beside b\n"
			   "  # about c\n"
			   "  c: |  # beside c\n"
			   "    text\n"
			   "  list:\n"
			   "    # about one\n"
			   "    - one  # beside one\n"
			   "\n"
			   "    # about d\n"
			   "    - d: 1\n"
			   "      e: 2  # beside e\n"
			   "# foot\n";
	check_text(text, text);
}

static void
text_that_would_be_shown_backwards_is_escaped(void **state)
{
	(void)state;
	check_text("a: x \xE2\x80\xAE y\nb: x \xE2\x81\xA6 y\n", "a: \"x \\u202e y\"\nb: \"x \\u2066 y\"\n");
}

static void
a_blank_line_is_not_added_behind_kept_line_ends(void **state)
{
	(void)state;
	check_text("a: |+\n  x\n\n\nb: 1\n", "a: |+\n  x\n\n\nb: 1\n");
}

static void
sequences_are_indented_and_flow_becomes_block(void **state)
{
	(void)state;
	check_text("a:\n- 1\n- {b: 2}\n", "a:\n  - 1\n  - b: 2\n");
}

static void
only_what_a_reader_would_retype_is_quoted(void **state)
{
	(void)state;
	check_text("a: 'on'\nb: 'word'\nc: '1e3'\nd: 'v1.2'\ne: '~'\n",
		"a: \"on\"\nb: word\nc: \"1e3\"\nd: v1.2\ne: \"~\"\n");
}

static void
tight_text_has_no_blank_lines_and_one_blank_before_a_comment(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const char *text = "a: 1  # beside a\n\n# about b\nb:\n  - one  # beside one\n\n  - two\n";
	struct buf out = { .arena = &arena };
	yemit_tight(&out, yaml_parse(&arena, str_from(text), YTREE_COMMENTS)->root);
	assert_string_equal(arena_str(&arena, buf_str(&out)).ptr,
		"a: 1 # beside a\n# about b\nb:\n  - one # beside one\n  - two\n");
}

static void
a_marked_scalar_is_quoted_whatever_it_says(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct ylist map = ylist_mapping(&arena);
	struct buf out = { .arena = &arena };
	ylist_put(&map, STR("a"), ynode_scalar(&arena, STR("word"), YSTYLE_MARKED));
	yemit(&out, map.parent);
	assert_string_equal(arena_str(&arena, buf_str(&out)).ptr, "a: \"word\"\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_come_back_as_they_were),
		cmocka_unit_test(comments_and_blank_lines_stay_where_they_were),
		cmocka_unit_test(text_that_would_be_shown_backwards_is_escaped),
		cmocka_unit_test(a_blank_line_is_not_added_behind_kept_line_ends),
		cmocka_unit_test(sequences_are_indented_and_flow_becomes_block),
		cmocka_unit_test(only_what_a_reader_would_retype_is_quoted),
		cmocka_unit_test(tight_text_has_no_blank_lines_and_one_blank_before_a_comment),
		cmocka_unit_test(a_marked_scalar_is_quoted_whatever_it_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
