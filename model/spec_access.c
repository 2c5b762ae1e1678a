#include "access.h"
#include "spec_parts.h"
#include "ypath.h"

static struct str
choices(void)
{
	return STR("say what they may do with rbac.access: namespaced (role in namespaces), view, existing "
		   "(your "
		   "ClusterRole), cluster-admin, or none when you bind roles yourself; or let GitLab "
		   "impersonate them: "
		   "access_as: {ci_job: {}} in ci_access, {user: {}} in user_access");
}

/* Whoever acts as the agent itself needs what only they know. */
static void
check_derivable(struct spec_reader *reader, const struct spec_agent *agent)
{
	struct access_features features = { 0 };
	access_features_add(reader->arena, &features, ynode_get(agent->tree, STR("config")));
	for (size_t i = 0; i < features.unknown.len; i++) {
		const struct access_unknown *unknown = &features.unknown.items[i];
		struct str help = unknown->kind == ACCESS_WORKSPACES
			? STR("say it with rbac.access: existing (your ClusterRole), cluster-admin, or none "
			      "when you "
			      "bind roles yourself")
			: choices();
		(void)spec_report(reader, SEVERITY_ERROR, unknown->at, spec_agent_place(agent),
			arena_printf(reader->arena, "%.*s: rbac.access: derived cannot know what that needs",
				STR_ARG(access_unknown_text(reader->arena, unknown))),
			help);
	}
}

static bool
is_empty(const struct spec_agent *agent, const char *path)
{
	const struct ynode *node = ypath_dotted(agent->tree, str_from(path));
	return !node || node->len == 0;
}

/* A field that the chosen access does not read; one that stands in the defaults is there for other agents. */
static void
refuse(struct spec_reader *reader, const struct spec_agent *agent, const char *path, struct str access)
{
	bool is_chosen_here = spec_agent_says(agent, path) || !spec_agent_says(agent, "rbac.access");
	if (is_chosen_here && !is_empty(agent, path)) {
		(void)spec_agent_error(reader, agent, path,
			arena_printf(reader->arena, "%s means nothing with rbac.access: %.*s", path,
				STR_ARG(access)),
			STR("drop it, or choose rbac.access: namespaced (role in namespaces) or existing "
			    "(role)"));
	}
}

static void
require(struct spec_reader *reader, const struct spec_agent *agent, const char *path, struct str access)
{
	if (is_empty(agent, path)) {
		(void)spec_agent_error(reader, agent, "rbac.access",
			arena_printf(reader->arena, "rbac.access: %.*s needs %s", STR_ARG(access), path),
			STR("existing: the ClusterRole role in the whole cluster; namespaced: role in "
			    "namespaces"));
	}
}

static void
check_bindings(struct spec_reader *reader, const struct spec_agent *agent)
{
	const struct ynode *bindings = ypath_dotted(agent->tree, STR("rbac.bindings"));
	const struct ynode *item = ynode_is(bindings, YNODE_SEQUENCE) ? bindings->first : NULL;
	for (; item; item = item->next) {
		int subjects = (ynode_get(item, STR("user")) != NULL)
			+ (ynode_get(item, STR("group")) != NULL)
			+ (ynode_get(item, STR("serviceAccount")) != NULL);
		if (ynode_is(item, YNODE_MAPPING) && subjects != 1) {
			(void)spec_report(reader, SEVERITY_ERROR, item, spec_agent_place(agent),
				subjects ? STR("a binding for more than one subject")
					 : STR("a binding without a subject"),
				STR("state one of user, group and serviceAccount; one binding each"));
		}
	}
}

void
spec_check_access(struct spec_reader *reader, const struct spec_agent *agent)
{
	struct str access = spec_agent_text(agent, "rbac.access");
	bool is_namespaced = str_eq(access, STR("namespaced"));

	check_bindings(reader, agent);
	if (str_eq(access, STR("derived"))) {
		check_derivable(reader, agent);
	}
	if (is_namespaced) {
		require(reader, agent, "rbac.namespaces", access);
	} else {
		refuse(reader, agent, "rbac.namespaces", access);
	}
	if (is_namespaced || str_eq(access, STR("existing"))) {
		require(reader, agent, "rbac.role", access);
	} else {
		refuse(reader, agent, "rbac.role", access);
	}
}
