#include "agent_identity.h"
#include "agentcfg.h"
#include "vec.h"

enum { GRANTS_SHOWN_MAX = 10 };

/* An entry that lends the agent's own rights. */
struct grant {
	const struct ynode *id;
	bool is_ci;   /* to CI jobs; else to members */
	bool is_wide; /* to a whole group, without the limits that are for few */
	bool is_limited;
};

struct visit {
	struct arena *arena;
	const struct agentcfg *cfg;
	struct {
		struct grant *items;
		size_t len, cap;
	} grants;
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
	if (!access->id || access->id->source == 0 || !gives_own_rights(visit, access)) {
		return;
	}
	/* Protected branches and environments are for few. */
	bool is_limited = ynode_get(access->entry, STR("environments"))
		|| ynode_get(access->entry, STR("protected_branches_only"));
	struct grant grant = { .id = access->id,
		.is_ci = str_eq(access->section, STR("ci_access")),
		.is_wide = str_eq(access->list, STR("groups")) && !is_limited,
		.is_limited = is_limited };
	vec_push(visit->arena, &visit->grants, grant);
}

/* The first group, or the first entry. */
static const struct grant *
widest(const struct visit *visit)
{
	for (size_t i = 0; i < visit->grants.len; i++) {
		if (visit->grants.items[i].is_wide) {
			return &visit->grants.items[i];
		}
	}
	return visit->grants.len > 0 ? &visit->grants.items[0] : NULL;
}

/* Is there a group, or a project that cannot be the agent's own because another is, too? */
static bool
reaches_others(const struct visit *visit)
{
	struct str own = STR("");
	bool is_reaching = false;
	for (size_t i = 0; i < visit->grants.len; i++) {
		const struct grant *grant = &visit->grants.items[i];
		struct str id = ynode_str(grant->id);
		is_reaching = is_reaching || grant->is_wide;
		if (!grant->is_limited) {
			is_reaching = is_reaching || (own.len > 0 && !str_eq_nocase(own, id));
			own = own.len > 0 ? own : id;
		}
	}
	return is_reaching;
}

static const char *
who(const struct grant *grant)
{
	return grant->is_ci ? "CI jobs" : "members";
}

static void
relate_others(
	struct lint *lint, struct finding *finding, const struct visit *visit, const struct grant *first)
{
	size_t shown = 0;
	for (size_t i = 0; i < visit->grants.len && shown < GRANTS_SHOWN_MAX; i++) {
		const struct grant *grant = &visit->grants.items[i];
		if (grant != first) {
			lint_relate(lint, finding, grant->id, "and %s of \"%.*s\"%s", who(grant),
				STR_ARG(ynode_str(grant->id)), grant->is_limited ? ", within limits" : "");
			shown++;
		}
	}
}

static void
check(struct lint *lint, const struct install *install)
{
	const struct agent *agent = install_agent(lint, install);
	if (!agent || !agent->cfg || agent->cfg->is_refused || !install_is_admin_by_default(install)) {
		return;
	}
	struct visit visit = { .arena = lint_arena(lint), .cfg = agent->cfg };
	agentcfg_each_access(agent->cfg, add_access, &visit);
	const struct grant *first = widest(&visit);
	if (!first) {
		return;
	}
	struct finding *finding =
		lint_report(lint, first->id, "%s of \"%.*s\" are cluster-admin through the agent \"%.*s\"",
			who(first), STR_ARG(ynode_str(first->id)), STR_ARG(agent->name));
	finding->severity = reaches_others(&visit) ? SEVERITY_ERROR : SEVERITY_WARNING;
	relate_others(lint, finding, &visit, first);
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
	.rationale =
		"The chart makes the agent cluster-admin unless told otherwise (CV007), and the agent's "
		"configuration lends these rights out: to every CI job of the projects and groups in "
		"`ci_access`, unless `access_as` says otherwise, and to the members in `user_access` "
		"with `access_as: {agent: {}}`. Who may run a job there can read every Secret of the "
		"cluster.\n\nAn error where a group or several projects get that, a warning for a "
		"single project, which may be the agent's own, and for entries that are limited to "
		"environments or protected branches. Said where the repository shows whose agent an "
		"install is: by the annotation `glagent.dev/agent` of its HelmRelease, by `glagent.yaml`, by "
		"an environment in `.gitlab-ci.yml` whose dashboard shows the release, or because there "
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
