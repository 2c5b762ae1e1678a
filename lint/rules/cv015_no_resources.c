#include "install_finding.h"

static void
check(struct lint *lint, const struct install *install)
{
	if (!install_lacks(install, STR("resources")) || install->is_patched) {
		return;
	}
	(void)install_report(lint, install, install_value(install, STR("resources")).node,
		STR("the agent's container has neither requests nor limits"),
		STR("set resources: requests for what it uses, and a limit for its memory"));
}

const struct rule rule_CV015 = {
	.code = "CV015",
	.name = "no-resources",
	.summary = "The agent's container asks for no CPU and memory, and is limited in none.",
	.rationale = "The chart sets no `resources`. Without requests the scheduler counts the agent as "
		     "nothing and the "
		     "kubelet evicts it first; without limits it may take what a node has. With limits the "
		     "chart tells the "
		     "program of them (`GOMAXPROCS`, `GOMEMLIMIT`).\n\nA matter of policy, and a LimitRange "
		     "of the namespace "
		     "may say it: this runs when it is selected.",
	.advice = "Set `resources`. How much an agent needs depends on how many connections it serves.",
	.reference = "https://gitlab.com/gitlab-org/charts/gitlab-agent/-/blob/main/values.yaml",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.is_strict = true,
	.check_install = check,
};
