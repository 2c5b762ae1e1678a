/*
 * What GitLab's page on installing the agent warns of, in its forms: each
 * testdata/install-page/FORM/ is a repository as `flux bootstrap` and `glab
 * cluster agent bootstrap` leave it, and FORM.report all that is said of it.
 * With GLAGENT_UPDATE=1 the reports are written.
 */
#include <setjmp.h>
#include <stdarg.h>

#include <fcntl.h>
#include <unistd.h>

#include "engine.h"
#include "report_text.h"
#include "vec.h"

#include <cmocka.h>

#define FORMS TESTDATA "/install-page"

static struct str
report_of(struct arena *arena, const char *directory)
{
	struct lint_run run;
	struct lint_options options = { .jobs = 1 };
	struct report_text_options style = { .color = false };
	struct buf out = { .arena = arena };
	struct error error;
	int fd = open(directory, O_RDONLY | O_DIRECTORY);
	assert_true(fd >= 0);
	assert_true(lint_run(&run, fd, &options, &error));
	(void)close(fd);
	report_full(&out, &run.findings, &run.sources, &style);
	lint_run_release(&run);
	return out.len ? buf_str(&out) : STR("");
}

static void
form_has_its_report(void **state)
{
	const char *form = *state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const char *golden = arena_printf(&arena, "%s/%s.report", FORMS, form).ptr;
	struct str report = report_of(&arena, arena_printf(&arena, "%s/%s", FORMS, form).ptr);
	const char *update = getenv("GLAGENT_UPDATE");
	if (update && strcmp(update, "1") == 0) {
		FILE *file = fopen(golden, "w");
		assert_non_null(file);
		assert_int_equal(fwrite(report.ptr, 1, report.len, file), report.len);
		assert_int_equal(fclose(file), 0);
	}
	struct source source;
	struct error error;
	if (!fs_read_named(&arena, golden, &source, &error)) {
		fail_msg("%s", error.text);
	}
	assert_string_equal(report.ptr, source.text.ptr);
}

struct tests {
	struct CMUnitTest *items;
	size_t len, cap;
};

int
main(void)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct fs_entries entries = { 0 };
	struct error error;
	struct tests tests = { 0 };
	struct str last = STR("");
	int fd = open(FORMS, O_RDONLY | O_DIRECTORY);
	if (fd < 0 || !fs_walk(&arena, fd, &entries, &error)) {
		(void)fprintf(stderr, "%s: cannot be read\n", FORMS);
		return 1;
	}
	(void)close(fd);
	for (size_t i = 0; i < entries.len; i++) {
		struct str path = entries.items[i].path;
		struct str form = str_first(path, str_find_char(path, '/'));
		if (form.len == path.len || str_eq(form, last)) {
			continue;
		}
		last = form;
		const char *name = arena_str(&arena, form).ptr;
		struct CMUnitTest test = { .name = name,
			.test_func = form_has_its_report,
			.initial_state = (void *)(uintptr_t)name };
		vec_push(&arena, &tests, test);
	}
	return _cmocka_run_group_tests("install page", tests.items, tests.len, NULL, NULL);
}
