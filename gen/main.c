#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "fs.h"
#include "fs_open.h"
#include "locate.h"
#include "names.h"
#include "report_text.h"
#include "request.h"
#include "vec.h"
#include "writer.h"
#include "yemit.h"

enum { EXIT_DIFFERENCE = 1, EXIT_TROUBLE = 2 };

struct run {
	struct arena *arena;
	struct request request;
	struct sources sources;
	struct findings findings;
	const struct spec *spec;
	struct str fleet;    /* metadata.name of the spec; may be empty */
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

/* A spec of one agent, as its arguments say. */
static const struct source *
bare_source(struct run *run)
{
	struct arena *arena = run->arena;
	struct ylist kas = ylist_mapping(arena);
	struct ylist agent = ylist_mapping(arena);
	struct source *source = arena_new(arena, struct source);
	struct buf text = { .arena = arena };

	ylist_put(
		&kas, STR("address"), ynode_scalar(arena, str_from(run->request.kas_address), YSTYLE_QUOTED));
	ylist_put(&agent, STR("name"),
		ynode_scalar(arena, str_from(run->request.agents.items[0]), YSTYLE_QUOTED));
	ylist_put(&agent, STR("kas"), kas.parent);
	buf_add(&text, STR("apiVersion: glagent.dev/v1alpha1\nkind: AgentFleet\nspec:\n  agents:\n    - "));
	struct buf item = { .arena = arena };
	yemit(&item, agent.parent);
	struct str rest = str_trim(buf_str(&item));
	while (rest.ptr) {
		struct str line = str_cut(&rest, '\n');
		buf_addf(&text, "%.*s\n%s", STR_ARG(line), rest.ptr ? "      " : "");
	}
	*source = (struct source){ STR("arguments"), buf_str(&text) };
	return source;
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
		*ret_source = bare_source(run);
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

/* metadata.name of a spec that was read: the view knows only what is rendered. */
static struct str
fleet_name(struct arena *arena, const struct source *source)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	const struct ydoc *docs = NULL;
	struct ysyntax_error error;
	if (!ytree_parse(arena, &scratch, source, 1, YTREE_VALUES, &docs, &error) || !docs) {
		return STR("");
	}
	return ynode_str(ynode_at(docs->root, "metadata", "name", NULL));
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
	run->fleet = run->spec ? fleet_name(run->arena, source) : STR("");
	size_t errors = findings_count(&run->findings, SEVERITY_ERROR);
	return run->spec
		|| error_set(&run->error, "%.*s: %zu %s, nothing rendered", STR_ARG(source->path), errors,
			errors == 1 ? "error" : "errors");
}

/* "production, second" */
static struct str
names_of(struct arena *arena, const struct spec *spec)
{
	struct buf out = { .arena = arena };
	for (size_t i = 0; i < spec->len; i++) {
		buf_addf(&out, "%s%s", i ? ", " : "", spec->agents[i].view.name);
	}
	return buf_str(&out);
}

static bool
fail_unknown(struct run *run, const char *name)
{
	const char **names = arena_new_n(run->arena, const char *, run->spec->len + 1);
	for (size_t i = 0; i < run->spec->len; i++) {
		names[i] = run->spec->agents[i].view.name;
	}
	const char *nearest = options_nearest(name, names);
	return nearest ? error_set(&run->error, "--agent: the spec has no agent \"%.63s\"; did you mean %s?",
		       name, nearest)
		       : error_set(&run->error, "--agent: the spec has no agent \"%.63s\"; it has %.*s", name,
			       STR_ARG(names_of(run->arena, run->spec)));
}

static bool
is_chosen(const struct option_list *names, const char *name)
{
	for (size_t i = 0; i < names->len; i++) {
		if (strcmp(names->items[i], name) == 0) {
			return true;
		}
	}
	return names->len == 0;
}

static bool
are_of_one_cluster(const struct plan_agents *agents)
{
	for (size_t i = 1; i < agents->len; i++) {
		if (strcmp(agents->items[0]->view.cluster, agents->items[i]->view.cluster) != 0) {
			return false;
		}
	}
	return true;
}

/* One stream is for one file, or for one cluster: what is applied from it must not reach another. */
static bool
fits_one_stream(struct run *run, const struct plan_agents *agents)
{
	const struct request *request = &run->request;
	if (request->directory || agents->len < 2) {
		return true;
	}
	if (!request->output->is_joined) {
		return error_set(&run->error,
			"%s of several agents do not fit into one file: choose one with --agent, or write "
			"all with "
			"--output-dir: %.*s",
			request->output->name, STR_ARG(names_of(run->arena, run->spec)));
	}
	return are_of_one_cluster(agents)
		|| error_set(&run->error,
			"%s of several clusters must not be applied together: choose agents of one with "
			"--agent, or "
			"write all with --output-dir: %.*s",
			request->output->name, STR_ARG(names_of(run->arena, run->spec)));
}

/* The agents to render for, in the spec's order. */
static bool
choose_agents(struct run *run, struct plan_agents *ret_agents)
{
	const struct request *request = &run->request;
	struct plan_agents agents = { 0 };

	for (size_t i = 0; i < request->agents.len; i++) {
		if (!spec_agent_get(run->spec, str_from(request->agents.items[i]))) {
			return fail_unknown(run, request->agents.items[i]);
		}
	}
	for (size_t i = 0; i < run->spec->len; i++) {
		if (is_chosen(&request->agents, run->spec->agents[i].view.name)) {
			vec_push(run->arena, &agents, &run->spec->agents[i]);
		}
	}
	if (!fits_one_stream(run, &agents)) {
		return false;
	}
	*ret_agents = agents;
	return true;
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

/* The paths that the plan has; they say what is stale only when no agent was left out. */
static const struct map *
known_paths(struct run *run, const struct plan *plan, const struct plan_agents *agents)
{
	struct map *paths = arena_new(run->arena, struct map);
	for (size_t i = 0; i < plan->len; i++) {
		map_put(run->arena, paths, plan->items[i].path, &plan->items[i]);
	}
	return agents->len == run->spec->len && !run->spec->is_bare ? paths : NULL;
}

static bool
deliver(struct run *run, const struct plan *plan, const struct plan_agents *agents)
{
	const struct request *request = &run->request;
	if (!request->directory) {
		return writer_print(run->arena, plan, &run->error);
	}
	struct delivery delivery = { run->arena, request->directory, plan,
		{ run->fleet, str_from(request->output->name) }, known_paths(run, plan, agents) };
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

	if (!request->output->template) {
		return error_set(&run->error, "the output %s is not built yet", request->output->name);
	}
	if (!read_spec(run) || !choose_agents(run, &agents)
		|| !plan_render(run->arena, run->spec, request->output, &agents, &plan, &run->error)) {
		return false;
	}
	if (!deliver(run, &plan, &agents)) {
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
