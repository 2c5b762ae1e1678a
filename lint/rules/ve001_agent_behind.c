#include "version_skew.h"

static void
check(struct lint *lint, const struct install *install)
{
	struct declared_gitlab gitlab = declared_gitlab(lint_repository(lint)->files);
	if (install_skew(install, &gitlab) < -MINORS_SUPPORTED) {
		report_skew(lint, install, &gitlab, STR("that is not supported"));
	}
}

const struct rule rule_VE001 = {
	.code = "VE001",
	.name = "agent-gitlab-skew",
	.summary = "The agent is more than one minor release older than the declared GitLab.",
	.rationale =
		"The agent's minor release should be GitLab's; one up or down is supported, also from the "
		"last "
		"one of a major to the first of the next. An older agent lacks what GitLab asks it for: "
		"parts "
		"of `config.yaml` have no effect, and GitLab shows it as outdated.\n\nWhich agent it is says "
		"`image.tag`, or else the exact version of the chart, as far as it is in our table; which "
		"GitLab it is says `glagent.yaml` at the root of the repository (`spec.gitlab.version`). "
		"Without either nothing is said.\n\nTo verify: **Operate > Kubernetes clusters** shows the "
		"version of each agent.",
	.advice = "Update the chart, and leave `image.tag` out: the chart brings the agent that fits.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/#updates-and-version-compatibility",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_install = check,
};
