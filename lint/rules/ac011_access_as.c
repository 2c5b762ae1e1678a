#include "agent_problems.h"

static void
check(struct lint *lint, const struct agent *agent)
{
	report_agent_problems(lint, agent, AGENTCFG_ONE_OF);
}

const struct rule rule_AC011 = {
	.code = "AC011",
	.name = "access-as-conflict",
	.summary = "An `access_as` names no identity, or more than one.",
	.rationale =
		"`access_as` says as whom requests reach the Kubernetes API, by exactly one member: `agent`, "
		"`ci_job` or `impersonate` for CI jobs, `agent` or `user` for people. With two, or none, the "
		"agent server refuses the whole file. `agent:` without a value is none, because a key "
		"without a value counts as absent: the empty mapping must be written, `agent: {}`.\n\nTo "
		"verify: the agent's page in GitLab (**Operate > Kubernetes clusters**) and the log of "
		"`agentk` say `value is required`, or `oneof … is already set`.",
	.advice = "Keep one member, with `{}` behind it: `access_as: {ci_job: {}}`. Where the agent's own "
		  "identity is meant for CI jobs, `access_as` can go altogether.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/ci_cd_workflow/"
		     "#restrict-project-and-group-access-by-using-impersonation",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_agent = check,
};
