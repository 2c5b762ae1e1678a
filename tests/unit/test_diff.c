#include <setjmp.h>
#include <stdarg.h>

#include "diff.h"

#include <cmocka.h>

enum { ROUNDS = 3000, LINES_MAX = 40, WORDS = 6 };

static struct str
hunks(struct arena *arena, struct str old, struct str new)
{
	struct buf out = { .arena = arena };
	diff_hunks(&out, old, new);
	return out.len ? buf_str(&out) : STR("");
}

static void
assert_hunks(const char *old, const char *new, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct str text = hunks(&arena, str_from(old), str_from(new));
	assert_string_equal(text.len ? text.ptr : "", expected);
}

/* A number from *rest; its end, and the comma before the second one, are stepped over. */
static size_t
take_number(struct str *rest)
{
	size_t value = 0;
	while (rest->len > 0 && rest->ptr[0] >= '0' && rest->ptr[0] <= '9') {
		value = value * 10 + (size_t)(rest->ptr[0] - '0');
		*rest = str_skip(*rest, 1);
	}
	return value;
}

/* "@@ -3,4 +3,5 @@" */
struct range {
	size_t old_start, old_len, new_start, new_len;
};

static void
take_pair(struct str *rest, size_t *ret_start, size_t *ret_len)
{
	*ret_start = take_number(rest);
	*ret_len = 1;
	if (str_starts(*rest, STR(","))) {
		*rest = str_skip(*rest, 1);
		*ret_len = take_number(rest);
	}
}

static struct range
parse_range(struct str line)
{
	struct range range;
	assert_true(str_starts(line, STR("@@ -")));
	line = str_skip(line, 4);
	take_pair(&line, &range.old_start, &range.old_len);
	assert_true(str_starts(line, STR(" +")));
	line = str_skip(line, 2);
	take_pair(&line, &range.new_start, &range.new_len);
	assert_true(str_eq(line, STR(" @@")));
	return range;
}

/* Takes one line with its end off *rest. */
static struct str
take_line(struct str *rest)
{
	struct str line = str_first(*rest, str_find_char(*rest, '\n') + 1);
	*rest = str_skip(*rest, line.len);
	return line;
}

/* The lines of one hunk; each must be where it says it is. */
static void
apply_hunk(struct str *patch, struct range range, struct str *old, struct buf *out)
{
	while (range.old_len + range.new_len > 0) {
		struct str line = take_line(patch), text = str_skip(line, 1);
		char mark = line.ptr[0];
		if (str_starts(*patch, STR("\\"))) {
			(void)take_line(patch);
			text.len--;
		}
		if (mark != '+') {
			assert_true(str_eq(text, take_line(old)));
			range.old_len--;
		}
		if (mark != '-') {
			buf_add(out, text);
			range.new_len--;
		}
	}
}

/* What patch would make of `old`. */
static struct str
apply(struct arena *arena, struct str old, struct str patch)
{
	struct buf out = { .arena = arena };
	size_t line = 1, made = 1;
	buf_add(&out, STR(""));
	while (patch.len > 0) {
		struct str head = take_line(&patch);
		struct range range = parse_range(str_first(head, head.len - 1));
		for (; line < range.old_start + (range.old_len == 0); line++, made++) {
			buf_add(&out, take_line(&old));
		}
		assert_int_equal(made, range.new_start + (range.new_len == 0));
		line += range.old_len;
		made += range.new_len;
		apply_hunk(&patch, range, &old, &out);
	}
	buf_add(&out, old);
	return buf_str(&out);
}

WRAPS static uint32_t
next_random(uint32_t *state)
{
	*state = *state * 1664525U + 1013904223U;
	return *state >> 8;
}

/* Few words, so that lines repeat; sometimes no line end behind the last. */
static struct str
random_text(struct arena *arena, uint32_t *state, size_t lines_max)
{
	struct buf out = { .arena = arena };
	size_t lines = next_random(state) % lines_max;
	for (size_t i = 0; i < lines; i++) {
		buf_addf(&out, "%.*s\n", (int)(next_random(state) % WORDS), "abcdef");
	}
	if (out.len && next_random(state) % 4 == 0) {
		out.len--;
	}
	return out.len ? buf_str(&out) : STR("");
}

/* `text` with a few lines dropped and a few added. */
static struct str
random_edit(struct arena *arena, uint32_t *state, struct str text)
{
	struct buf out = { .arena = arena };
	while (text.len > 0) {
		struct str line = take_line(&text);
		buf_add(&out, next_random(state) % 8 ? line : STR(""));
		buf_add(&out, next_random(state) % 8 ? STR("") : STR("new\n"));
	}
	return out.len ? buf_str(&out) : STR("");
}

static void
equal_texts_have_no_hunks(void **state)
{
	(void)state;
	assert_hunks("", "", "");
	assert_hunks("a\nb\n", "a\nb\n", "");
}

static void
hunk_has_three_lines_around(void **state)
{
	(void)state;
	assert_hunks("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
		"@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

static void
far_changes_are_hunks_of_their_own(void **state)
{
	(void)state;
	assert_hunks("a\n1\n2\n3\n4\n5\n6\n7\nb\n", "1\n2\n3\n4\n5\n6\n7\nb\nc\n",
		"@@ -1,4 +1,3 @@\n-a\n 1\n 2\n 3\n@@ -7,3 +6,4 @@\n 6\n 7\n b\n+c\n");
	assert_hunks("a\n1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\n5\n6\nc\n",
		"@@ -1,7 +1,7 @@\n-a\n 1\n 2\n 3\n 4\n 5\n 6\n+c\n");
}

static void
new_and_emptied_files_are_whole(void **state)
{
	(void)state;
	assert_hunks("", "a\nb\n", "@@ -0,0 +1,2 @@\n+a\n+b\n");
	assert_hunks("a\n", "", "@@ -1 +0,0 @@\n-a\n");
}

static void
missing_line_end_is_remarked(void **state)
{
	(void)state;
	assert_hunks("a\nb", "a\nb\n", "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n");
	assert_hunks("a\nb", "c\nb", "@@ -1,2 +1,2 @@\n-a\n+c\n b\n\\ No newline at end of file\n");
}

static void
applied_diff_gives_the_new_text(void **state)
{
	(void)state;
	uint32_t seed = 1;
	for (int i = 0; i < ROUNDS; i++) {
		struct arena CLEANUP(arena_release) arena = { 0 };
		struct str old = random_text(&arena, &seed, LINES_MAX);
		struct str new =
			i % 2 ? random_edit(&arena, &seed, old) : random_text(&arena, &seed, LINES_MAX);
		struct str patch = hunks(&arena, old, new);
		if (!str_eq(apply(&arena, old, patch), new)) {
			fail_msg("round %d:\n%.*s", i, STR_ARG(patch));
		}
	}
}

static void
texts_that_share_little_are_replaced_in_one_hunk(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct buf old = { .arena = &arena }, new = { .arena = &arena };
	for (int i = 0; i < 3 * DIFF_EDITS_MAX; i++) {
		buf_addf(&old, "old %d\n", i);
		buf_addf(&new, i % 100 ? "new %d\n" : "old %d\n", i);
	}
	struct str patch = hunks(&arena, buf_str(&old), buf_str(&new));
	assert_true(str_eq(apply(&arena, buf_str(&old), patch), buf_str(&new)));
	assert_true(str_starts(patch, STR("@@ -1,3000 +1,3000 @@\n old 0\n-old 1\n-old 2\n")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_texts_have_no_hunks),
		cmocka_unit_test(hunk_has_three_lines_around),
		cmocka_unit_test(far_changes_are_hunks_of_their_own),
		cmocka_unit_test(new_and_emptied_files_are_whole),
		cmocka_unit_test(missing_line_end_is_remarked),
		cmocka_unit_test(applied_diff_gives_the_new_text),
		cmocka_unit_test(texts_that_share_little_are_replaced_in_one_hunk),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
