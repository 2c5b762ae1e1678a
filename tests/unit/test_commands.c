#include <setjmp.h>
#include <stdarg.h>

#include "commands.h"
#include "shell.h"
#include "yaml.h"

#include <cmocka.h>

static const char *
quoted(struct arena *arena, struct str text)
{
	struct buf out = { .arena = arena };
	shell_quote(&out, text);
	return out.data;
}

/* What sh makes of `word`, of which only quotes and bare characters are known; fails on anything else. */
static struct str
unquoted(struct arena *arena, const char *word)
{
	struct buf out = { .arena = arena };
	bool in_quotes = false;
	for (const char *at = word; *at; at++) {
		if (*at == '\'') {
			in_quotes = !in_quotes;
		} else if (!in_quotes && *at == '\\') {
			assert_int_equal(*++at, '\'');
			buf_add_char(&out, *at);
		} else {
			assert_true(in_quotes || !strchr(" \t\n|&;<>()$`\"*?[]#~!{}^", *at));
			buf_add_char(&out, *at);
		}
	}
	assert_false(in_quotes);
	return buf_str(&out);
}

static void
harmless_words_stay_bare(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const char *const words[] = { "a", "--namespace", "gitlab/gitlab-agent", "config.token=-", "a%2Fb",
		"x@y:z", "1,2+3_4" };
	for (size_t i = 0; i < countof(words); i++) {
		assert_string_equal(quoted(&arena, str_from(words[i])), words[i]);
	}
}

static void
whatever_means_something_to_a_shell_is_quoted(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	assert_string_equal(quoted(&arena, STR("")), "''");
	assert_string_equal(quoted(&arena, STR("a b")), "'a b'");
	assert_string_equal(quoted(&arena, STR("$(rm -rf /)")), "'$(rm -rf /)'");
	assert_string_equal(quoted(&arena, STR("it's")), "'it'\\''s'");
	assert_string_equal(quoted(&arena, STR("a\nb")), "'a\nb'");
	assert_string_equal(quoted(&arena, STR("~")), "'~'");
	assert_string_equal(quoted(&arena, STR("é")), "'é'");
}

/* The same texts in every run. */
static uint32_t WRAPS
next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005U + 1442695040888963407U;
	return (uint32_t)(*state >> 33);
}

static void
any_text_comes_back_from_its_quotes(void **state)
{
	(void)state;
	static const char alphabet[] = "ab1-_./:=%@+,'\"\\ $`!*?[]{}()<>|&;#~^\n\t\x01\x7f\xc3\xa9";
	struct arena CLEANUP(arena_release) arena = { 0 };
	uint64_t seed = 1;
	for (int round = 0; round < 20000; round++) {
		char text[16];
		size_t len = next_random(&seed) % sizeof(text);
		for (size_t i = 0; i < len; i++) {
			text[i] = alphabet[next_random(&seed) % (sizeof(alphabet) - 1)];
		}
		struct str given = { text, len };
		assert_true(str_eq(unquoted(&arena, quoted(&arena, given)), given));
		arena_reset(&arena);
	}
}

static const char *
pipeline(struct arena *arena, const char *before, const char *yaml)
{
	struct buf out = { .arena = arena };
	buf_add(&out, str_from(before));
	shell_pipeline(&out, yaml_parse(arena, str_from(yaml), 0)->root, 8);
	return out.data;
}

static void
words_are_pieces_and_only_variables_are_expanded(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	assert_string_equal(pipeline(&arena, "", "[[echo, [a/, {var: id}, /$b], {word: x y}], [cat]]"),
		"echo a/\"$id\"'/$b' 'x y' | cat");
}

static void
a_first_word_is_never_an_assignment(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	assert_string_equal(pipeline(&arena, "", "[[A=b, C=d]]"), "'A=b' C=d");
}

static void
long_commands_are_folded_between_commands_and_before_options(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	assert_string_equal(pipeline(&arena, "    x=$(",
				    "[[helm, upgrade, --install, production-of-a-very-long-name, "
				    "gitlab/gitlab-agent, --version=2.9.1, --namespace, "
				    "gitlab-agent-production, --values, values.yaml], [cat]]"),
		"    x=$(helm upgrade --install production-of-a-very-long-name gitlab/gitlab-agent "
		"--version=2.9.1 \\\n"
		"        --namespace gitlab-agent-production --values values.yaml |\n"
		"        cat");
}

static void
a_line_of_just_the_width_is_not_folded(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	for (int len = SHELL_COLUMNS - 20; len < SHELL_COLUMNS + 20; len++) {
		struct buf yaml = { .arena = &arena };
		buf_add(&yaml, STR("[[a, --b, "));
		buf_add_repeat(&yaml, 'x', (size_t)len);
		buf_add(&yaml, STR(", --c]]"));
		const char *text = pipeline(&arena, "", yaml.data);
		const char *end = strchr(text, '\n');
		assert_int_equal(end != NULL, len + 10 > SHELL_COLUMNS);
	}
}

static const char *
script(struct arena *arena, const char *yaml)
{
	struct buf out = { .arena = arena };
	commands_print(arena, &out, yaml_parse(arena, str_from(yaml), YTREE_COMMENTS));
	return out.data;
}

static void
steps_are_numbered_and_conditions_indent(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	assert_string_equal(
		script(&arena,
			"# about\n---\nsteps:\n"
			"  - title: One\n"
			"    note: |\n      a\n\n      b\n"
			"    commands:\n"
			"      - set: id\n        run: [[get]]\n"
			"      - unless_set: id\n"
			"        commands:\n"
			"          - {unless: [[test, a], [b]], commands: [{run: [[make]], to: a b}]}\n"
			"  - title: Two\n"),
		"#!/bin/sh\n# about\nset -eu\ncd -- \"$(dirname -- \"$0\")\"\n"
		"\n# 1. One\n# a\n#\n# b\n"
		"id=$(get)\n"
		"if [ -z \"$id\" ]; then\n"
		"    if ! test a | b >/dev/null 2>&1; then\n"
		"        make >'a b'\n"
		"    fi\n"
		"fi\n"
		"\n# 2. Two\n");
}

static void
later_steps_are_only_shown(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const char *text = script(
		&arena, "steps: [{title: End, later: true, commands: [{run: [[rm, \"a\\nrm -rf b\"]]}]}]\n");
	assert_non_null(strstr(text, "\n# 1. End\n# rm 'a\n# rm -rf b'\n"));
}

static void
no_text_can_end_a_comment(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const char *text =
		script(&arena, "steps: [{title: \"a\\nrm x\", note: \"b\\rrm y\\e[2J\\nrm z\"}]\n");
	assert_non_null(strstr(text, "\n# 1. a\n# rm x\n# b rm y [2J\n# rm z\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(harmless_words_stay_bare),
		cmocka_unit_test(whatever_means_something_to_a_shell_is_quoted),
		cmocka_unit_test(any_text_comes_back_from_its_quotes),
		cmocka_unit_test(words_are_pieces_and_only_variables_are_expanded),
		cmocka_unit_test(a_first_word_is_never_an_assignment),
		cmocka_unit_test(long_commands_are_folded_between_commands_and_before_options),
		cmocka_unit_test(a_line_of_just_the_width_is_not_folded),
		cmocka_unit_test(steps_are_numbered_and_conditions_indent),
		cmocka_unit_test(later_steps_are_only_shown),
		cmocka_unit_test(no_text_can_end_a_comment),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
