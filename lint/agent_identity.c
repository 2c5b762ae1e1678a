#include "agent_identity.h"

#include "aside.h"
#include "declared_gitlab.h"
#include "scripts/ci_jobs.h"

enum { INSTALLS_MAX = 200 }; /* jobs and declarations are gone through for each */

/* What no agent is called. */
#define NOT_HERE STR("/")

static const struct agent *
find_agent(const struct agents *agents, struct str name)
{
	for (size_t i = 0; i < agents->len; i++) {
		if (str_eq(agents->items[i].name, name)) {
			return &agents->items[i];
		}
	}
	return NULL;
}

static bool
holds(struct str text, struct str part)
{
	return part.len > 0 && str_find(text, part) < text.len;
}

/* A release is called after its agent, or after the chart; GitLab's own command calls the namespace
 * gitlab-agent-NAME. */
static bool
is_of_another(const struct install *install, struct str name)
{
	const struct str prefix = STR("gitlab-agent-");
	struct str release = install->release;
	bool is_common = str_eq(release, STR("gitlab-agent")) || str_eq(release, STR("agent"));
	bool is_of_it = is_common || holds(release, name) || holds(name, release);
	return !is_of_it
		|| (str_starts(install->namespace, prefix)
			&& !str_eq(str_skip(install->namespace, prefix.len), name));
}

/* Is it no example of a command? */
static bool
is_meant(const struct install *install)
{
	return !install->script || !path_is_shown(install->script->file->source.path);
}

/* A field of the agent in glagent.yaml, or of its defaults, with its name filled in. */
static struct str
declared_text(struct arena *arena, const struct declared_gitlab *gitlab, const struct ynode *agent,
	struct str field, struct str otherwise)
{
	const struct ynode *own = ynode_get(agent, field), *common = ynode_get(gitlab->defaults, field);
	struct str text = own ? ynode_str(own) : common ? ynode_str(common) : otherwise;
	struct str name = ynode_str(ynode_get(agent, STR("name"))), hole = STR("{agent}");
	if (str_has_char(name, '{')) {
		return STR("");
	}
	for (size_t at = str_find(text, hole); at < text.len; at = str_find(text, hole)) {
		text = arena_printf(arena, "%.*s%.*s%.*s", (int)at, text.ptr, STR_ARG(name),
			STR_ARG(str_skip(text, at + hole.len)));
	}
	return text;
}

/* The only agent of glagent.yaml with that release in that namespace; empty: none, or several. */
static struct str
name_by_declaration(struct lint *lint, const struct install *install)
{
	struct declared_gitlab gitlab = declared_gitlab(lint_repository(lint)->files);
	const struct ynode *item = ynode_is(gitlab.agents, YNODE_SEQUENCE) ? gitlab.agents->first : NULL;
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct str found = STR("");
	size_t count = 0;
	for (; item && install->release.len > 0; item = item->next) {
		struct str release =
			declared_text(&scratch, &gitlab, item, STR("releaseName"), STR("{agent}"));
		struct str namespace =
			declared_text(&scratch, &gitlab, item, STR("namespace"), STR("gitlab-agent-{agent}"));
		if (str_eq(release, install->release) && str_eq(namespace, install->namespace)) {
			found = ynode_str(ynode_get(item, STR("name")));
			count++;
		}
	}
	return count == 1 ? found : STR("");
}

/* Is it the project of this repository? A fork's remote names another. */
static bool
is_own_project(const struct declared_gitlab *gitlab, struct str project)
{
	return str_eq(project, STR("$CI_PROJECT_PATH")) || str_eq(project, STR("${CI_PROJECT_PATH}"))
		|| (gitlab->project && str_eq_nocase(project, ynode_str(gitlab->project)));
}

/* "path/of/project:agent" of the job's environment, when its dashboard shows this HelmRelease. Of another
 * project it is NOT_HERE. */
static struct str
agent_of_job(const struct declared_gitlab *gitlab, const struct ci_job *job, struct str resource)
{
	const struct ynode *cluster = ynode_at(job->body, "environment", "kubernetes", NULL);
	const struct ynode *dashboard = ynode_get(cluster, STR("dashboard"));
	struct str path = ynode_str(ynode_get(dashboard ? dashboard : cluster, STR("flux_resource_path")));
	bool is_shown = str_starts(path, STR("helm.toolkit.fluxcd.io/")) && str_ends(path, resource);
	struct str name = is_shown ? ynode_str(ynode_get(cluster, STR("agent"))) : STR("");
	struct str project = str_cut(&name, ':');
	if (!name.ptr || !ci_text_is_plain(name)) {
		return STR("");
	}
	return is_own_project(gitlab, project) ? name : NOT_HERE;
}

/* Of the environments that show the release; empty: none does, or they differ. */
static struct str
name_by_environment(struct lint *lint, const struct install *install)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct ci_jobs jobs;
	struct str found = STR("");
	bool is_one = install->applied != NULL;
	struct declared_gitlab gitlab = declared_gitlab(lint_repository(lint)->files);
	ci_jobs_collect(&scratch, lint_repository(lint)->files, &jobs);
	for (size_t i = 0; is_one && i < jobs.len; i++) {
		const struct identity *id = &install->applied->object->id;
		struct str resource = arena_printf(&scratch, "/namespaces/%.*s/helmreleases/%.*s",
			STR_ARG(id->namespace), STR_ARG(id->name));
		struct str name = agent_of_job(&gitlab, &jobs.items[i], resource);
		is_one = name.len == 0 || found.len == 0 || str_eq(name, found);
		found = name.len > 0 ? name : found;
	}
	return is_one ? found : STR("");
}

static bool
is_annotated(const struct install *install)
{
	return install->applied
		&& ynode_at(
			install->applied->object->node, "metadata", "annotations", "glagent.dev/agent", NULL);
}

const struct agent *
install_agent(struct lint *lint, const struct install *install)
{
	const struct repository *repository = lint_repository(lint);
	const struct agents *agents = repository->agents;
	if (is_annotated(install)) {
		return find_agent(agents, install_agent_name(install));
	}
	bool is_searched = repository->installs->items.len <= INSTALLS_MAX;
	struct str name = is_searched ? name_by_declaration(lint, install) : STR("");
	name = name.len > 0 || !is_searched ? name : name_by_environment(lint, install);
	if (name.len > 0) {
		return find_agent(agents, name);
	}
	bool is_only = agents->len == 1 && repository->installs->items.len == 1 && install->release.len > 0
		&& is_meant(install);
	return is_only && !is_of_another(install, agents->items[0].name) ? &agents->items[0] : NULL;
}
