#include "applied_finding.h"
#include "install_finding.h"

/* Another release may be made of the same file and be none that is dialled. */
static bool
is_said_there(const struct install *install)
{
	const struct ynode *enabled = install_value(install, STR("config.receptive.enabled")).node;
	return install->applied && enabled && applied_is_as_written(install->applied, enabled);
}

static void
check(struct lint *lint, const struct install *install)
{
	struct value address = install_value(install, STR("config.kasAddress"));
	if (address.state != VALUE_SET || install_is_receptive(install) != ANSWER_YES) {
		return;
	}
	struct finding *finding = install_report(lint, install, address.node,
		STR("a receptive agent dials nobody: the chart drops config.kasAddress"),
		STR("drop config.kasAddress, or config.receptive where the agent is to dial GitLab"));
	if (is_said_there(install)) {
		install_fix_remove(lint, finding, install, STR("config.kasAddress"));
	}
}

const struct rule rule_RC001 = {
	.code = "RC001",
	.name = "receptive-with-kas-address",
	.summary = "A receptive agent is given the address of a server that it never dials.",
	.rationale =
		"With `config.receptive.enabled` GitLab dials the agent, and the chart leaves "
		"`--kas-address` out of its arguments. An address beside it means that one of the two is a "
		"mistake: either readers look for a connection that is never made, or the agent was to "
		"dial and waits instead.\n\nTo verify: `helm template` with these values prints no "
		"`--kas-address`. Silent for charts before 2.7, which know no receptive agents (RC005).",
	.advice = "Drop `config.kasAddress`. The address that GitLab dials is said in GitLab, in the agent's "
		  "URL "
		  "configuration.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/#receptive-agents",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.check_install = check,
};
