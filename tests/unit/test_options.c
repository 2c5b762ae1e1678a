#include <setjmp.h>
#include <stdarg.h>

#include "options.h"
#include "utf8.h"

#include <cmocka.h>

struct asked {
	bool check, quiet;
	const char *file;
	struct option_list agents, select;
	int format, jobs;
};

static const char *const formats[] = { "text", "json", "sarif", NULL };

static const struct option options[] = {
	{ .name = "check",
		.help = "Exit 1 when files on disk differ in meaning from what the spec renders",
		.offset = offsetof(struct asked, check) },
	{ 'q', "quiet", OPTION_FLAG, NULL, "Say nothing", offsetof(struct asked, quiet), NULL, false },
	{ 'f', "file", OPTION_TEXT, "SPEC", "Read this spec", offsetof(struct asked, file), NULL, false },
	{ 0, "agent", OPTION_LIST, "NAME", "Only this agent", offsetof(struct asked, agents), NULL, false },
	{ 0, "select", OPTION_LIST, "RULE", "Only these rules", offsetof(struct asked, select), NULL, true },
	{ 0, "format", OPTION_CHOICE, "FORMAT", "How to report", offsetof(struct asked, format), formats,
		false },
	{ 'j', "jobs", OPTION_NUMBER, "N", "Threads", offsetof(struct asked, jobs), NULL, false },
	{ 0, NULL, OPTION_FLAG, NULL, NULL, 0, NULL, false },
};

static const struct command with_paths = { "glagent-lint", "check", "[PATH]...", "Checks a repository.",
	options };
static const struct command without_paths = { "glagent-gen", NULL, NULL, "Renders a spec.", options };

#define ARGV(...)                                                                                            \
	(const char *const[])                                                                                \
	{                                                                                                    \
		__VA_ARGS__, NULL                                                                            \
	}

static int
count(const char *const *argv)
{
	int n = 0;
	while (argv[n]) {
		n++;
	}
	return n;
}

static struct asked
parsed(struct arena *arena, const char *const *argv, struct option_list *ret_arguments)
{
	struct asked asked = { .format = 1, .jobs = 3 };
	struct error error = { "" };
	if (!options_parse(arena, &with_paths, count(argv), argv, &asked, ret_arguments, &error)) {
		fail_msg("refused: %s", error.text);
	}
	return asked;
}

static void
assert_refused(const struct command *command, const char *const *argv, const char *why)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct asked asked = { 0 };
	struct option_list arguments = { 0 };
	struct error error = { "" };
	assert_false(options_parse(&arena, command, count(argv), argv, &asked, &arguments, &error));
	assert_string_equal(error.text, why);
}

static void
long_and_short_options_take_values_both_ways(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct option_list arguments = { 0 };
	struct asked asked = parsed(
		&arena, ARGV("--file", "a", "--jobs=12", "--format", "sarif", "--check", "p"), &arguments);
	assert_string_equal(asked.file, "a");
	assert_int_equal(asked.jobs, 12);
	assert_int_equal(asked.format, 2);
	assert_true(asked.check);
	assert_int_equal(arguments.len, 1);
	asked = parsed(&arena, ARGV("-fx=y", "-j", "7", "-q"), &arguments);
	assert_string_equal(asked.file, "x=y");
	assert_int_equal(asked.jobs, 7);
	assert_true(asked.quiet);
}

static void
the_last_text_counts_and_every_list_item_does(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct option_list arguments = { 0 };
	struct asked asked = parsed(
		&arena, ARGV("-f", "a", "-fb", "--agent=x,y", "--agent", "z", "--select=A, B,C"), &arguments);
	assert_string_equal(asked.file, "b");
	assert_int_equal(asked.agents.len, 2);
	assert_string_equal(asked.agents.items[0], "x,y");
	assert_int_equal(asked.select.len, 3);
	assert_string_equal(asked.select.items[1], "B");
}

static void
fields_of_options_not_given_keep_their_value(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct option_list arguments = { 0 };
	struct asked asked = parsed(&arena, ARGV("path"), &arguments);
	assert_int_equal(asked.format, 1);
	assert_int_equal(asked.jobs, 3);
	assert_null(asked.file);
}

static void
arguments_mix_with_options_until_two_dashes(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct option_list arguments = { 0 };
	struct asked asked = parsed(&arena, ARGV("a", "-q", "-", "--", "--check", "-f"), &arguments);
	assert_true(asked.quiet);
	assert_false(asked.check);
	assert_int_equal(arguments.len, 4);
	assert_string_equal(arguments.items[1], "-");
	assert_string_equal(arguments.items[2], "--check");
}

static void
a_dash_is_a_value(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct option_list arguments = { 0 };
	assert_string_equal(parsed(&arena, ARGV("-f", "-"), &arguments).file, "-");
}

static void
flags_are_bundled_and_the_last_may_take_a_value(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct option_list arguments = { 0 };
	struct asked asked = parsed(&arena, ARGV("-qj4"), &arguments);
	assert_true(asked.quiet);
	assert_int_equal(asked.jobs, 4);
}

static void
an_unknown_option_names_the_nearest(void **state)
{
	(void)state;
	assert_refused(
		&with_paths, ARGV("--fiel", "x"), "unknown option \"--fiel\", did you mean \"--file\"?");
	assert_refused(
		&with_paths, ARGV("--form=x"), "unknown option \"--form=x\", did you mean \"--format\"?");
	assert_refused(&with_paths, ARGV("-check"), "unknown option \"-check\", did you mean \"--check\"?");
	assert_refused(&with_paths, ARGV("--zebra"),
		"unknown option \"--zebra\", see \"glagent-lint check --help\"");
	assert_refused(&with_paths, ARGV("-qx"), "unknown option \"-qx\", see \"glagent-lint check --help\"");
}

static void
control_characters_and_endless_text_are_not_repeated(void **state)
{
	(void)state;
	char text[400] = "--\033[2J";
	memset(text + 6, 'x', sizeof(text) - 7);
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct asked asked = { 0 };
	struct option_list arguments = { 0 };
	struct error error = { "" };
	assert_false(options_parse(&arena, &with_paths, 1, ARGV(text), &asked, &arguments, &error));
	assert_null(strchr(error.text, '\033'));
	assert_true(strlen(error.text) < 200);
}

static void
a_value_that_is_missing_empty_or_unwanted_is_refused(void **state)
{
	(void)state;
	assert_refused(&with_paths, ARGV("--file"), "option \"--file\" needs a value, expected SPEC");
	assert_refused(&with_paths, ARGV("-f"), "option \"--file\" needs a value, expected SPEC");
	assert_refused(&with_paths, ARGV("--file", "--check"),
		"option \"--file\" needs a value, expected SPEC before \"--check\"");
	assert_refused(
		&with_paths, ARGV("--file="), "the value of option \"--file\" is empty, expected SPEC");
	assert_refused(
		&with_paths, ARGV("--check=yes"), "option \"--check\" takes no value, but has \"yes\"");
	assert_refused(
		&with_paths, ARGV("--select=A,,B"), "option \"--select\" has an empty item in \"A,,B\"");
}

static void
a_wrong_choice_lists_the_right_ones(void **state)
{
	(void)state;
	assert_refused(&with_paths, ARGV("--format=xml"),
		"option \"--format\" does not know \"xml\", expected one of text, json, sarif");
}

static void
a_number_is_digits_within_bounds(void **state)
{
	(void)state;
	const char *const bad[] = { "-1", "1k", "0x10", " 1", "1000000001", "99999999999999999999" };
	for (size_t i = 0; i < countof(bad); i++) {
		struct arena CLEANUP(arena_release) arena = { 0 };
		struct asked asked = { 0 };
		struct option_list arguments = { 0 };
		struct error error = { "" };
		const char *const argv[] = { "-j", bad[i] };
		assert_false(options_parse(&arena, &with_paths, 2, argv, &asked, &arguments, &error));
		assert_non_null(strstr(error.text, "needs a number from 0 to 1000000000"));
	}
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct option_list arguments = { 0 };
	assert_int_equal(parsed(&arena, ARGV("-j", "1000000000"), &arguments).jobs, 1000000000);
}

static void
arguments_are_refused_where_none_are_taken(void **state)
{
	(void)state;
	assert_refused(&without_paths, ARGV("values.yaml"),
		"unexpected argument \"values.yaml\", \"glagent-gen\" takes none");
}

static void
help_is_in_columns_and_80_wide(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct buf out = { .arena = &arena };
	options_help(&out, &with_paths);
	assert_string_equal(out.data,
		"Usage: glagent-lint check [OPTION]... [PATH]...\n"
		"\n"
		"Checks a repository.\n"
		"\n"
		"Options:\n"
		"      --check          Exit 1 when files on disk differ in meaning from what the\n"
		"                       spec renders\n"
		"  -q, --quiet          Say nothing\n"
		"  -f, --file SPEC      Read this spec\n"
		"      --agent NAME     Only this agent (repeatable)\n"
		"      --select RULE    Only these rules (repeatable, or separated by commas)\n"
		"      --format FORMAT  How to report: text, json, sarif\n"
		"  -j, --jobs N         Threads\n");
}

static void
a_wide_label_stands_on_its_own_line(void **state)
{
	(void)state;
	static const struct option wide[] = {
		{ .name = "an-option-with-quite-a-long-name", .help = "Help" },
		{ .name = "x", .help = "Short" },
		{ .name = NULL },
	};
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct buf out = { .arena = &arena };
	const struct command command = { "p", NULL, NULL, "S.", wide };
	options_help(&out, &command);
	assert_non_null(
		strstr(out.data, "--an-option-with-quite-a-long-name\n           Help\n      --x  Short\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(long_and_short_options_take_values_both_ways),
		cmocka_unit_test(the_last_text_counts_and_every_list_item_does),
		cmocka_unit_test(fields_of_options_not_given_keep_their_value),
		cmocka_unit_test(arguments_mix_with_options_until_two_dashes),
		cmocka_unit_test(a_dash_is_a_value),
		cmocka_unit_test(flags_are_bundled_and_the_last_may_take_a_value),
		cmocka_unit_test(an_unknown_option_names_the_nearest),
		cmocka_unit_test(control_characters_and_endless_text_are_not_repeated),
		cmocka_unit_test(a_value_that_is_missing_empty_or_unwanted_is_refused),
		cmocka_unit_test(a_wrong_choice_lists_the_right_ones),
		cmocka_unit_test(a_number_is_digits_within_bounds),
		cmocka_unit_test(arguments_are_refused_where_none_are_taken),
		cmocka_unit_test(help_is_in_columns_and_80_wide),
		cmocka_unit_test(a_wide_label_stands_on_its_own_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
