#include "agent_problems.h"

static void
check(struct lint *lint, const struct agent *agent)
{
	report_agent_problems(lint, agent, AGENTCFG_IMPERSONATE);
}

const struct rule rule_AC012 = {
	.code = "AC012",
	.name = "impersonate-without-username",
	.summary = "An `impersonate` lacks the user, or a group or fact of the user is empty.",
	.rationale =
		"`access_as.impersonate` names a fixed user: Kubernetes takes groups, uid and extra facts "
		"only together with a name. Without `username`, with an empty group, or with an `extra` item "
		"that lacks `key` or `val`, the agent server refuses the whole file.\n\nTo verify: the "
		"agent's page in GitLab (**Operate > Kubernetes clusters**) and the log of `agentk` say "
		"`invalid CiAccessAsImpersonateCF.Username: value length must be at least 1 bytes`.",
	.advice = "Give `username`, for instance `system:serviceaccount:NAMESPACE:NAME`. An `extra` is a "
		  "list of `{key: NAME, val: [VALUE]}`.",
	.reference =
		"https://docs.gitlab.com/user/clusters/agent/ci_cd_workflow/#impersonate-a-static-identity",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_agent = check,
};
