#include <setjmp.h>
#include <stdarg.h>

#include "locator.h"
#include "report_json.h"
#include "report_text.h"
#include "ytree.h"

#include <cmocka.h>

struct bench {
	struct arena arena;
	struct sources sources;
	struct source source;
	struct findings findings;
};

static struct bench *
bench_new(const char *path, const char *text)
{
	struct bench *bench = calloc(1, sizeof(*bench));
	assert_non_null(bench);
	bench->source = (struct source){ str_from(path), str_from(text) };
	bench->findings.arena = &bench->arena;
	(void)sources_add(&bench->arena, &bench->sources, &bench->source);
	return bench;
}

static void
bench_release(struct bench **bench)
{
	arena_release(&(*bench)->arena);
	free(*bench);
}

static struct finding *
add(struct bench *bench, uint32_t start, uint32_t end, const char *message)
{
	struct finding *finding =
		findings_add(&bench->findings, SEVERITY_ERROR, 1, (struct span){ start, end });
	finding->code = STR("FX004");
	finding->name = STR("non-manifest-in-flux-path");
	finding->message = str_from(message);
	return finding;
}

static const char *
full(struct bench *bench, bool color)
{
	struct buf out = { .arena = &bench->arena };
	struct report_text_options options = { .color = color };
	report_full(&out, &bench->findings, &bench->sources, &options);
	return buf_str(&out).ptr;
}

static void
full_shows_line_carets_related_and_help(void **state)
{
	(void)state;
	struct bench *CLEANUP(bench_release) bench = bench_new("a.yaml", "spec:\n  path: ./\n");
	struct finding *finding = add(bench, 14, 16, "not a manifest");
	finding->help = STR("move it");
	finding_relate(&bench->findings, finding, 1, (struct span){ 0, 4 }, STR("in here"));
	assert_string_equal(full(bench, false),
		"error[FX004]: not a manifest\n"
		" --> a.yaml:2:9\n"
		"  |\n"
		"2 |   path: ./\n"
		"  |         ^^\n"
		"  ::: a.yaml:1:1: in here\n"
		" help: move it\n");
}

static void
file_as_a_whole_has_no_excerpt(void **state)
{
	(void)state;
	struct bench *CLEANUP(bench_release) bench = bench_new("a.yaml", "a: 1\n");
	add(bench, 0, 0, "misnamed")->code = STR("");
	assert_string_equal(full(bench, false), "error: misnamed\n --> a.yaml:1:1\n");
}

static void
carets_stand_under_wide_characters(void **state)
{
	(void)state;
	struct bench *CLEANUP(bench_release) bench = bench_new("a.yaml", "\t漢: x\n");
	add(bench, 1, 4, "wide");
	assert_non_null(strstr(full(bench, false), "\n1 |  漢: x\n  |  ^^\n"));
}

static void
controls_and_secrets_are_not_shown(void **state)
{
	(void)state;
	struct bench *CLEANUP(bench_release) bench =
		bench_new("a\x1b[1m.yaml", "a: \x1b[31m \xE2\x80\xAE glpat-abcdefghij0123456789 \xff\n");
	add(bench, 0, 1, "found \"glpat-abcdefghij0123456789\"\x07");
	const char *text = full(bench, false);
	assert_null(strchr(text, '\x1b'));
	assert_null(strchr(text, '\x07'));
	assert_null(strchr(text, 0xff));
	assert_null(strstr(text, "abcdefghij"));
	/* NOLINTNEXTLINE(misc-misleading-bidirectional): it is what must not come out */
	assert_null(strstr(text, "\xE2\x80\xAE"));
	assert_non_null(strstr(text, "glpat-********************"));
}

static void
long_line_is_cut_around_the_caret(void **state)
{
	(void)state;
	char text[4001];
	memset(text, 'a', 4000);
	text[4000] = '\0';
	memcpy(text + 2000, "HERE", 4);
	struct bench *CLEANUP(bench_release) bench = bench_new("a.yaml", text);
	add(bench, 2000, 2004, "long");
	const char *shown = full(bench, false);
	assert_true(strlen(shown) < 400);
	const char *line = strstr(shown, "1 | "), *carets = strstr(shown, "^^^^");
	assert_non_null(line);
	assert_non_null(carets);
	const char *here = strstr(line, "HERE");
	/* The mark of the cut is three bytes and one column. */
	assert_int_equal(here - line - 2, carets - (strchr(line, '\n') + 1));
}

static void
color_only_when_asked_for(void **state)
{
	(void)state;
	struct bench *CLEANUP(bench_release) bench = bench_new("a.yaml", "a: 1\n");
	add(bench, 0, 1, "m");
	assert_non_null(strstr(full(bench, true), "\x1b[1;31merror[FX004]\x1b[0m"));
	assert_null(strchr(full(bench, false), '\x1b'));
}

static void
concise_is_one_line_each(void **state)
{
	(void)state;
	struct bench *CLEANUP(bench_release) bench = bench_new("a.yaml", "a: 1\nb: 2\n");
	struct buf out = { .arena = &bench->arena };
	add(bench, 5, 6, "two\nlines")->help = STR("help");
	add(bench, 8, 9, "other")->code = STR("");
	report_concise(&out, &bench->findings, &bench->sources);
	assert_string_equal(out.data, "a.yaml:2:1: error: two lines [FX004]\na.yaml:2:4: error: other\n");
}

static void
json_holds_everything(void **state)
{
	(void)state;
	struct bench *CLEANUP(bench_release) bench = bench_new("a.yaml", "a: \xC3\xA4 1\n");
	struct buf out = { .arena = &bench->arena };
	struct finding *finding = add(bench, 6, 7, "say \"x\"");
	finding->help = STR("do");
	finding->object = (struct finding_object){ .kind = STR("Secret"), .pointer = STR("/a") };
	finding_relate(&bench->findings, finding, 1, (struct span){ 0, 1 }, STR("here"));
	findings_finish(&bench->findings, &bench->sources);
	report_json(&out, &bench->findings, &bench->sources);
	const char *parts[] = { "\"version\": 1", "\"code\": \"FX004\"", "\"message\": \"say \\\"x\\\"\"",
		"\"column\": 6", "\"column\": 7", "\"help\": \"do\"", "\"kind\": \"Secret\"",
		"\"fingerprint\": \"", "\"errors\": 1", "\"warnings\": 0" };
	for (size_t i = 0; i < countof(parts); i++) {
		if (!strstr(out.data, parts[i])) {
			fail_msg("no %s in %s", parts[i], out.data);
		}
	}
	assert_null(strstr(out.data, "\"namespace\""));
}

static void
json_escapes_what_a_terminal_would_obey(void **state)
{
	(void)state;
	struct bench *CLEANUP(bench_release) bench = bench_new("a\x1b[1m.yaml", "a: 1\n");
	struct buf out = { .arena = &bench->arena };
	/* NOLINTNEXTLINE(misc-misleading-bidirectional): what misleads is what must not come out */
	add(bench, 0, 1, "\xC2\x9B\x7F\xE2\x80\xAE \xC3\xA4");
	report_json(&out, &bench->findings, &bench->sources);
	assert_non_null(strstr(out.data, "\"message\": \"\\u009b\\u007f\\u202e \xC3\xA4\""));
	assert_null(strchr(out.data, '\x1b'));
}

static void
json_without_findings_is_a_report(void **state)
{
	(void)state;
	struct bench *CLEANUP(bench_release) bench = bench_new("a.yaml", "");
	struct buf out = { .arena = &bench->arena };
	report_json(&out, &bench->findings, &bench->sources);
	assert_non_null(strstr(out.data, "\"findings\": []"));
}

static void
locator_agrees_with_source_in_any_order(void **state)
{
	(void)state;
	struct bench *CLEANUP(bench_release) bench = bench_new("a",
		"a\n\nb\xC3\xA4"
		"c\r\n\nd");
	struct locator locator = { .sources = &bench->sources };
	for (uint32_t i = 0; i < 500; i++) {
		uint32_t offset = i * 7 % 13;
		struct position expected = source_position(&bench->source, offset);
		struct position actual = locate(&locator, 1, offset);
		assert_int_equal(actual.line, expected.line);
		assert_int_equal(actual.column, expected.column);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(full_shows_line_carets_related_and_help),
		cmocka_unit_test(file_as_a_whole_has_no_excerpt),
		cmocka_unit_test(carets_stand_under_wide_characters),
		cmocka_unit_test(controls_and_secrets_are_not_shown),
		cmocka_unit_test(long_line_is_cut_around_the_caret),
		cmocka_unit_test(color_only_when_asked_for),
		cmocka_unit_test(concise_is_one_line_each),
		cmocka_unit_test(json_holds_everything),
		cmocka_unit_test(json_escapes_what_a_terminal_would_obey),
		cmocka_unit_test(json_without_findings_is_a_report),
		cmocka_unit_test(locator_agrees_with_source_in_any_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
