#include "agentcfg.h"
#include "placed_installs.h"

/* Who gets the agent's own rights by its configuration. */
struct grant {
	const struct ynode *at; /* the first entry */
	struct str project;     /* the first one; empty: none */
	bool has_other_project; /* so at least one is not the agent's own */
	bool has_group;
};

struct visit {
	const struct agentcfg *cfg;
	struct grant grant;
};

/* The agent's own rights are what ci_access gives unless it says another; user_access says it once for all.
 */
static bool
gives_own_rights(const struct visit *visit, const struct agentcfg_access *access)
{
	bool is_ci = str_eq(access->section, STR("ci_access"));
	const struct ynode *owner = is_ci ? access->entry : ynode_get(visit->cfg->root, access->section);
	const struct ynode *as = ynode_get(owner, STR("access_as"));
	return as ? ynode_get(as, STR("agent")) != NULL : is_ci;
}

static void
add_access(const struct agentcfg_access *access, void *context)
{
	struct visit *visit = context;
	if (!access->id || !gives_own_rights(visit, access)) {
		return;
	}
	/* Protected branches and environments are for few. */
	bool is_limited = ynode_get(access->entry, STR("environments"))
		|| ynode_get(access->entry, STR("protected_branches_only"));
	bool is_group = str_eq(access->list, STR("groups")) && !is_limited;
	visit->grant.at =
		visit->grant.at && (visit->grant.has_group || !is_group) ? visit->grant.at : access->id;
	visit->grant.has_group |= is_group;
	struct str project = is_group || is_limited ? STR("") : ynode_str(access->id);
	bool is_first = visit->grant.project.len == 0;
	visit->grant.has_other_project |=
		project.len > 0 && !is_first && !str_eq_nocase(project, visit->grant.project);
	visit->grant.project = is_first ? project : visit->grant.project;
}

static void
check(struct lint *lint, const struct install *install)
{
	const struct agent *agent = install_agent(lint_repository(lint), install);
	if (!agent || !agent->cfg || agent->cfg->is_refused || !install_is_admin_by_default(install)) {
		return;
	}
	struct visit visit = { .cfg = agent->cfg };
	agentcfg_each_access(agent->cfg, add_access, &visit);
	if (!visit.grant.at || visit.grant.at->source == 0) {
		return;
	}
	bool is_wide = visit.grant.has_group || visit.grant.has_other_project;
	struct finding *finding = lint_report(lint, visit.grant.at, "%s cluster-admin through this agent",
		visit.grant.has_group ? "a whole group is"
			: is_wide     ? "several projects are"
				      : "whoever this lets in is");
	finding->severity = is_wide ? SEVERITY_ERROR : SEVERITY_WARNING;
	lint_relate(lint, finding, install_place(install, NULL), "the chart binds cluster-admin here");
	lint_help(lint, finding,
		"grant the agent less (rbac.create: false, rbac.useExistingRole), or have it impersonate who "
		"asks: "
		"access_as with ci_job or user");
}

const struct rule rule_CV008 = {
	.code = "CV008",
	.name = "cluster-admin-exposed",
	.summary = "Projects or groups use an agent that is cluster-admin, with the agent's own rights.",
	.rationale = "The chart makes the agent cluster-admin unless told otherwise (CV007), and the agent's "
		     "configuration lends these rights out: to every CI job of the projects and groups in "
		     "`ci_access`, unless `access_as` says otherwise, and to the members in `user_access` "
		     "with `access_as: {agent: {}}`. Who may run a job there can read every Secret of the "
		     "cluster.\n\nAn error where a group or several projects get that, a warning for a "
		     "single project, which may be the agent's own, and for entries that are limited to "
		     "environments or protected branches. Said where the repository shows whose agent an "
		     "install is: by the annotation `glagent.dev/agent` of its HelmRelease, or because there "
		     "is one agent and one install, and the release is called after either the agent or the "
		     "chart.",
	.advice = "Bind what the agent needs instead of cluster-admin, or let it impersonate: `access_as: "
		  "{ci_job: {}}` and `{user: {}}`, with roles for those identities.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/ci_cd_workflow/"
		     "#restrict-project-and-group-access-by-using-impersonation",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_install = check,
};
