#include "agent_problems.h"
#include "declared_gitlab.h"
#include "yscalar.h"

static void
check(struct lint *lint, const struct agent *agent)
{
	const struct agentcfg *cfg = agent_judged_config(agent);
	const struct ynode *key = cfg ? ynode_key(cfg->root, STR("user_access")) : NULL;
	if (!key || !ynode_is(key->next, YNODE_MAPPING)
		|| ynode_type(ynode_get(key->next, STR("access_as")), YDIALECT_SIGS_YAML) != YTYPE_NULL) {
		return;
	}
	struct declared_gitlab gitlab = declared_gitlab(lint_repository(lint)->files);
	if (declared_at_least(&gitlab, 18, 3)) {
		return;
	}
	struct finding *finding = lint_report(
		lint, key, "user_access lacks access_as: a GitLab before 18.3 refuses the whole file");
	if (gitlab.version) {
		lint_relate(lint, finding, gitlab.version, "GitLab %.*s is declared here",
			STR_ARG(ynode_str(gitlab.version)));
	} else {
		finding->severity = SEVERITY_WARNING;
	}
	lint_help(lint, finding,
		"add \"access_as: {agent: {}}\", which is what GitLab 18.3 and later take it for, or "
		"\"access_as: {user: {}}\"");
	lint_object(lint, finding, cfg->root, key);
}

const struct rule rule_AC010 = {
	.code = "AC010",
	.name = "user-access-missing-access-as",
	.summary = "`user_access` does not say as whom people reach the cluster.",
	.rationale =
		"Before GitLab 18.3 `user_access.access_as` had to be given: without it the agent server "
		"refuses the whole file, the grants for CI jobs included. From 18.3 on its absence means "
		"`agent`: everyone who is listed gets all that the agent's service account may do, which in "
		"a plain installation is everything.\n\nIt is an error when `glagent.yaml` at the root of "
		"the repository declares an older GitLab (`spec.gitlab.version`), a warning when it declares "
		"none.\n\nTo verify: the agent's page in GitLab (**Operate > Kubernetes clusters**) and the "
		"log of `agentk` say `value is required`.",
	.advice = "Write `access_as: {agent: {}}` or, with GitLab Premium, `access_as: {user: {}}` and role "
		  "bindings for the people. Both work in every GitLab since 16.1.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/user_access/#configure-kubernetes-access",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_agent = check,
};
