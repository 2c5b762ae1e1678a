/*
 * Whole runs without the program: testdata/gen/CASE/glagent.yaml against
 * CASE/expected/, and testdata/gen/errors/CASE/glagent.yaml against
 * expected.txt. GLAGENT_UPDATE=1 writes what is rendered in place of comparing.
 */
#include <setjmp.h>
#include <stdarg.h>

#include <fcntl.h>
#include <unistd.h>

#include "choose.h"
#include "fs.h"
#include "fs_open.h"
#include "plan.h"
#include "report_text.h"

#include <cmocka.h>

struct run {
	struct arena *arena;
	struct str directory; /* "minimal" or "errors/bad-name" */
	struct sources sources;
	struct findings findings;
	const struct spec *spec;
};

static int
open_root(void)
{
	int fd = open(TESTDATA "/gen", O_RDONLY | O_DIRECTORY);
	assert_true(fd >= 0);
	return fd;
}

static bool
is_updating(void)
{
	return getenv("GLAGENT_UPDATE") != NULL;
}

static void
read_case(struct run *run, int root, struct str spec_path)
{
	struct arena *arena = run->arena;
	struct source *source = arena_new(arena, struct source);
	struct error error;
	run->directory = path_parent(spec_path);
	source->path = STR("glagent.yaml");
	if (fs_read(arena, root, spec_path, &source->text, &error) != FS_READ_OK) {
		fail_msg("%s", error.text);
	}
	int CLEANUP(fd_close) directory =
		openat(root, arena_str(arena, run->directory).ptr, O_RDONLY | O_DIRECTORY);
	struct spec_input input = { source, directory, false };
	run->findings.arena = arena;
	if (!spec_read(arena, &input, &run->sources, &run->findings, &run->spec, &error)) {
		fail_msg("%.*s: %s", STR_ARG(spec_path), error.text);
	}
	findings_finish(&run->findings, &run->sources);
}

/* Holds `text` against the file, or writes it. */
static void
compare(struct run *run, int root, struct str path, struct str text)
{
	struct str expected = STR("");
	struct error error = { { 0 } };
	if (is_updating()) {
		if (!fs_write(root, path, text, &error)) {
			fail_msg("%s", error.text);
		}
		return;
	}
	if (fs_read(run->arena, root, path, &expected, &error) != FS_READ_OK) {
		fail_msg("%s", error.text);
	}
	if (!str_eq(expected, text)) {
		print_error("%.*s differs; rendered:\n%.*s\n", STR_ARG(path), STR_ARG(text));
	}
	assert_true(str_eq(expected, text));
}

static struct plan
render(struct run *run, const struct output *output)
{
	struct request request = { .output = output, .directory = "." };
	struct plan_agents agents = { 0 };
	struct plan plan = { 0 };
	struct error error;
	assert_non_null(run->spec);
	if (!choose_agents(run->arena, run->spec, &request, &agents, &error)) {
		return plan;
	}
	if (!plan_render(run->arena, run->spec, output, &agents, true, NULL, &plan, &error)) {
		fail_msg("%.*s: %s", STR_ARG(run->directory), error.text);
	}
	return plan;
}

static struct str
findings_text(struct run *run)
{
	struct buf out = { .arena = run->arena };
	struct report_text_options options = { .color = false };
	report_full(&out, &run->findings, &run->sources, &options);
	return out.len ? buf_str(&out) : STR("");
}

static size_t
check_case(int root, struct str spec_path)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct run run = { .arena = &arena };
	size_t files = 0;

	read_case(&run, root, spec_path);
	if (!run.spec) {
		fail_msg("%.*s\n%.*s", STR_ARG(spec_path), STR_ARG(findings_text(&run)));
	}
	for (const struct output *output = outputs; output->name; output++) {
		struct plan plan = { 0 };
		if (output->files) {
			plan = render(&run, output);
		}
		for (size_t i = 0; i < plan.len; i++, files++) {
			struct str path = arena_printf(&arena, "%.*s/expected/%.*s", STR_ARG(run.directory),
				STR_ARG(plan.items[i].path));
			compare(&run, root, path, plan.items[i].data);
		}
	}
	struct str warnings = findings_text(&run);
	if (warnings.len) {
		compare(&run, root,
			arena_printf(&arena, "%.*s/expected/warnings.txt", STR_ARG(run.directory)), warnings);
		files++;
	}
	return files;
}

static void
check_error(int root, struct str spec_path)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct run run = { .arena = &arena };
	read_case(&run, root, spec_path);
	if (run.spec) {
		fail_msg("%.*s is taken for good", STR_ARG(spec_path));
	}
	compare(&run, root, arena_printf(&arena, "%.*s/expected.txt", STR_ARG(run.directory)),
		findings_text(&run));
}

static bool
is_below(struct str path, const char *part)
{
	return str_find(path, str_from(part)) < path.len;
}

static void
every_good_spec_renders_what_is_expected_and_nothing_else(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	int CLEANUP(fd_close) root = open_root();
	struct fs_entries entries = { 0 };
	struct error error;
	size_t cases = 0, rendered = 0, expected = 0;

	assert_true(fs_walk(&arena, root, &entries, &error));
	for (size_t i = 0; i < entries.len; i++) {
		struct str path = entries.items[i].path;
		if (path_is_below(path, STR("errors"))) {
			continue;
		}
		expected += is_below(path, "/expected/");
		if (str_ends(path, STR("/glagent.yaml")) && !is_below(path, "/expected/")) {
			rendered += check_case(root, path);
			cases++;
		}
	}
	assert_true(cases >= 9);
	assert_true(is_updating() || rendered == expected);
}

static void
every_bad_spec_is_told_all_its_mistakes(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	int CLEANUP(fd_close) root = open_root();
	struct fs_entries entries = { 0 };
	struct error error;
	size_t cases = 0;

	assert_true(fs_walk(&arena, root, &entries, &error));
	for (size_t i = 0; i < entries.len; i++) {
		struct str path = entries.items[i].path;
		if (path_is_below(path, STR("errors")) && str_ends(path, STR("/glagent.yaml"))) {
			check_error(root, path);
			cases++;
		}
	}
	assert_true(cases >= 10);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_good_spec_renders_what_is_expected_and_nothing_else),
		cmocka_unit_test(every_bad_spec_is_told_all_its_mistakes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
