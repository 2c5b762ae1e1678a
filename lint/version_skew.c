#include "version_skew.h"

int
install_skew(const struct install *install, const struct declared_gitlab *gitlab)
{
	struct str text = install_agent_version(install);
	struct version agent;
	int minors;
	if (!gitlab->version || !version_distance(text, ynode_str(gitlab->version), &minors)
		|| !version_parse(text, &agent)) {
		return 0;
	}
	return version_compare(agent, gitlab->parsed) < 0 ? -minors : minors;
}

void
report_skew(struct lint *lint, const struct install *install, const struct declared_gitlab *gitlab,
	struct str consequence)
{
	int skew = install_skew(install, gitlab);
	struct str better = chart_for_gitlab(ynode_str(gitlab->version));
	bool has_tag = install_value(install, STR("image.tag")).state == VALUE_SET;
	const struct ynode *place = install_version_place(lint, install);
	struct finding *finding = lint_report(lint, place,
		"the agent %.*s is %d minor releases %s GitLab %.*s: %.*s",
		STR_ARG(install_agent_version(install)), skew < 0 ? -skew : skew,
		skew < 0 ? "behind" : "ahead of", STR_ARG(ynode_str(gitlab->version)), STR_ARG(consequence));
	lint_relate(lint, finding, gitlab->version, "GitLab %.*s is declared here",
		STR_ARG(ynode_str(gitlab->version)));
	if (better.len > 0) {
		lint_help(lint, finding, "chart %.*s brings the agent of that GitLab%s", STR_ARG(better),
			has_tag ? ": install it, and drop image.tag" : "");
	} else {
		lint_help(lint, finding,
			"install the agent of the same minor release; one up or down is supported");
	}
	lint_install(lint, finding, install, place);
}
