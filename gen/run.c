#include "run.h"

#include <fcntl.h>
#include <unistd.h>

#include "adopt.h"
#include "choose.h"
#include "clone.h"
#include "fs.h"
#include "fs_open.h"
#include "locate.h"
#include "report_text.h"
#include "writer.h"

/* One run that renders. */
struct run {
	struct arena *arena;
	const struct request *request;
	const struct source *source; /* of the spec */
	const char *spec_path;       /* NULL: it is made of arguments */
	struct sources sources;
	struct findings findings;
	const struct spec *spec;
	struct overrides overrides;
	struct plan_agents agents;
	struct plan plan;
	bool has_difference; /* --check or --diff found one */
	struct error *error;
};

/* What the spec is: a file, standard input or the arguments. */
static bool
find_source(struct run *run)
{
	const struct request *request = run->request;
	const char *path = request->spec ? request->spec : locate_spec(run->arena);

	run->spec_path = path;
	if (request->kas_address && path) {
		return error_set(run->error,
			"--kas-address is for rendering without a spec, but there is %s: state kas.address "
			"in it",
			path);
	}
	if (request->kas_address && request->agents.len != 1) {
		return error_set(run->error, "--kas-address goes with exactly one --agent NAME");
	}
	if (request->kas_address) {
		run->source = request_bare_source(run->arena, request);
		return true;
	}
	if (!path) {
		return error_set(run->error,
			"no glagent.yaml here or above: name the spec with -f SPEC, write one with "
			"`glagent-gen "
			"init`, or render without one by --agent NAME --kas-address URL");
	}
	struct source *source = arena_new(run->arena, struct source);
	run->source = source;
	return fs_read_named(run->arena, path, source, run->error);
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
	int CLEANUP(fd_close) directory = open_directory(run->arena, run->spec_path);
	struct spec_input input = { run->source, directory, run->request->kas_address != NULL };
	if (!spec_read(run->arena, &input, &run->sources, &run->findings, &run->spec, run->error)) {
		return false;
	}
	report(run);
	size_t errors = findings_count(&run->findings, SEVERITY_ERROR);
	return run->spec
		|| error_set(run->error, "%.*s: %zu %s, nothing rendered", STR_ARG(run->source->path), errors,
			errors == 1 ? "error" : "errors");
}

/* What the file alone cannot do: nobody may miss it who never opens the file. */
static void
remind_of_rbac(struct run *run, const struct plan_agents *agents)
{
	struct buf names = { .arena = run->arena };
	for (size_t i = 0; i < agents->len && run->request->output->needs_rbac; i++) {
		if (run->request->output->needs_rbac(agents->items[i])) {
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
	return run->request->agents.len == 0 ? paths : NULL;
}

/* What is there has a say in what belongs there. */
static bool
fit_in(struct run *run)
{
	const struct request *request = run->request;
	int CLEANUP(fd_close) root = -1;
	struct delivery place = { .directory = request->directory };
	return !request->output->parts || !request->directory
		|| (delivery_open(&place, &root, run->error)
			&& clone_fit(run->arena, run->spec, request->project, root, &run->plan, run->error));
}

/* From the spec's text to the plan. */
static bool
make_plan(struct run *run)
{
	const struct request *request = run->request;
	return read_spec(run) && choose_agents(run->arena, run->spec, request, &run->agents, run->error)
		&& plan_render(run->arena, run->spec, request->output, &run->agents,
			request->directory != NULL, &run->overrides, &run->plan, run->error)
		&& fit_in(run);
}

static struct delivery
delivery_of(struct run *run)
{
	const struct request *request = run->request;
	return (struct delivery){ run->arena, request->directory, &run->plan,
		{ run->spec->name, str_from(request->output->name) }, request->may_reinstall,
		known_paths(run, &run->plan) };
}

static bool
deliver(struct run *run)
{
	const struct request *request = run->request;
	if (!request->directory) {
		return writer_print(run->arena, &run->plan, run->error);
	}
	struct delivery delivery = delivery_of(run);
	if (request->is_check) {
		return writer_check(&delivery, &run->has_difference, run->error);
	}
	if (request->is_diff) {
		return writer_diff(&delivery, &run->has_difference, run->error);
	}
	if (request->is_dry_run) {
		return writer_list(&delivery, run->error);
	}
	return writer_write(&delivery, request->is_forced, run->error);
}

static bool
write_spec(struct run *run, struct str text)
{
	int CLEANUP(fd_close) directory = open_directory(run->arena, run->spec_path);
	return fs_write(directory, path_base(str_from(run->spec_path)), text, run->error);
}

/* The spec learns of changed versions before it is rendered; it is written when all the rest can be. */
static bool
adopt(struct run *run)
{
	struct str text = STR("");
	size_t count = 0;
	int CLEANUP(fd_close) root = -1;
	struct delivery delivery = delivery_of(run);
	if (!run->spec_path || strcmp(run->spec_path, "-") == 0) {
		return error_set(run->error, "--adopt changes the spec, which has to be a file");
	}
	if (!delivery_open(&delivery, &root, run->error)
		|| !adopt_versions(
			run->arena, run->spec, run->source, &run->plan, root, &text, &count, run->error)) {
		return false;
	}
	if (count == 0) {
		return true;
	}
	struct source *source = arena_new(run->arena, struct source);
	*source = (struct source){ run->source->path, text };
	run->source = source;
	run->findings = (struct findings){ .arena = run->arena };
	if (!make_plan(run)) {
		return false;
	}
	delivery = delivery_of(run);
	return writer_accepts(&delivery, run->error) && write_spec(run, text);
}

static bool
render(struct run *run)
{
	const struct request *request = run->request;
	if (request->templates
		&& !overrides_read(run->arena, request->templates, &run->overrides, run->error)) {
		return false;
	}
	if (!find_source(run) || !make_plan(run) || (request->is_adopting && !adopt(run)) || !deliver(run)) {
		return false;
	}
	if (!request->is_check && !request->is_diff) {
		remind_of_rbac(run, &run->agents);
	}
	return true;
}

bool
run_render(struct arena *arena, const struct request *request, bool *ret_differs, struct error *reterr)
{
	struct run run = {
		.arena = arena, .request = request, .findings = { .arena = arena }, .error = reterr
	};
	bool ok = render(&run);
	*ret_differs = run.has_difference;
	return ok;
}
