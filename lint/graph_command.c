/* glagent-lint graph */
#include "command_parts.h"
#include "flux_objects.h"
#include "fs.h"
#include "fs_open.h"
#include "graph/graph.h"
#include "lint_commands.h"
#include "options.h"
#include "path.h"
#include "root.h"

enum { ROOTS_SHOWN_MAX = 10 };

struct graph_options {
	int format, jobs;
	const char *cluster, *root;
	bool help;
};

static const char *const formats[] = { "mermaid", "dot", "json", NULL };

static const struct option graph_options[] = {
	{ .name = "format",
		.kind = OPTION_CHOICE,
		.value_name = "FORMAT",
		.help = "How to draw (mermaid)",
		.offset = offsetof(struct graph_options, format),
		.choices = formats },
	{ .name = "cluster",
		.kind = OPTION_TEXT,
		.value_name = "PATH",
		.help = "Only the cluster whose Flux starts at this path of the repository",
		.offset = offsetof(struct graph_options, cluster) },
	{ .name = "root",
		.kind = OPTION_TEXT,
		.value_name = "DIR",
		.help = "The repository (found by its .git from the first PATH or the working directory "
			"upwards)",
		.offset = offsetof(struct graph_options, root) },
	{ .short_name = 'j',
		.name = "jobs",
		.kind = OPTION_NUMBER,
		.value_name = "N",
		.help = "Threads that read files (one a processor); the graph is the same for any number",
		.offset = offsetof(struct graph_options, jobs) },
	{ .short_name = 'h',
		.name = "help",
		.kind = OPTION_FLAG,
		.help = "Print this help",
		.offset = offsetof(struct graph_options, help) },
	{ .name = NULL },
};

static const struct command graph_command = {
	.program = "glagent-lint",
	.name = "graph",
	.arguments = "[PATH]",
	.summary = "Draw what Flux applies from a repository: clusters, Kustomizations, releases and agents, "
		   "and "
		   "what is broken between them.",
	.options = graph_options,
};

/* "clusters/a, clusters/b" */
static struct str
known_roots(struct arena *arena, const struct flux *flux)
{
	struct buf out = { .arena = arena };
	for (size_t i = 0; i < flux->roots.len && i < ROOTS_SHOWN_MAX; i++) {
		struct str path = flux->roots.items[i].kustomization->path;
		buf_addf(&out, "%s%.*s", i > 0 ? ", " : "", STR_ARG(shown_path(path)));
	}
	buf_add(&out, flux->roots.len > ROOTS_SHOWN_MAX ? STR(", …") : STR(""));
	return out.len > 0 ? buf_str(&out) : STR("none");
}

static bool
find_cluster(struct arena *arena, const struct flux *flux, const char *given, struct str *ret_path,
	struct error *reterr)
{
	bool is_path = path_join(arena, STR(""), str_from(given), ret_path);
	for (size_t i = 0; is_path && i < flux->roots.len; i++) {
		if (str_eq(flux->roots.items[i].kustomization->path, *ret_path)) {
			return true;
		}
	}
	return error_set(
		reterr, "no cluster starts at \"%s\"; known: %s", given, known_roots(arena, flux).ptr);
}

static int
draw(struct arena *arena, const struct graph_options *options, const struct lint_run *run)
{
	static void (*const printers[])(
		struct buf *, const struct graph *) = { graph_as_mermaid, graph_as_dot, graph_as_json };
	const struct flux *flux = run->repository.flux;
	struct buf out = { .arena = arena };
	struct str cluster;
	struct error error;
	if (options->cluster && !find_cluster(arena, flux, options->cluster, &cluster, &error)) {
		return command_trouble(&error);
	}
	const struct graph *graph =
		graph_collect(arena, &run->repository, options->cluster ? &cluster : NULL);
	printers[options->format](&out, graph);
	if (graph->nodes.len == 0) {
		(void)error_set(&error,
			"nothing to draw: looked for gotk-sync.yaml, Flux Kustomizations, HelmReleases and "
			".gitlab/agents");
		(void)command_trouble(&error);
	}
	command_say_failures(run);
	if (!fs_write_report(buf_str(&out), &error)) {
		return command_trouble(&error);
	}
	return run->failures.len > 0 ? EXIT_TROUBLE : EXIT_CLEAN;
}

static int
read_and_draw(struct arena *arena, const struct graph_options *options, const struct option_list *paths)
{
	struct lint_run CLEANUP(lint_run_release) run = { 0 };
	struct root root = { .fd = -1 };
	struct error error;
	if (!root_find(arena, options->root, paths, &root, &error)) {
		return command_trouble(&error);
	}
	int CLEANUP(fd_close) fd = root.fd;
	struct lint_options how = { .jobs = command_jobs(options->jobs),
		.selected = arena_new_n(arena, bool, rule_count) };
	return lint_run(&run, fd, &how, &error) ? draw(arena, options, &run) : command_trouble(&error);
}

int
command_graph(int argc, const char *const *argv)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct graph_options options = { 0 };
	struct option_list paths = { 0 };
	struct buf out = { .arena = &arena };
	struct error error;
	if (!options_parse(&arena, &graph_command, argc, argv, &options, &paths, &error)) {
		return command_trouble(&error);
	}
	if (options.help) {
		options_help(&out, &graph_command);
		return fs_write_report(buf_str(&out), &error) ? EXIT_CLEAN : command_trouble(&error);
	}
	return read_and_draw(&arena, &options, &paths);
}
