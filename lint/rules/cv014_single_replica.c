#include "install_finding.h"

static void
check(struct lint *lint, const struct install *install)
{
	struct value replicas = install_value(install, STR("replicas"));
	if (!str_eq(replicas.text, STR("1")) || install->is_patched || install_is_older(install, 1, 9, 1)) {
		return;
	}
	(void)install_report(lint, install, replicas.node,
		STR("the agent has a single replica, and is away whenever its node is"),
		STR("set replicas to 2, the chart's default: they elect a leader"));
}

const struct rule rule_CV014 = {
	.code = "CV014",
	.name = "single-replica",
	.summary = "The agent runs once only.",
	.rationale = "While the only Pod moves to another node, CI jobs and users have no access to the "
		     "cluster, and Flux is "
		     "not told of pushes. Two replicas share the connections, and one of them leads what "
		     "must be done "
		     "once.\n\nA matter of policy: a small cluster may well want one. This runs when it is "
		     "selected, and is "
		     "silent for charts before 1.9.1, which have no such value.",
	.advice = "Leave `replicas` at 2.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/#customize-the-helm-installation",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.is_strict = true,
	.check_install = check,
};
