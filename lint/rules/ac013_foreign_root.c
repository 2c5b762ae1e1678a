#include "agent_grants.h"
#include "declared_gitlab.h"
#include "scripts/ci_jobs.h"

enum { ANY_ROOT_MAJOR = 18, ANY_ROOT_MINOR = 4 }; /* user_access reaches other groups from then on */

static struct str
root_of(struct str path)
{
	return str_first(path, str_find_char(path, '/'));
}

static void
report(struct lint *lint, const struct agentcfg *cfg, const struct declared_gitlab *gitlab,
	const struct agentcfg_access *access)
{
	struct finding *finding = lint_report(lint, access->id,
		"\"%.*s\" is not below \"%.*s\", where the agent's project is: GitLab drops the entry "
		"without a word",
		STR_ARG(ynode_str(access->id)), STR_ARG(root_of(ynode_str(gitlab->project))));
	lint_relate(lint, finding, gitlab->project, "the agent's project is declared here");
	lint_help(lint, finding,
		"register an agent in a project of that group, or have an administrator allow agents for the "
		"whole instance");
	lint_object(lint, finding, cfg->root, access->id);
}

static void
check(struct lint *lint, const struct agent *agent)
{
	struct declared_gitlab gitlab = declared_gitlab(lint_repository(lint)->files);
	const struct agentcfg *cfg = agent_judged_config(agent);
	struct grants grants = grants_collect(lint_arena(lint), gitlab.project ? cfg : NULL);
	bool users_are_bound = declared_before(&gitlab, ANY_ROOT_MAJOR, ANY_ROOT_MINOR);
	for (size_t i = 0; i < grants.len; i++) {
		const struct agentcfg_access *access = &grants.items[i];
		bool is_ci = str_eq(access->section, STR("ci_access"));
		struct str id = ynode_str(access->id);
		/* what is no path is AC007's */
		bool is_path = ci_text_is_plain(id) && id.ptr[0] != '/' && !str_has_char(id, ':')
			&& (str_has_char(id, '/') || str_eq(access->list, STR("groups")));
		if ((is_ci || users_are_bound) && is_path
			&& !str_eq_nocase(root_of(id), root_of(ynode_str(gitlab.project)))) {
			report(lint, cfg, &gitlab, access);
		}
	}
}

const struct rule rule_AC013 = {
	.code = "AC013",
	.name = "foreign-root-namespace",
	.summary = "An agent is granted to a project or group outside of its own top-level group.",
	.rationale =
		"GitLab gives an agent only to projects and groups below the top-level group, or the user, "
		"that its own project belongs to. Other entries are skipped and nobody is told: jobs there "
		"get no context. Administrators of a GitLab of one's own may lift that "
		"(`organization_cluster_agent_authorization_enabled`), which is why this is no error. For "
		"`user_access` the limit fell with GitLab 18.4.\n\nIt is judged for the project that "
		"`glagent.yaml` at the root of the repository declares (`spec.gitlab.project`), for "
		"`user_access` only with a declared version before 18.4.\n\nTo verify: run `kubectl config "
		"get-contexts` in a job of that project.",
	.advice = "Register another agent in a project of that group, and install it beside this one.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/ci_cd_workflow/#authorize-agent-access",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_agent = check,
};
