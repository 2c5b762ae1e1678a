#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "choose.h"
#include "clone.h"
#include "fs.h"
#include "fs_open.h"
#include "locate.h"
#include "names.h"
#include "report_text.h"
#include "request.h"
#include "writer.h"

enum { EXIT_DIFFERENCE = 1, EXIT_TROUBLE = 2 };

struct run {
	struct arena *arena;
	struct request request;
	struct sources sources;
	struct findings findings;
	const struct spec *spec;
	bool has_difference; /* --check or --diff found one */
	struct error error;
};

static int
fail(const struct error *error)
{
	(void)fprintf(stderr, "glagent-gen: %s\n", error->text);
	return EXIT_TROUBLE;
}

static int
print(struct buf *out)
{
	struct error error;
	return fs_write_report(buf_str(out), &error) ? EXIT_SUCCESS : fail(&error);
}

/* What the spec is: a file, standard input or the arguments. */
static bool
find_source(struct run *run, const struct source **ret_source, const char **ret_path)
{
	const struct request *request = &run->request;
	const char *path = request->spec ? request->spec : locate_spec(run->arena);

	*ret_path = path;
	if (request->kas_address && path) {
		return error_set(&run->error,
			"--kas-address is for rendering without a spec, but there is %s: state kas.address "
			"in it",
			path);
	}
	if (request->kas_address && request->agents.len != 1) {
		return error_set(&run->error, "--kas-address goes with exactly one --agent NAME");
	}
	if (request->kas_address) {
		*ret_source = request_bare_source(run->arena, request);
		return true;
	}
	if (!path) {
		return error_set(&run->error,
			"no glagent.yaml here or above: name the spec with -f SPEC, write one with "
			"`glagent-gen "
			"init`, or render without one by --agent NAME --kas-address URL");
	}
	struct source *source = arena_new(run->arena, struct source);
	*ret_source = source;
	return fs_read_named(run->arena, path, source, &run->error);
}

/* The directory that holds `path`; files that a spec from standard input names are in the working directory.
 */
static int
open_directory(struct arena *arena, const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;
	struct str directory = slash ? arena_printf(arena, "%.*s/", (int)(slash - path), path) : STR(".");
	return open(directory.ptr, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static void
report(struct run *run)
{
	struct buf out = { .arena = run->arena };
	struct report_text_options options = { .color = isatty(STDERR_FILENO) && !getenv("NO_COLOR") };

	findings_finish(&run->findings, &run->sources);
	report_full(&out, &run->findings, &run->sources, &options);
	(void)fwrite(out.data ? out.data : "", 1, out.len, stderr);
}

static bool
read_spec(struct run *run)
{
	const struct source *source = NULL;
	const char *path = NULL;
	if (!find_source(run, &source, &path) || !source) {
		return false;
	}
	int CLEANUP(fd_close) directory = open_directory(run->arena, path);
	struct spec_input input = { source, directory, run->request.kas_address != NULL };
	if (!spec_read(run->arena, &input, &run->sources, &run->findings, &run->spec, &run->error)) {
		return false;
	}
	report(run);
	size_t errors = findings_count(&run->findings, SEVERITY_ERROR);
	return run->spec
		|| error_set(&run->error, "%.*s: %zu %s, nothing rendered", STR_ARG(source->path), errors,
			errors == 1 ? "error" : "errors");
}

/* What the file alone cannot do: nobody may miss it who never opens the file. */
static void
remind_of_rbac(struct run *run, const struct plan_agents *agents)
{
	struct buf names = { .arena = run->arena };
	for (size_t i = 0; i < agents->len && run->request.output->needs_rbac; i++) {
		if (run->request.output->needs_rbac(agents->items[i])) {
			buf_addf(&names, "%s%s", names.len ? ", " : "", agents->items[i]->view.name);
		}
	}
	if (names.len) {
		(void)fprintf(stderr,
			"glagent-gen: apply the output of `glagent-gen rbac` before the chart: %s\n",
			names.data);
	}
}

/* The paths of all that this spec and output render; NULL when --agent left some out of the plan: what is
 * stale cannot be told then. */
static const struct map *
known_paths(struct run *run, const struct plan *plan)
{
	struct map *paths = arena_new(run->arena, struct map);
	for (size_t i = 0; i < plan->len; i++) {
		(void)map_put(run->arena, paths, plan->items[i].path, &plan->items[i]);
	}
	return run->request.agents.len == 0 ? paths : NULL;
}

static bool
fit_in(struct run *run, struct plan *plan)
{
	const struct request *request = &run->request;
	int CLEANUP(fd_close) root = -1;
	struct delivery place = { .directory = request->directory };
	return !request->output->parts
		|| (delivery_open(&place, &root, &run->error)
			&& clone_fit(
				run->arena, run->spec, request->project, root, plan, &run->error));
}

static bool
deliver(struct run *run, struct plan *plan)
{
	const struct request *request = &run->request;
	if (!request->directory) {
		return writer_print(run->arena, plan, &run->error);
	}
	if (!fit_in(run, plan)) {
		return false;
	}
	struct delivery delivery = { run->arena, request->directory, plan,
		{ run->spec->name, str_from(request->output->name) }, request->may_reinstall,
		known_paths(run, plan) };
	if (request->is_check) {
		return writer_check(&delivery, &run->has_difference, &run->error);
	}
	if (request->is_diff) {
		return writer_diff(&delivery, &run->has_difference, &run->error);
	}
	if (request->is_dry_run) {
		return writer_list(&delivery, &run->error);
	}
	return writer_write(&delivery, request->is_forced, &run->error);
}

static bool
render(struct run *run)
{
	const struct request *request = &run->request;
	struct plan_agents agents;
	struct plan plan;

	if (!request->output->files && !request->output->parts) {
		return error_set(&run->error, "the output %s is not built yet", request->output->name);
	}
	if (!read_spec(run) || !choose_agents(run->arena, run->spec, request, &agents, &run->error)
		|| !plan_render(run->arena, run->spec, request->output, &agents, request->directory != NULL,
			&plan, &run->error)) {
		return false;
	}
	if (!deliver(run, &plan)) {
		return false;
	}
	if (!request->is_check && !request->is_diff) {
		remind_of_rbac(run, &agents);
	}
	return true;
}

static void
end_by_signal(int number)
{
	temporaries_unlink();
	_exit(128 + number);
}

static void
handle_signals(void)
{
	struct sigaction ending = { .sa_handler = end_by_signal }, ignoring = { .sa_handler = SIG_IGN };
	(void)sigaction(SIGINT, &ending, NULL);
	(void)sigaction(SIGTERM, &ending, NULL);
	(void)sigaction(SIGPIPE, &ignoring, NULL);
}

int
main(int argc, char **argv)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct run run = { .arena = &arena, .findings = { .arena = &arena } };
	struct buf out = { .arena = &arena };

	handle_signals();
	if (argc < 1
		|| !request_parse(
			&arena, argc - 1, (const char *const *)argv + 1, &run.request, &run.error)) {
		return fail(&run.error);
	}
	if (run.request.wants_help) {
		request_help(&out);
		return print(&out);
	}
	if (run.request.wants_version) {
		buf_add(&out, STR("glagent-gen " GLAGENT_VERSION "\n"));
		return print(&out);
	}
	const struct output *output = run.request.output;
	bool is_done = output->run ? output->run(&arena, &run.request, &run.error) : render(&run);
	if (!is_done) {
		return fail(&run.error);
	}
	return run.has_difference ? EXIT_DIFFERENCE : EXIT_SUCCESS;
}
