#include "access.h"
#include "agent_identity.h"
#include "bound_roles.h"

/* What the names begin with that each kind of access gives to those who use it. */
static const struct str job_names[] = { STR_INIT("gitlab:ci_job"), STR_INIT("gitlab:group:"),
	STR_INIT("gitlab:group_env_tier:"), STR_INIT("gitlab:project:"), STR_INIT("gitlab:project_env:"),
	STR_INIT("gitlab:project_env_tier:") };
static const struct str user_names[] = { STR_INIT("gitlab:user"), STR_INIT("gitlab:project_role:"),
	STR_INIT("gitlab:group_role:") };

/* May the binding give something to one of those names? Everybody who is authenticated is. */
static bool
binds_one(const struct applied *binding, const struct str *names, size_t count)
{
	for (const struct ynode *subject = binding_subjects(binding); subject; subject = subject->next) {
		const struct ynode *name = ynode_get(subject, STR("name"));
		bool may_be = !applied_is_plain(name) || str_eq(ynode_str(name), STR("system:authenticated"));
		for (size_t i = 0; i < count && !may_be; i++) {
			may_be = str_starts(ynode_str(name), names[i]);
		}
		if (may_be) {
			return true;
		}
	}
	return false;
}

static bool
is_bound(const struct cluster *cluster, const struct str *names, size_t count)
{
	for (size_t i = 0; i < cluster->objects.len; i++) {
		const struct applied *applied = &cluster->objects.items[i];
		bool is_open = applied_is_binding(applied) && applied->object->may_differ;
		if (is_open || (applied_is_binding(applied) && binds_one(applied, names, count))) {
			return true;
		}
	}
	return false;
}

static void
report(struct lint *lint, const struct install *install, const struct agent *agent, const char *who,
	const char *example)
{
	(void)install_report(lint, install, NULL,
		arena_printf(lint_arena(lint),
			"agent \"%.*s\" acts as %s, and nothing here gives them any right",
			STR_ARG(agent->name), who),
		arena_printf(lint_arena(lint),
			"bind a role to a group such as %s, unless that is done elsewhere", example));
}

static void
check(struct lint *lint, const struct install *install)
{
	const struct agent *agent = install_agent(lint, install);
	const struct cluster *cluster = install_cluster(install);
	struct access_features features = { .has = { false } };
	if (!agent || !agent->cfg || agent->cfg->is_refused || !cluster || !cluster->root->is_complete) {
		return;
	}
	access_features_add(lint_arena(lint), &features, agent->cfg->root);
	if (features.has[ACCESS_CI_JOB] && !is_bound(cluster, job_names, countof(job_names))) {
		report(lint, install, agent, "CI jobs", "gitlab:project:ID");
	}
	if (features.has[ACCESS_USER] && !is_bound(cluster, user_names, countof(user_names))) {
		report(lint, install, agent, "GitLab's users", "gitlab:project_role:ID:developer");
	}
}

const struct rule rule_CV012 = {
	.code = "CV012",
	.name = "impersonated-group-unbound",
	.summary = "The agent acts as CI jobs or users of GitLab, and no binding names them.",
	.rationale = "With `access_as: {ci_job: {}}` and `{user: {}}` those who use the agent have the "
		     "rights of the "
		     "identities that GitLab gives them (`gitlab:project:42`, "
		     "`gitlab:project_role:42:developer`), and "
		     "nothing else. Until a RoleBinding or ClusterRoleBinding names one of these, every "
		     "request is "
		     "refused.\n\nSaid where the repository shows whose agent an install is (see CV008) and "
		     "all that the "
		     "cluster gets from it is known. The bindings may be made elsewhere: an information.",
	.advice = "Bind roles to the groups that shall use the cluster. Ids are numbers; a project's is on "
		  "its page.",
	.reference =
		"https://docs.gitlab.com/user/clusters/agent/ci_cd_workflow/#impersonate-the-cicd-job-that-"
		"accesses-the-cluster",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.check_install = check,
};
