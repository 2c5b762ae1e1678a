#include "request.h"

#include "versions.h"
#include "yemit.h"

static const struct option options[] = {
	{ .short_name = 'f',
		.name = "file",
		.kind = OPTION_TEXT,
		.value_name = "SPEC",
		.help = "The spec; - reads standard input. Without it glagent.yaml is looked for from the "
			"working "
			"directory up to the repository's root",
		.offset = offsetof(struct request, spec) },
	{ .short_name = 'a',
		.name = "agent",
		.kind = OPTION_LIST,
		.value_name = "NAME",
		.help = "Only this agent of the spec",
		.offset = offsetof(struct request, agents),
		.comma = true },
	{ .short_name = 'o',
		.name = "output-dir",
		.kind = OPTION_TEXT,
		.value_name = "DIR",
		.help = "Write files below this directory instead of standard output",
		.offset = offsetof(struct request, directory) },
	{ .name = "kas-address",
		.kind = OPTION_TEXT,
		.value_name = "URL",
		.help = "Render without a spec: the one --agent, which connects to this address",
		.offset = offsetof(struct request, kas_address) },
	{ .name = "from",
		.kind = OPTION_TEXT,
		.value_name = "PATH",
		.help = "For init: read the installation that is there, a HelmRelease, values, or all below "
			"a "
			"directory",
		.offset = offsetof(struct request, from) },
	{ .name = "templates",
		.kind = OPTION_TEXT,
		.value_name = "DIR",
		.help = "Render from DIR/NAME.yaml in the place of the template of that name",
		.offset = offsetof(struct request, templates) },
	{ .name = "project",
		.kind = OPTION_TEXT,
		.value_name = "PATH",
		.help = "For repo: the project that --output-dir is a clone of, where Flux reads another one "
			"than "
			"that of the agents. Without it the Git remote says so",
		.offset = offsetof(struct request, project) },
	{ .name = "check",
		.kind = OPTION_FLAG,
		.help = "Name the files below --output-dir that do not say what the spec says, and write "
			"none",
		.offset = offsetof(struct request, is_check) },
	{ .name = "diff",
		.kind = OPTION_FLAG,
		.help = "Show how they differ, and write none",
		.offset = offsetof(struct request, is_diff) },
	{ .name = "dry-run",
		.kind = OPTION_FLAG,
		.help = "List the files that would be written, kept or refused, and write none",
		.offset = offsetof(struct request, is_dry_run) },
	{ .name = "force",
		.kind = OPTION_FLAG,
		.help = "Overwrite files that were edited, or that glagent-gen did not write",
		.offset = offsetof(struct request, is_forced) },
	{ .name = "adopt",
		.kind = OPTION_FLAG,
		.help = "For repo: take chart versions that were changed in generated files into the spec "
			"first",
		.offset = offsetof(struct request, is_adopting) },
	{ .name = "allow-reinstall",
		.kind = OPTION_FLAG,
		.help = "Write a HelmRelease even where Flux then uninstalls the agent and installs it anew",
		.offset = offsetof(struct request, may_reinstall) },
	{ .short_name = 'h',
		.name = "help",
		.kind = OPTION_FLAG,
		.help = "Print this text",
		.offset = offsetof(struct request, wants_help) },
	{ .short_name = 'V',
		.name = "version",
		.kind = OPTION_FLAG,
		.help = "Print the version",
		.offset = offsetof(struct request, wants_version) },
	{ 0 },
};

static const struct command command = {
	.program = "glagent-gen",
	.arguments = "[OUTPUT]",
	.summary = "Renders what GitLab agents for Kubernetes need in Git and on a terminal from one spec.",
	.options = options,
};

enum { OUTPUTS_MAX = 32 };

static bool
choose_output(const char *name, struct request *request, struct error *reterr)
{
	const char *names[OUTPUTS_MAX] = { NULL };
	size_t count = 0;

	request->output = output_get(str_from(name));
	if (request->output) {
		return true;
	}
	for (; outputs[count].name; count++) {
		assert(count + 1 < countof(names));
		names[count] = outputs[count].name;
	}
	const char *nearest = options_nearest(name, names);
	return error_set(reterr, "unknown output \"%.40s\"%s%s%s", name, nearest ? "; did you mean " : "",
		nearest ? nearest : "", nearest ? "?" : "; glagent-gen --help lists them");
}

/* What is asked of the files below --output-dir: one thing, and with that option. */
static bool
check_modes(const struct request *request, struct error *reterr)
{
	const struct {
		const char *name;
		bool is_given;
	} modes[] = { { "--check", request->is_check }, { "--diff", request->is_diff },
		{ "--dry-run", request->is_dry_run }, { "--force", request->is_forced },
		{ "--adopt", request->is_adopting } };
	const char *given = NULL;
	for (size_t i = 0; i < countof(modes); i++) {
		if (modes[i].is_given && given) {
			return error_set(reterr, "%s and %s exclude each other", given, modes[i].name);
		}
		given = modes[i].is_given ? modes[i].name : given;
	}
	return !given || request->directory || request->output->run
		|| error_set(reterr, "%s is about the files below --output-dir: state that too", given);
}

bool
request_parse(struct arena *arena, int argc, const char *const *argv, struct request *ret_request,
	struct error *reterr)
{
	struct request request = { .output = &outputs[0] };
	if (!options_parse(arena, &command, argc, argv, &request, &request.arguments, reterr)) {
		return false;
	}
	if (request.arguments.len > 0) {
		if (!choose_output(request.arguments.items[0], &request, reterr)) {
			return false;
		}
		request.arguments.items++;
		request.arguments.len--;
	}
	bool is_asking = request.wants_help || request.wants_version;
	if (request.arguments.len > 0 && !request.output->run && !is_asking) {
		return error_set(reterr, "unexpected argument \"%.40s\": one output at a time",
			request.arguments.items[0]);
	}
	if (request.output->needs_directory && !request.directory && !is_asking) {
		return error_set(reterr, "%s is a directory of files: state where with --output-dir",
			request.output->name);
	}
	if (!is_asking && !check_modes(&request, reterr)) {
		return false;
	}
	*ret_request = request;
	return true;
}

/* {KEY: {NAME: text}} into `agent` */
static void
put_field(struct ylist *agent, const char *key, const char *name, struct str text)
{
	struct ylist map = ylist_mapping(agent->arena);
	ylist_put(&map, str_from(name), ynode_scalar(agent->arena, text, YSTYLE_QUOTED));
	ylist_put(agent, str_from(key), map.parent);
}

const struct source *
request_bare_source(struct arena *arena, const struct request *request)
{
	struct ylist agent = ylist_mapping(arena), agents = ylist_sequence(arena),
		     spec = ylist_mapping(arena), root = ylist_mapping(arena);
	struct source *source = arena_new(arena, struct source);
	struct buf text = { .arena = arena };

	ylist_put(
		&agent, STR("name"), ynode_scalar(arena, str_from(request->agents.items[0]), YSTYLE_QUOTED));
	put_field(&agent, "kas", "address", str_from(request->kas_address));
	if (request->output->bare_method) {
		put_field(&agent, "install", "method", str_from(request->output->bare_method));
		put_field(&agent, "chart", "version", chart_newest());
	}
	ylist_add(&agents, agent.parent);
	ylist_put(&spec, STR("agents"), agents.parent);
	ylist_put(&root, STR("apiVersion"), ynode_scalar(arena, STR("glagent.dev/v1alpha1"), YSTYLE_QUOTED));
	ylist_put(&root, STR("kind"), ynode_scalar(arena, STR("AgentFleet"), YSTYLE_QUOTED));
	ylist_put(&root, STR("spec"), spec.parent);
	yemit(&text, root.parent);
	*source = (struct source){ STR("arguments"), buf_str(&text) };
	return source;
}

void
request_help(struct buf *out)
{
	options_help(out, &command);
	buf_add(out, STR("\nOutputs:\n"));
	for (const struct output *output = outputs; output->name; output++) {
		buf_addf(out, "  %-10s%s%s\n", output->name, output->summary,
			output == outputs ? " (the default)" : "");
	}
	buf_add(out,
		STR("\nExamples:\n"
		    "  glagent-gen init                   A spec to change\n"
		    "  glagent-gen >values.yaml           Values for its only agent\n"
		    "  glagent-gen rbac -a production     What that agent may do\n"
		    "  glagent-gen commands -o install    A script for each agent, in install/NAME\n"
		    "  glagent-gen -a production --kas-address wss://kas.gitlab.com\n"));
	buf_add(out,
		STR("\nExit status: 0 done, 1 --check or --diff found a difference, 2 a bad spec, bad\n"
		    "arguments, a failed read or write, or a write that would lose what others wrote.\n"));
}
