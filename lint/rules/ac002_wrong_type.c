#include "agent_problems.h"

static void
check(struct lint *lint, const struct agent *agent)
{
	report_agent_problems(lint, agent, AGENTCFG_WRONG_TYPE);
	report_agent_problems(lint, agent, AGENTCFG_OTHER);
}

const struct rule rule_AC002 = {
	.code = "AC002",
	.name = "config-type-mismatch",
	.summary = "A value in the agent's configuration is of the wrong type, or none of the allowed words.",
	.rationale = "The agent server takes all of `config.yaml` or nothing, and it converts no types: "
		     "where text is expected, a number or `true` refuses the whole file, and so does "
		     "`\"true\"` where a boolean is. The file is read as YAML 1.1, in which `yes`, `no`, "
		     "`on`, `off`, `y` and `n` without quotes are booleans. Whole numbers may be quoted; a "
		     "key without a value counts as absent, but an empty list item refuses the file.\n\nTo "
		     "verify: the agent's page in GitLab (**Operate > Kubernetes clusters**) and the log of "
		     "`agentk` say `failed to parse agent configuration: … invalid value for …`.",
	.advice = "Write the value as the message says: quote text that looks like a number (`cpu: "
		  "\"0.2\"`), leave booleans bare, and give durations in seconds (`3600s`).",
	.reference = "https://docs.gitlab.com/user/clusters/agent/vulnerabilities/"
		     "#configure-scanner-resource-requirements",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.check_agent = check,
};
