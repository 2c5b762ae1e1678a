/* No report shows a secret that a rule has found, whichever rule quotes its line. */
#include <setjmp.h>
#include <stdarg.h>

#include <fcntl.h>
#include <unistd.h>

#include "engine.h"
#include "report_json.h"
#include "report_text.h"

#include <cmocka.h>

/* A repository below testdata/rules, and what of it must stay there. */
struct repository_of_secrets {
	const char *directory;
	const char *secrets[10];
};

static const struct repository_of_secrets repositories[] = {
	{ "SE001/bad",
		{ "TyGJMuHbEL31IeL2HPcHyGcFRl1SPnXNYvMIHa", "m_r5kJP1VrT", "wTgsu8PO", "R3j1twdTKWTddB",
			"uKcNd8Zra9A9sK", "LjHX2JiCLhKcIhP6", "oMVFIdDYxUVRDNFhBVFdT", "JbmPTuSgR7cMy" } },
	{ "SE002/bad", { "hunter-2-b", "otter 3 c", "b3R0ZXItNC1k", "cm9ib3Q6b3R0ZXI" } },
	{ "SE003/bad", { "acme.io", "q7b2" } },
	{ "SE004/bad", { "otter-7-q", "badger-8-r", "weasel-9-s" } },
	{ "SE005/bad", { "never-a-real-one" } },
	{ "SE001/bad-2", { "Z2xhZ2VudC1oMVFI", "JbmPTuSgR7cMy" } },
	{ "SE006/bad-2", { "Z2xvYXMtOWI5" } },
	{ "SE006/bad",
		{ "r-dTRgMc2MQN", "JcrqmaaFpt8pJ", "CDOmTPAHUySAOMQ", "ed3963adadb34e24", "X2lLNp53rp_4W8",
			"0h1k2m3n4", "JjZbHgGfmB", "63BvdAF32Dn3l", "Z2xvYXMt" } },
	{ "SE007/bad", { "jzXyBKi3LESPf7za", "R4TAUQG4C7GF8US3", "LS0tLS1CRUdJTi", "swdCbOrigLy" } },
	{ "SE008/bad", { "4cpv3DQGMDTPYuX2", "swdCbOrig-Ly" } },
	{ "CV020/bad-2", { "otter-2-b", "badger-3-c", "weasel-4-d", "robin-5-e" } },
	{ "CV024/bad", { "otter-7-k" } },
	{ "NW003/bad", { "agent:4711", "proxy:proxy" } },
	{ "NW003/bad-2", { "rT7kQzp2vW", "agent:12" } },
	{ "RC003/bad", { "jzXyBKi3LESPf7zaHusB" } },
};

static void
lint_with_all(struct lint_run *run, const char *directory)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct error error;
	bool *selected = arena_new_n(&scratch, bool, rule_count);
	for (size_t i = 0; i < rule_count; i++) {
		selected[i] = true;
	}
	struct lint_options options = { .jobs = 2, .selected = selected };
	int fd = open(directory, O_RDONLY | O_DIRECTORY);
	assert_true(fd >= 0);
	assert_true(lint_run(run, fd, &options, &error));
	(void)close(fd);
}

static void
assert_silent(struct str report, const struct repository_of_secrets *repository)
{
	for (size_t i = 0; i < countof(repository->secrets) && repository->secrets[i]; i++) {
		struct str secret = str_from(repository->secrets[i]);
		if (str_find(report, secret) < report.len) {
			fail_msg("%s is shown: %.*s", repository->directory, STR_ARG(report));
		}
	}
}

static bool
is_in_a_file(const struct lint_run *run, struct str secret)
{
	for (size_t i = 0; i < run->files.len; i++) {
		struct str text = run->files.items[i].source.text;
		if (str_find(text, secret) < text.len) {
			return true;
		}
	}
	return false;
}

static void
check_repository(struct arena *arena, const struct repository_of_secrets *repository)
{
	struct lint_run run;
	struct buf full = { .arena = arena }, concise = { .arena = arena }, json = { .arena = arena };
	struct report_text_options options = { .color = false };
	lint_with_all(&run, arena_printf(arena, "%s/rules/%s", TESTDATA, repository->directory).ptr);
	for (size_t i = 0; i < countof(repository->secrets) && repository->secrets[i]; i++) {
		if (!is_in_a_file(&run, str_from(repository->secrets[i]))) {
			fail_msg("%s: no file holds %s", repository->directory, repository->secrets[i]);
		}
	}
	report_full(&full, &run.findings, &run.sources, &options);
	report_concise(&concise, &run.findings, &run.sources);
	report_json(&json, &run.findings, &run.sources);
	assert_true(run.findings.len > 0);
	assert_silent(buf_str(&full), repository);
	assert_silent(buf_str(&concise), repository);
	assert_silent(buf_str(&json), repository);
	lint_run_release(&run);
}

static void
reports_of_all_rules_show_no_secret(void **state)
{
	(void)state;
	for (size_t i = 0; i < countof(repositories); i++) {
		struct arena CLEANUP(arena_release) arena = { 0 };
		check_repository(&arena, &repositories[i]);
	}
}

/* Every page of a rule on secrets quotes a fixture and its report. */
static void
pages_of_rules_show_no_secret(void **state)
{
	(void)state;
	for (size_t i = 0; i < countof(repositories); i++) {
		struct arena CLEANUP(arena_release) arena = { 0 };
		struct source source;
		struct error error;
		struct str code = str_first(str_from(repositories[i].directory), strlen("SE001"));
		const char *path = arena_printf(&arena, "%s/rules/%.*s.md", DOCS, STR_ARG(code)).ptr;
		assert_true(fs_read_named(&arena, path, &source, &error));
		assert_silent(source.text, &repositories[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reports_of_all_rules_show_no_secret),
		cmocka_unit_test(pages_of_rules_show_no_secret),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
