#include "version_skew.h"

static void
check(struct lint *lint, const struct install *install)
{
	struct declared_gitlab gitlab = declared_gitlab(lint_repository(lint)->files);
	if (install_skew(install, &gitlab) > MINORS_SUPPORTED) {
		report_skew(lint, install, &gitlab, STR("its server may not understand it"));
	}
}

const struct rule rule_VE002 = {
	.code = "VE002",
	.name = "agent-newer-than-gitlab",
	.summary = "The agent is more than one minor release newer than the declared GitLab.",
	.rationale =
		"An agent may use what its server does not have yet. One minor release ahead is supported; "
		"further ahead connections have failed with *Decompressor is not installed for grpc-encoding "
		"\"gzip\"* and the like. Charts without a pinned version come there by themselves, since the "
		"newest chart is for the newest GitLab.\n\nWhich agent it is says `image.tag`, or else the "
		"exact version of the chart, as far as it is in our table; which GitLab it is says "
		"`glagent.yaml` at the root of the repository (`spec.gitlab.version`). Without either "
		"nothing is said.\n\nTo verify: the log of the agent's Pod.",
	.advice = "Install the chart whose agent has GitLab's minor release, or update GitLab first and then "
		  "declare it.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/troubleshooting/",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_install = check,
};
