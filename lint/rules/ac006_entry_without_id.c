#include "agent_problems.h"

static void
check(struct lint *lint, const struct agent *agent)
{
	report_agent_problems(lint, agent, AGENTCFG_NO_ID);
}

const struct rule rule_AC006 = {
	.code = "AC006",
	.name = "access-entry-without-id",
	.summary = "An entry of `ci_access` or `user_access` names no project or group.",
	.rationale =
		"Each item of `projects` and `groups` is a mapping whose `id` is the full path. A bare path "
		"(`- group/app`), an item without `id`, or an `id` without a value refuses the whole file: "
		"no entry of it grants anything, and an agent that starts anew runs without any "
		"configuration.\n\nTo verify: the agent's page in GitLab (**Operate > Kubernetes clusters**) "
		"and the log of `agentk` name the list and the entry, `Projects[0]`, counted from 0.",
	.advice = "Write `- id: path/to/project` with the path as in the project's address, without the "
		  "host. To list nothing yet, remove the item, or the whole list.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/ci_cd_workflow/#authorize-agent-access",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.check_agent = check,
};
