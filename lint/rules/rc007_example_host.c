#include "install_finding.h"

#define EXAMPLE_HOST STR("agent.example.com")

static void
check(struct lint *lint, const struct install *install)
{
	struct value host = install_value(install, STR("ingress.hostname"));
	bool is_example = host.state == VALUE_ABSENT || str_eq(host.text, EXAMPLE_HOST);
	if (install_is_receptive(install) != ANSWER_YES || !is_example || install->is_patched
		|| install_flag(install, STR("ingress.enabled"), false) != ANSWER_YES) {
		return;
	}
	struct value enabled = install_value(install, STR("ingress.enabled"));
	(void)install_report(lint, install, host.node ? host.node : enabled.node,
		STR("the agent's Ingress is for agent.example.com, the chart's example"),
		STR("set ingress.hostname to the host that GitLab dials"));
}

const struct rule rule_RC007 = {
	.code = "RC007",
	.name = "receptive-example-host",
	.summary = "The Ingress of a receptive agent has the example host of the chart.",
	.rationale =
		"The chart's default for `ingress.hostname` is `agent.example.com`, which nobody owns. An "
		"Ingress for it answers to no other name, so GitLab, which dials the host of the agent's URL "
		"configuration, finds nobody there.\n\nSilent where something unread may set the host, and "
		"where a post-renderer may change the Ingress.",
	.advice = "Set `ingress.hostname`.",
	.reference = "https://gitlab.com/gitlab-org/charts/gitlab-agent/-/blob/main/values.yaml",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_install = check,
};
