#include "agent_problems.h"

static void
check(struct lint *lint, const struct agent *agent)
{
	report_agent_problems(lint, agent, AGENTCFG_QUANTITY);
}

const struct rule rule_AC017 = {
	.code = "AC017",
	.name = "quantity-invalid",
	.summary = "An amount of CPU or memory in the agent's configuration is no Kubernetes quantity.",
	.rationale = "GitLab takes any text here, so the file is accepted. But the pods that are made with "
		     "it are not: Kubernetes reads amounts as numbers with an optional unit, `m`, `k`, "
		     "`M`, `G` or `Ki`, `Mi`, `Gi`, without a blank and in exactly this spelling. `200MB`, "
		     "`1 Gi` and `500mi` are none.\n\nTo verify: the log of `agentk` says `quantities must "
		     "match the regular expression`; no report appears.",
	.advice = "Write for instance `cpu: 200m` and `memory: 200Mi`.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/vulnerabilities/"
		     "#configure-scanner-resource-requirements",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.check_agent = check,
};
