#include "init.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "embedded.h"
#include "fs.h"
#include "fs_open.h"
#include "import.h"
#include "names.h"
#include "path.h"
#include "printable.h"
#include "template_text.h"
#include "versions.h"
#include "yemit.h"

static void
put(struct ylist *map, const char *key, struct str text)
{
	ylist_put(map, str_from(key), ynode_scalar(map->arena, text, YSTYLE_QUOTED));
}

static struct str
cluster_of(const struct situation_agent *agent)
{
	return agent->cluster.len > 0 ? agent->cluster : agent->name;
}

/* Does an agent before this one share its cluster? One of them is enough to answer a push. */
static bool
has_neighbour(const struct situation *situation, const struct situation_agent *agent)
{
	for (const struct situation_agent *other = situation->agents.items; other < agent; other++) {
		if (str_eq(cluster_of(other), cluster_of(agent))) {
			return true;
		}
	}
	return false;
}

/* A text of the repository as YAML has it, wherever it stands. */
static struct str
quoted(struct arena *arena, struct str text)
{
	struct buf out = { .arena = arena };
	yemit_inline_scalar(&out, ynode_scalar(arena, text, YSTYLE_QUOTED));
	return buf_str(&out);
}

/* Agents that are there beyond the first, which the starter explains. */
static struct str
other_agents(struct arena *arena, const struct situation *situation)
{
	struct buf out = { .arena = arena };
	for (size_t i = 1; i < situation->agents.len; i++) {
		const struct situation_agent *agent = &situation->agents.items[i];
		buf_addf(&out, "    - name: %.*s\n", STR_ARG(quoted(arena, agent->name)));
		if (agent->cluster.len > 0) {
			buf_addf(&out, "      cluster: %.*s\n", STR_ARG(quoted(arena, agent->cluster)));
		}
		if (has_neighbour(situation, agent)) {
			buf_add(&out, STR("      features: {flux: false}\n"));
		}
	}
	return buf_str(&out);
}

/* The first agent: what it may do and say is shown for one that is to be, and left alone for one that is. */
static struct str
first_agent(struct arena *arena, const struct situation *situation)
{
	if (situation->agents.len == 0) {
		return embedded_get(STR("templates/init-agent.yaml"));
	}
	const struct situation_agent *agent = &situation->agents.items[0];
	struct buf out = { .arena = arena };
	buf_addf(&out, "    - name: %.*s\n", STR_ARG(quoted(arena, agent->name)));
	if (agent->cluster.len > 0) {
		buf_addf(&out, "      cluster: %.*s\n", STR_ARG(quoted(arena, agent->cluster)));
	}
	buf_add(&out, embedded_get(STR("templates/init-present.yaml")));
	return buf_str(&out);
}

/* Without the last line end, which is the template's. */
static struct str
all_agents(struct arena *arena, const struct situation *situation)
{
	struct str first = first_agent(arena, situation), others = other_agents(arena, situation);
	struct str all = arena_printf(arena, "%.*s%.*s", STR_ARG(first), STR_ARG(others));
	return str_first(all, all.len - 1);
}

/* The defaults of the paths are below clusters/. */
static struct str
flux_lines(struct arena *arena, const struct situation *situation)
{
	struct str path = situation->flux_path, root = STR("clusters/{cluster}");
	struct buf out = { .arena = arena };
	if (!situation->has_flux) {
		return STR("# flux: {path: \"clusters/{cluster}\", manifestPath: "
			   "\"clusters/{cluster}/gitlab-agent/{agent}\"}");
	}
	buf_addf(&out, "flux:\n    path: %.*s", STR_ARG(quoted(arena, path)));
	if (!path_is_below(root, str_eq(path, STR(".")) ? STR("") : path)) {
		struct str source = arena_printf(arena, "%.*s/gitlab-agent", STR_ARG(path));
		struct str manifests = arena_printf(arena, "%.*s/{agent}", STR_ARG(source));
		buf_addf(&out, "\n    manifestPath: %.*s\n    sourcePath: %.*s",
			STR_ARG(quoted(arena, manifests)), STR_ARG(quoted(arena, source)));
	}
	return buf_str(&out);
}

static struct str
or_else(struct str known, const char *example)
{
	return known.len > 0 ? known : str_from(example);
}

struct str
init_text(struct arena *arena, const struct situation *situation)
{
	struct ylist chart = ylist_mapping(arena), gitlab = ylist_mapping(arena), map = ylist_mapping(arena);
	struct str text = STR(""), problem, project = situation->project;
	bool has_flux = situation->has_flux;

	put(&chart, "version", chart_newest());
	put(&gitlab, "url", or_else(situation->url, "https://gitlab.com"));
	put(&gitlab, "project", or_else(project, "my-group/my-clusters"));
	ylist_put(&map, STR("chart"), chart.parent);
	ylist_put(&map, STR("gitlab"), gitlab.parent);
	put(&map, "fleet", name_is_subdomain(path_base(project)) ? path_base(project) : STR("my-fleet"));
	put(&map, "flux", flux_lines(arena, situation));
	put(&map, "feature", has_flux ? STR("true") : STR("false"));
	put(&map, "install", has_flux ? STR("install: {method: flux}") : STR("# install: {method: flux}"));
	put(&map, "agents", all_agents(arena, situation));
	struct scope scope = { map.parent, NULL };
	enum fill_result result =
		text_fill(arena, embedded_get(STR("templates/init.yaml")), &scope, &text, &problem);
	assert(result == FILL_OK);
	(void)result;
	return text;
}

/* A spec of what is installed, and what it could not carry on standard error. */
static bool
import_text(struct arena *arena, const struct situation *situation, const char *from, struct str *ret_text,
	struct error *reterr)
{
	struct import import;
	struct ylist root = ylist_mapping(arena), metadata = ylist_mapping(arena),
		     spec = ylist_mapping(arena), gitlab = ylist_mapping(arena),
		     annotations = ylist_mapping(arena);
	struct buf out = { .arena = arena };
	if (!import_read(arena, from, situation, &import, reterr)) {
		return false;
	}
	struct str project = path_base(situation->project);
	put(&annotations, "config.kubernetes.io/local-config", STR("true"));
	put(&metadata, "name", name_is_subdomain(project) ? project : STR("my-fleet"));
	ylist_put(&metadata, STR("annotations"), annotations.parent);
	put(&gitlab, "url", or_else(situation->url, "https://gitlab.com"));
	put(&gitlab, "project", or_else(situation->project, "my-group/my-clusters"));
	ylist_put(&spec, STR("gitlab"), gitlab.parent);
	ylist_put(&spec, STR("flux"), import.flux.parent->len > 0 ? import.flux.parent : NULL);
	ylist_put(&spec, STR("agents"), import.agents.parent);
	put(&root, "apiVersion", STR("glagent.dev/v1alpha1"));
	put(&root, "kind", STR("AgentFleet"));
	ylist_put(&root, STR("metadata"), metadata.parent);
	ylist_put(&root, STR("spec"), spec.parent);
	buf_addf(&out,
		"# The agents that %.*s installs, as glagent-gen renders them. What is below values and\n"
		"# install.helmRelease is as it was there.\n",
		STR_ARG(import.taken));
	yemit(&out, root.parent);
	for (size_t i = 0; i < import.notes.len; i++) {
		(void)fprintf(stderr, "note: %.*s\n", STR_ARG(printable(arena, import.notes.items[i])));
	}
	*ret_text = buf_str(&out);
	return true;
}

/* The starter, or what is installed. */
static bool
text_for(struct arena *arena, int root, const char *from, struct str *ret_text, struct error *reterr)
{
	struct situation situation;
	if (!situation_find(arena, root, &situation, reterr)) {
		return false;
	}
	*ret_text = from ? STR("") : init_text(arena, &situation);
	return !from || import_text(arena, &situation, from, ret_text, reterr);
}

bool
init_write(struct arena *arena, const char *path, const char *from, struct error *reterr)
{
	struct stat status;
	struct str name = str_from(path), base = path_base(name);
	struct str parent = str_first(name, name.len - base.len);
	if (base.len == 0 || str_eq(base, STR(".")) || str_eq(base, STR(".."))) {
		return error_set(reterr, "\"%s\" is a directory, expected the name of a file", path);
	}
	if (lstat(path, &status) == 0) {
		return error_set(reterr,
			"%s is there already and stays as it is; \"glagent-gen init -\" prints the starter",
			path);
	}
	const char *directory = parent.len ? arena_str(arena, parent).ptr : ".";
	int CLEANUP(fd_close) root = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (root < 0) {
		return error_set_errno(reterr, "%s", directory);
	}
	struct str text;
	return text_for(arena, root, from, &text, reterr) && fs_write(root, base, text, reterr);
}

static bool
init_print(struct arena *arena, const char *from, struct error *reterr)
{
	struct str text;
	int CLEANUP(fd_close) root = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (root < 0) {
		return error_set_errno(reterr, "the working directory");
	}
	return text_for(arena, root, from, &text, reterr) && fs_write_stdout(text, reterr);
}

bool
init_run(struct arena *arena, const struct request *request, struct error *reterr)
{
	const struct option_list *arguments = &request->arguments;
	if (arguments->len > 1) {
		return error_set(reterr, "init writes one file, but %zu are named", arguments->len);
	}
	bool has_mode = request->is_check || request->is_diff || request->is_dry_run || request->is_forced;
	if (request->spec || request->directory || request->kas_address || request->agents.len || has_mode) {
		return error_set(
			reterr, "init takes no option but --from, and the name of the file to write, or -");
	}
	const char *path = arguments->len ? arguments->items[0] : "glagent.yaml";
	if (strcmp(path, "-") == 0) {
		return init_print(arena, request->from, reterr);
	}
	return init_write(arena, path, request->from, reterr);
}
