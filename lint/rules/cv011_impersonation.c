#include "access.h"
#include "agent_identity.h"
#include "bound_roles.h"
#include "flux_objects.h"

static bool
is_impersonation(enum access_feature feature)
{
	return feature == ACCESS_CI_JOB || feature == ACCESS_IMPERSONATE || feature == ACCESS_USER;
}

/* What the agent's configuration needs and no role gives; the first gap. */
static bool
find_gap(struct arena *arena, const struct agent *agent, const struct bound_roles *roles,
	struct access_rule *ret_need, struct access_gap *ret_gap)
{
	struct access_features features = { .has = { false } };
	access_features_add(arena, &features, agent->cfg->root);
	struct access_rules needs = access_rules_of(arena, &features);
	for (size_t i = 0; i < needs.len; i++) {
		if (is_impersonation(needs.items[i].feature)
			&& access_find_gap(&needs.items[i], roles->rules.items, roles->rules.len, ret_gap)) {
			*ret_need = needs.items[i];
			return true;
		}
	}
	return false;
}

static void
check(struct lint *lint, const struct install *install)
{
	struct arena *arena = lint_arena(lint);
	const struct agent *agent = install_agent(lint, install);
	struct access_rule need;
	struct access_gap gap;
	if (!agent || !agent->cfg || agent->cfg->is_refused) {
		return;
	}
	struct bound_roles roles = bound_roles_of(arena, install);
	if (roles.is_unknown || !roles.first || !find_gap(arena, agent, &roles, &need, &gap)) {
		return;
	}
	struct value role = install_value(install, STR("rbac.useExistingRole"));
	struct finding *finding = install_report(lint, install, role.node,
		arena_printf(arena,
			"agent \"%.*s\" is to impersonate, and none of its roles lets it %.*s %.*s",
			STR_ARG(agent->name), STR_ARG(gap.verb), STR_ARG(gap.resource)),
		STR("let its ClusterRole impersonate users, groups and userextras, as GitLab's documentation "
		    "lists "
		    "them; `glagent-gen` writes such a role for `rbac.access: derived`"));
	lint_relate(lint, finding, applied_name_node(roles.first), "this role is bound to it");
}

const struct rule rule_CV011 = {
	.code = "CV011",
	.name = "impersonation-not-granted",
	.summary = "The agent is to act as CI jobs or users, and may impersonate nobody.",
	.rationale = "With `access_as: {ci_job: {}}`, `{impersonate: …}` or `{user: {}}` the agent asks the "
		     "API server on "
		     "behalf of somebody else. That takes the verb `impersonate` for users, groups and each "
		     "`userextras/…`; `cluster-admin` has it, a role of your own has it only when it says "
		     "so. Without it "
		     "every request ends with *403: users … is forbidden: … cannot impersonate*.\n\nSaid "
		     "where the "
		     "repository shows whose agent an install is (see CV008), all that the cluster gets is "
		     "known, and so "
		     "are the rules of every ClusterRole that is bound to the agent's ServiceAccount. Roles "
		     "that are bound "
		     "outside of the repository may grant it, so this is a warning.",
	.advice = "Add a rule with `verbs: [impersonate]` to the agent's ClusterRole.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/ci_cd_workflow/"
		     "#restrict-project-and-group-access-by-using-impersonation",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_install = check,
};
