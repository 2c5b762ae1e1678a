/* glagent-lint [check] */
#include <unistd.h>

#include "command_parts.h"
#include "fix.h"
#include "fs_open.h"
#include "limit.h"
#include "lint_commands.h"
#include "options.h"
#include "report_json.h"
#include "report_text.h"
#include "root.h"
#include "select.h"

enum format { FORMAT_AUTO = -1, FORMAT_FULL, FORMAT_CONCISE, FORMAT_JSON };
enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };
enum fail_on { FAIL_ON_ERROR, FAIL_ON_WARNING, FAIL_ON_INFO, FAIL_ON_NEVER };

struct check_options {
	int format, fail_on, jobs, color;
	struct option_list select, ignore;
	const char *root;
	bool exit_zero, help, version;
	bool fix, unsafe_fixes, diff;
};

static const char *const formats[] = { "full", "concise", "json", NULL };
static const char *const severities[] = { "error", "warning", "info", "never", NULL };
static const char *const colors[] = { "auto", "always", "never", NULL };

static const struct option check_options[] = {
	{ .name = "format",
		.kind = OPTION_CHOICE,
		.value_name = "FORMAT",
		.help = "How to report (full on a terminal, else concise)",
		.offset = offsetof(struct check_options, format),
		.choices = formats },
	{ .name = "select",
		.kind = OPTION_LIST,
		.value_name = "RULES",
		.help = "Run these rules only: codes, names, beginnings of codes (FX) or ALL",
		.offset = offsetof(struct check_options, select),
		.comma = true },
	{ .name = "ignore",
		.kind = OPTION_LIST,
		.value_name = "RULES",
		.help = "Run all rules but these",
		.offset = offsetof(struct check_options, ignore),
		.comma = true },
	{ .name = "fix",
		.kind = OPTION_FLAG,
		.help = "Mend what can be mended safely, then report what is left",
		.offset = offsetof(struct check_options, fix) },
	{ .name = "unsafe-fixes",
		.kind = OPTION_FLAG,
		.help = "With --fix or --diff: also mend what may change what is meant",
		.offset = offsetof(struct check_options, unsafe_fixes) },
	{ .name = "diff",
		.kind = OPTION_FLAG,
		.help = "Show what --fix would write, as a unified diff, and write nothing; exits with 1 "
			"when "
			"that is something",
		.offset = offsetof(struct check_options, diff) },
	{ .name = "fail-on",
		.kind = OPTION_CHOICE,
		.value_name = "SEVERITY",
		.help = "Exit with 1 from this severity on (error)",
		.offset = offsetof(struct check_options, fail_on),
		.choices = severities },
	{ .name = "exit-zero",
		.kind = OPTION_FLAG,
		.help = "Exit with 0 whatever is found, as --fail-on never",
		.offset = offsetof(struct check_options, exit_zero) },
	{ .name = "root",
		.kind = OPTION_TEXT,
		.value_name = "DIR",
		.help = "The repository (found by its .git from the first PATH or the working directory "
			"upwards)",
		.offset = offsetof(struct check_options, root) },
	{ .short_name = 'j',
		.name = "jobs",
		.kind = OPTION_NUMBER,
		.value_name = "N",
		.help = "Threads that read files (one a processor); the report is the same for any number",
		.offset = offsetof(struct check_options, jobs) },
	{ .name = "color",
		.kind = OPTION_CHOICE,
		.value_name = "WHEN",
		.help = "Colour the report (auto: on a terminal, unless NO_COLOR is set)",
		.offset = offsetof(struct check_options, color),
		.choices = colors },
	{ .short_name = 'h',
		.name = "help",
		.kind = OPTION_FLAG,
		.help = "Print this help",
		.offset = offsetof(struct check_options, help) },
	{ .short_name = 'V',
		.name = "version",
		.kind = OPTION_FLAG,
		.help = "Print the version",
		.offset = offsetof(struct check_options, version) },
	{ .name = NULL },
};

static const struct command check_command = {
	.program = "glagent-lint",
	.arguments = "[PATH]...",
	.summary =
		"Read a Git repository as GitLab, Flux and kustomize would, and report what will break. The "
		"repository is always read whole; a PATH limits what is reported.",
	.options = check_options,
};

static bool
is_set(const char *variable)
{
	const char *value = getenv(variable);
	return value && value[0] != '\0' && strcmp(value, "0") != 0;
}

/* no-color.org and force-color.org; the option beats both. */
static bool
wants_color(enum color color)
{
	if (color != COLOR_AUTO) {
		return color == COLOR_ALWAYS;
	}
	const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
	if (no_color && no_color[0] != '\0') {
		return false;
	}
	return is_set("FORCE_COLOR")
		|| (isatty(STDOUT_FILENO) && !(terminal && strcmp(terminal, "dumb") == 0));
}

static void
add_count(struct buf *out, size_t count, const char *noun)
{
	if (count > 0) {
		buf_addf(out, "%s%zu %s%s", out->len ? ", " : "", count, noun, count == 1 ? "" : "s");
	}
}

/* "2 errors, 1 warning" */
static struct str
counts(struct arena *arena, const struct findings *findings)
{
	struct buf out = { .arena = arena };
	add_count(&out, findings_count(findings, SEVERITY_ERROR), "error");
	add_count(&out, findings_count(findings, SEVERITY_WARNING), "warning");
	add_count(&out, findings_count(findings, SEVERITY_INFO), "note");
	return out.len ? buf_str(&out) : STR("nothing found");
}

static void
add_report(struct buf *out, const struct lint_run *run, enum format format, bool color)
{
	struct report_text_options text = { .color = color };
	switch (format) {
	case FORMAT_JSON:
		report_json(out, &run->findings, &run->sources);
		break;
	case FORMAT_CONCISE:
		report_concise(out, &run->findings, &run->sources);
		break;
	case FORMAT_AUTO:
	case FORMAT_FULL:
		report_full(out, &run->findings, &run->sources, &text);
		buf_addf(out, "%s%.*s in %zu file%s\n", run->findings.len ? "\n" : "",
			STR_ARG(counts(out->arena, &run->findings)), run->files.len,
			run->files.len == 1 ? "" : "s");
		break;
	}
}

static bool
is_relevant(const struct lint_run *run)
{
	return run->agents.len || run->resources.len || run->findings.len
		|| run->repository.flux->bootstraps.commands.len || run->repository.installs->items.len
		|| files_get(&run->files, STR(".gitlab-ci.yml"));
}

static int
exit_code(const struct lint_run *run, const struct check_options *options)
{
	static const enum severity lowest[] = { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_INFO };
	if (run->failures.len) {
		return EXIT_TROUBLE;
	}
	if (options->exit_zero || options->fail_on == FAIL_ON_NEVER) {
		return EXIT_CLEAN;
	}
	for (size_t i = 0; i < run->findings.len; i++) {
		if (run->findings.items[i]->severity >= lowest[options->fail_on]) {
			return EXIT_FOUND;
		}
	}
	return EXIT_CLEAN;
}

/* Rounds of fixes, each of what the last one made; what the paths do not concern stays. */
static bool
mend(struct arena *arena, const struct root *root, const struct lint_options *options, bool unsafe,
	struct map *texts, size_t *ret_count, struct error *reterr)
{
	struct lint_options how = *options;
	size_t count = 1;
	*ret_count = 0;
	how.instead = texts;
	for (unsigned round = 0; count > 0 && round < FIX_ROUNDS_MAX; round++) {
		struct lint_run CLEANUP(lint_run_release) run = { 0 };
		if (!lint_run(&run, root->fd, &how, reterr)) {
			return false;
		}
		limit_to_paths(&run, root);
		count = fix_round(arena, &run, unsafe, texts);
		*ret_count += count;
	}
	return true;
}

/* "3 of them can be mended with --fix, 1 more with --unsafe-fixes" */
static void
say_fixable(struct buf *out, const struct lint_run *run, bool is_fixing)
{
	size_t safe = 0, unsafe = 0;
	for (size_t i = 0; i < run->findings.len; i++) {
		const struct finding *finding = run->findings.items[i];
		safe += finding->edits && !finding->fix_is_unsafe;
		unsafe += finding->edits && finding->fix_is_unsafe;
	}
	if (safe > 0 && !is_fixing) {
		buf_addf(out, "%zu can be mended with --fix\n", safe);
	}
	if (unsafe > 0) {
		buf_addf(out, "%zu can be mended with --fix --unsafe-fixes, which may change what is meant\n",
			unsafe);
	}
}

static int
show_diff(struct arena *arena, const struct lint_run *run, const struct map *texts, size_t mended)
{
	struct buf out = { .arena = arena };
	struct error error;
	fix_diff(&out, run, texts);
	command_say_failures(run);
	if (!fs_write_report(out.len ? buf_str(&out) : STR(""), &error)) {
		return command_trouble(&error);
	}
	return run->failures.len ? EXIT_TROUBLE : mended > 0 ? EXIT_FOUND : EXIT_CLEAN;
}

static int
report(struct arena *arena, const struct check_options *options, const struct root *root,
	const struct lint_run *run)
{
	struct buf out = { .arena = arena };
	struct error error;
	enum format format = options->format != FORMAT_AUTO ? (enum format)options->format
		: isatty(STDOUT_FILENO)                     ? FORMAT_FULL
							    : FORMAT_CONCISE;
	add_report(&out, run, format, wants_color((enum color)options->color));
	if (format == FORMAT_FULL) {
		say_fixable(&out, run, options->fix);
	}
	if (!is_relevant(run)) {
		(void)error_set(&error,
			"nothing to check in %s: looked for .gitlab/agents, .gitlab-ci.yml and Kubernetes or "
			"Flux manifests",
			root->path);
		(void)command_trouble(&error);
	}
	command_say_failures(run);
	return fs_write_report(buf_str(&out), &error) ? exit_code(run, options) : command_trouble(&error);
}

/* The report is of what the fixes leave. */
static bool
write_mended(struct lint_run *run, const struct root *root, const struct lint_options *how,
	const struct map *texts, size_t mended, struct error *reterr)
{
	if (!fix_write(run, root->fd, texts, reterr)) {
		return false;
	}
	(void)fprintf(stderr, "glagent-lint: mended %zu\n", mended);
	lint_run_release(run);
	*run = (struct lint_run){ 0 };
	return lint_run(run, root->fd, how, reterr);
}

/* Reads, and mends when that is asked for: *ret_mended says how much. */
static bool
read_all(struct arena *arena, const struct check_options *options, const struct root *root,
	const bool *selected, struct lint_run *run, struct map *texts, size_t *ret_mended,
	struct error *reterr)
{
	struct lint_options how = { .jobs = command_jobs(options->jobs), .selected = selected };
	*ret_mended = 0;
	if (!lint_run(run, root->fd, &how, reterr)) {
		return false;
	}
	bool is_mending = options->fix || options->diff;
	if (is_mending && !mend(arena, root, &how, options->unsafe_fixes, texts, ret_mended, reterr)) {
		return false;
	}
	return !options->fix || *ret_mended == 0 || write_mended(run, root, &how, texts, *ret_mended, reterr);
}

static int
check(struct arena *arena, const struct check_options *options, const struct option_list *paths)
{
	struct lint_run CLEANUP(lint_run_release) run = { 0 };
	struct root root = { .fd = -1 };
	struct error error;
	bool *selected = arena_new_n(arena, bool, rule_count);
	if (options->fix && options->diff) {
		(void)error_set(&error, "--fix and --diff exclude each other");
		return command_trouble(&error);
	}
	if (options->unsafe_fixes && !options->fix && !options->diff) {
		(void)error_set(&error, "--unsafe-fixes goes with --fix or --diff");
		return command_trouble(&error);
	}
	if (!select_rules(&options->select, &options->ignore, selected, &error)
		|| !root_find(arena, options->root, paths, &root, &error)) {
		return command_trouble(&error);
	}
	int CLEANUP(fd_close) fd = root.fd;
	(void)fd;
	struct map texts = { 0 };
	size_t mended = 0;
	if (!read_all(arena, options, &root, selected, &run, &texts, &mended, &error)) {
		return command_trouble(&error);
	}
	limit_to_paths(&run, &root);
	return options->diff ? show_diff(arena, &run, &texts, mended) : report(arena, options, &root, &run);
}

int
command_check(int argc, const char *const *argv)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct check_options options = { .format = FORMAT_AUTO };
	struct option_list paths = { 0 };
	struct buf out = { .arena = &arena };
	struct error error;
	if (!options_parse(&arena, &check_command, argc, argv, &options, &paths, &error)) {
		return command_trouble(&error);
	}
	if (!options.help && !options.version) {
		return check(&arena, &options, &paths);
	}
	if (options.help) {
		options_help(&out, &check_command);
		buf_add(&out,
			STR("\nOther commands:\n  glagent-lint rules           List all rules\n"
			    "  glagent-lint explain RULE... Say what a rule finds, why and what to do\n"
			    "  glagent-lint graph           Draw what Flux applies\n"
			    "\nExit codes: 0 clean, 1 findings, 2 usage or files that cannot be read.\n"));
	} else {
		buf_add(&out, STR("glagent-lint " GLAGENT_VERSION "\n"));
	}
	return fs_write_report(buf_str(&out), &error) ? EXIT_CLEAN : command_trouble(&error);
}
