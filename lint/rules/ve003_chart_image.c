#include "version_skew.h"

static void
check(struct lint *lint, const struct install *install)
{
	struct value tag = install_value(install, STR("image.tag"));
	struct str own = chart_agent_version(install->version);
	int minors;
	if (tag.state != VALUE_SET || !install->is_official || !version_distance(tag.text, own, &minors)
		|| minors <= MINORS_SUPPORTED) {
		return;
	}
	const struct ynode *place = install_place(install, tag.node);
	struct finding *finding = lint_report(lint, place,
		"chart %.*s is made for the agent %.*s, %d minor releases from image.tag \"%.*s\"",
		STR_ARG(install->version), STR_ARG(own), minors, STR_ARG(tag.text));
	lint_help(lint, finding, "drop image.tag, and pin the chart whose agent is wanted");
	lint_install(lint, finding, install, place);
}

const struct rule rule_VE003 = {
	.code = "VE003",
	.name = "chart-image-mismatch",
	.summary = "The agent's image is more than one minor release from the chart that installs it.",
	.rationale =
		"A chart passes the flags, variables and rights that its own agent knows. An older agent "
		"exits at a flag that it does not know, a newer one lacks what later charts give it; and "
		"whoever later updates the chart still runs the old image. The label "
		"`app.kubernetes.io/version` names the chart's agent all the same.\n\nSaid for exact "
		"versions "
		"of GitLab's own chart that are in our table.\n\nTo verify: compare the image of the Pod "
		"with `helm show chart`.",
	.advice = "Leave `image.tag` out and choose the agent by the chart's version.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/#updates-and-version-compatibility",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_install = check,
};
