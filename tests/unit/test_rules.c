/*
 * Every rule against its fixtures, testdata/rules/CODE/:
 *
 *	bad/  bad-2/ …	small repositories whose findings are exactly those of expected.json, expected-2.json
 *… fixed/ fixed-2/ …	what the fixes of bad/, bad-2/ … make of them
 *	good/ good-2/ …	the nearest repositories in which the rule finds nothing
 *
 * test_rules CODE runs one rule's, and holds docs/rules/CODE.md against the rule
 * and the report of bad/. test_rules alone holds the table against the folders.
 * With GLAGENT_UPDATE=1 the expected files and pages are written.
 */
#include <setjmp.h>
#include <stdarg.h>

#include <ctype.h>
#include <fcntl.h>
#include <unistd.h>

#include "engine.h"
#include "redact.h"
#include "report_json.h"
#include "report_text.h"
#include "rule_text.h"
#include "vec.h"

#include <cmocka.h>

#include "expected_file.h"
#include "fix_files.h"

struct fixture {
	const struct rule *rule;
	const char *directory; /* testdata/rules/CODE/bad-2 */
	const char *expected;  /* …/expected-2.json; of a fixed one, …/bad-2; NULL for a good one */
};

/* A strict rule runs as well when it is the one at hand. */
static const bool *
select_with(struct arena *arena, const struct rule *rule)
{
	bool *selected = arena_new_n(arena, bool, rule_count);
	for (size_t i = 0; i < rule_count; i++) {
		selected[i] = rule_table[i] == rule || !rule_table[i]->is_strict;
	}
	return selected;
}

/* Lints `directory`, which must be readable. */
static void
lint(struct lint_run *run, const struct rule *rule, const char *directory, unsigned jobs)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct error error;
	struct lint_options options = { .jobs = jobs, .selected = select_with(&scratch, rule) };
	int fd = open(directory, O_RDONLY | O_DIRECTORY);
	if (fd < 0) {
		fail_msg("%s: cannot be opened", directory);
	}
	if (!lint_run(run, fd, &options, &error)) {
		fail_msg("%s: %s", directory, error.text);
	}
	(void)close(fd);
	if (run->failures.len) {
		fail_msg("%s", run->failures.items[0].text.ptr);
	}
}

static struct str
lint_to_json(struct arena *arena, const struct fixture *fixture, unsigned jobs)
{
	struct lint_run run;
	struct buf out = { .arena = arena };
	lint(&run, fixture->rule, fixture->directory, jobs);
	report_json(&out, &run.findings, &run.sources);
	lint_run_release(&run);
	return buf_str(&out);
}

static void
bad_repository_has_the_expected_findings(void **state)
{
	const struct fixture *fixture = *state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct str alone = lint_to_json(&arena, fixture, 1);
	struct str together = lint_to_json(&arena, fixture, 3);
	assert_string_equal(alone.ptr, together.ptr);
	struct str code = arena_printf(&arena, "\"code\": \"%s\"", fixture->rule->code);
	assert_true(str_find(alone, code) < alone.len);
	assert_file(&arena, fixture->expected, alone);
}

static void
good_repository_has_none_of_the_rule(void **state)
{
	const struct fixture *fixture = *state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct buf out = { .arena = &arena };
	struct lint_run run;
	bool found = false;
	lint(&run, fixture->rule, fixture->directory, 2);
	for (size_t i = 0; i < run.findings.len; i++) {
		found |= str_eq(run.findings.items[i]->code, str_from(fixture->rule->code));
	}
	report_concise(&out, &run.findings, &run.sources);
	lint_run_release(&run);
	if (out.len) {
		print_message("%s", out.data);
	}
	assert_false(found);
}

/* fixed-2/ is what becomes of bad-2/. */
static void
fixes_make_what_is_expected(void **state)
{
	const struct fixture *fixture = *state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	char copy[] = "/tmp/glagent-fix-XXXXXX";
	struct error error;
	assert_non_null(mkdtemp(copy));
	struct tree_of_files bad = open_tree(&arena, fixture->expected);
	int fd = open(copy, O_RDONLY | O_DIRECTORY);
	for (size_t i = 0; i < bad.entries.len; i++) {
		assert_true(fs_write(fd, bad.entries.items[i].path, read_entry(&arena, &bad, i), &error));
	}
	fix_all(fd, select_with(&arena, fixture->rule));
	struct tree_of_files made = open_tree(&arena, copy);
	for (size_t i = 0; i < made.entries.len; i++) {
		struct str path = made.entries.items[i].path;
		assert_file(&arena, arena_printf(&arena, "%s/%.*s", fixture->directory, STR_ARG(path)).ptr,
			read_entry(&arena, &made, i));
		assert_int_equal(unlinkat(made.fd, path.ptr, 0), 0);
	}
	(void)close(made.fd);
	(void)close(bad.fd);
	(void)close(fd);
}

enum { EXAMPLES_MAX = 3, EXAMPLE_LINES_MAX = 30 };

static size_t
count_lines(struct str text)
{
	size_t lines = 0;
	while (text.ptr) {
		(void)str_cut(&text, '\n');
		lines++;
	}
	return lines;
}

/* The file of the first finding, when it is short, and what is said of it. */
static void
add_example(struct buf *out, const struct lint_run *run, struct findings *findings)
{
	const struct source *source = sources_get(&run->sources, findings->items[0]->source);
	struct report_text_options options = { .color = false };
	struct str text = findings_mask(out->arena, findings, findings->items[0]->source, 0, source->text);
	buf_add(out, STR("\n## Example\n\n"));
	if (source->text.len && count_lines(source->text) <= EXAMPLE_LINES_MAX) {
		buf_addf(out, "`%.*s`:\n\n````\n%.*s%s````\n\nThe report:\n\n", STR_ARG(source->path),
			STR_ARG(redact(out->arena, text)), str_ends(source->text, STR("\n")) ? "" : "\n");
	}
	buf_add(out, STR("````\n"));
	findings->len = findings->len < EXAMPLES_MAX ? findings->len : EXAMPLES_MAX;
	report_full(out, findings, &run->sources, &options);
	buf_add(out, STR("````\n"));
}

static void
page_is_what_the_rule_says(void **state)
{
	const struct fixture *fixture = *state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct buf out = { .arena = &arena };
	struct lint_run run;
	lint(&run, fixture->rule, fixture->directory, 1);
	struct findings own = { .arena = &arena, .hidden = run.findings.hidden };
	for (size_t i = 0; i < run.findings.len; i++) {
		if (str_eq(run.findings.items[i]->code, str_from(fixture->rule->code))) {
			vec_push(&arena, &own, run.findings.items[i]);
		}
	}
	if (own.len == 0) {
		fail_msg("%s: nothing of %s", fixture->directory, fixture->rule->code);
		return;
	}
	rule_as_markdown(&out, fixture->rule);
	add_example(&out, &run, &own);
	lint_run_release(&run);
	assert_file(&arena, arena_printf(&arena, "%s/%s.md", DOCS "/rules", fixture->rule->code).ptr,
		buf_str(&out));
}

/* Names directly in a directory of the test data, sorted. */
struct names {
	struct str *items;
	size_t len, cap;
};

static struct names
names_in(struct arena *arena, const char *directory)
{
	struct fs_entries entries = { 0 };
	struct names names = { 0 };
	struct error error;
	int fd = open(directory, O_RDONLY | O_DIRECTORY);
	if (fd < 0 || !fs_walk(arena, fd, &entries, &error)) {
		return names;
	}
	(void)close(fd);
	for (size_t i = 0; i < entries.len; i++) {
		struct str name = entries.items[i].path;
		name = str_first(name, str_find_char(name, '/'));
		if (names.len == 0 || !str_eq(names.items[names.len - 1], name)) {
			vec_push(arena, &names, arena_str(arena, name));
		}
	}
	return names;
}

struct tests {
	struct CMUnitTest *items;
	size_t len, cap;
};

/* bad… has expected….json, good… nothing, and fixed… is made of bad…. */
static void
add_tests(
	struct arena *arena, struct tests *tests, const struct rule *rule, const char *home, struct str name)
{
	bool bad = str_starts(name, STR("bad")), good = str_starts(name, STR("good")),
	     fixed = str_starts(name, STR("fixed"));
	struct fixture *fixture = arena_new(arena, struct fixture);
	*fixture = (struct fixture){ rule, arena_printf(arena, "%s/%s", home, name.ptr).ptr, NULL };
	struct CMUnitTest test = { .name = name.ptr, .initial_state = fixture };
	if (bad) {
		fixture->expected = arena_printf(arena, "%s/expected%s.json", home, name.ptr + 3).ptr;
		test.test_func = bad_repository_has_the_expected_findings;
	} else if (fixed) {
		fixture->expected = arena_printf(arena, "%s/bad%s", home, name.ptr + 5).ptr;
		test.test_func = fixes_make_what_is_expected;
	} else if (good) {
		test.test_func = good_repository_has_none_of_the_rule;
	} else {
		return;
	}
	vec_push(arena, tests, test);
	if (str_eq(name, STR("bad"))) {
		test.name = "page";
		test.test_func = page_is_what_the_rule_says;
		vec_push(arena, tests, test);
	}
}

static int
run_fixtures(const char *code)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct tests tests = { 0 };
	const struct rule *rule = rule_find(str_from(code));
	const char *home = arena_printf(&arena, "%s/rules/%s", TESTDATA, code).ptr;
	struct names names = names_in(&arena, home);
	for (size_t i = 0; rule && i < names.len; i++) {
		add_tests(&arena, &tests, rule, home, names.items[i]);
	}
	if (tests.len == 0) {
		(void)fprintf(stderr, "%s: no fixtures, or no such rule\n", home);
		return 1;
	}
	return _cmocka_run_group_tests(code, tests.items, tests.len, NULL, NULL);
}

static bool
is_kebab_case(struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		if (!word && (c != '-' || i == 0 || i + 1 == name.len || name.ptr[i - 1] == '-')) {
			return false;
		}
	}
	return name.len > 0;
}

static void
codes_are_sorted_and_unique(void **state)
{
	(void)state;
	for (size_t i = 1; i < rule_count; i++) {
		assert_true(strcmp(rule_table[i - 1]->code, rule_table[i]->code) < 0);
	}
	for (size_t i = 0; i < rule_count; i++) {
		assert_ptr_equal(rule_find(str_from(rule_table[i]->name)), rule_table[i]);
		assert_ptr_equal(rule_find(str_from(rule_table[i]->code)), rule_table[i]);
	}
}

static void
every_rule_is_fully_described(void **state)
{
	(void)state;
	for (size_t i = 0; i < rule_count; i++) {
		const struct rule *rule = rule_table[i];
		print_message("%s\n", rule->code);
		assert_true(is_kebab_case(str_from(rule->name)));
		assert_true(str_ends(str_from(rule->summary), STR(".")));
		assert_true(isupper((unsigned char)rule->summary[0]) || rule->summary[0] == '`');
		assert_non_null(rule->rationale);
		assert_non_null(rule->advice);
		assert_non_null(rule->since);
	}
}

static void
every_rule_has_exactly_one_check(void **state)
{
	(void)state;
	for (size_t i = 0; i < rule_count; i++) {
		const struct rule *r = rule_table[i];
		int checks = !!r->check_source + !!r->check_document + !!r->check_resource + !!r->check_agent
			+ !!r->check_applied + !!r->check_install + !!r->check_repository;
		assert_int_equal(checks, 1);
	}
}

static void
every_rule_has_bad_and_good_fixtures(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	for (size_t i = 0; i < rule_count; i++) {
		print_message("%s\n", rule_table[i]->code);
		struct str bad = arena_printf(&arena, "%s/rules/%s/bad", TESTDATA, rule_table[i]->code);
		struct str good = arena_printf(&arena, "%s/rules/%s/good", TESTDATA, rule_table[i]->code);
		assert_int_equal(access(bad.ptr, R_OK), 0);
		assert_int_equal(access(good.ptr, R_OK), 0);
	}
}

static void
every_fixture_has_a_rule(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct names names = names_in(&arena, TESTDATA "/rules");
	for (size_t i = 0; i < names.len; i++) {
		const struct rule *rule = rule_find(names.items[i]);
		if (!rule || !str_eq(str_from(rule->code), names.items[i])) {
			fail_msg("testdata/rules/%s: no such rule", names.items[i].ptr);
		}
	}
}

static void
list_of_rules_is_what_the_program_prints(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct buf out = { .arena = &arena };
	rules_as_markdown(&out);
	assert_file(&arena, DOCS "/rules/README.md", buf_str(&out));
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_are_sorted_and_unique),
		cmocka_unit_test(every_rule_is_fully_described),
		cmocka_unit_test(every_rule_has_exactly_one_check),
		cmocka_unit_test(every_rule_has_bad_and_good_fixtures),
		cmocka_unit_test(every_fixture_has_a_rule),
		cmocka_unit_test(list_of_rules_is_what_the_program_prints),
	};
	return argc == 2 ? run_fixtures(argv[1]) : cmocka_run_group_tests(tests, NULL, NULL);
}
