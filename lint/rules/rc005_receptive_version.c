#include "declared_gitlab.h"
#include "install_finding.h"

static void
report_chart(struct lint *lint, const struct install *install, const struct ynode *at)
{
	(void)install_report(lint, install, at,
		arena_printf(lint_arena(lint), "chart %.*s knows no receptive agents: the agent dials GitLab",
			STR_ARG(install->version)),
		STR("update the chart to 2.8.0 or later, with the agent in it"));
}

static void
report_gitlab(struct lint *lint, const struct install *install, const struct ynode *at,
	const struct declared_gitlab *gitlab)
{
	struct finding *finding = install_report(lint, install, at,
		arena_printf(lint_arena(lint), "GitLab %.*s dials no agents: that came with 17.4",
			STR_ARG(ynode_str(gitlab->version))),
		STR("update GitLab first and declare it, or drop config.receptive"));
	finding->severity = SEVERITY_WARNING;
	lint_relate(lint, finding, gitlab->version, "GitLab is declared here");
}

static void
check(struct lint *lint, const struct install *install)
{
	struct declared_gitlab gitlab = declared_gitlab(lint_repository(lint)->files);
	const struct ynode *at = install_value(install, STR("config.receptive.enabled")).node;
	if (install_flag(install, STR("config.receptive.enabled"), false) != ANSWER_YES) {
		return;
	}
	if (install->is_official && install_is_older(install, 2, 7, 0)) {
		report_chart(lint, install, at);
	} else if (declared_before(&gitlab, 17, 4)) {
		report_gitlab(lint, install, at, &gitlab);
	}
}

const struct rule rule_RC005 = {
	.code = "RC005",
	.name = "receptive-min-version",
	.summary = "Receptive agents need a later chart, or a later GitLab.",
	.rationale =
		"Receptive agents came with GitLab 17.4 and the chart that belongs to it. An older chart "
		"ignores `config.receptive` and starts the agent as one that dials: `helm template` prints "
		"`--kas-address`. An older GitLab has no URL configuration for agents and never dials "
		"one.\n\nThe chart's version has to be known exactly, before 2.7.0, and its source has to be "
		"GitLab's own. Which GitLab it is says `glagent.yaml` at the root of the repository "
		"(`spec.gitlab.version`); that is a warning.",
	.advice = "Update the chart to 2.8.0 or later, and GitLab to 17.4 or later.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/#receptive-agents",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_install = check,
};
