#include "version_skew.h"

/* VE001 and VE002 hold each against it. */
static bool
is_declared(struct lint *lint)
{
	return declared_gitlab(lint_repository(lint)->files).version != NULL;
}

static bool
check_two(struct lint *lint, const struct install *first, const struct install *second)
{
	struct str one = install_agent_version(first), other = install_agent_version(second);
	struct str host = install_kas_host(second);
	int minors;
	if (host.len == 0 || !str_eq_nocase(install_kas_host(first), host)
		|| !version_distance(one, other, &minors) || minors <= 2 * MINORS_SUPPORTED) {
		return false;
	}
	const struct ynode *place = install_version_place(lint, second);
	const struct ynode *related = install_version_place(lint, first);
	struct finding *finding = lint_report(lint, place,
		"the agents %.*s and %.*s both connect to %.*s: no GitLab supports both", STR_ARG(other),
		STR_ARG(one), STR_ARG(host));
	lint_relate(lint, finding, related, "%.*s is installed here", STR_ARG(one));
	lint_help(lint, finding, "update both to the minor release of their GitLab");
	lint_install(lint, finding, second, place);
	return true;
}

static void
check(struct lint *lint, const struct repository *repository)
{
	if (!is_declared(lint)) {
		each_two_installs(lint, repository, check_two);
	}
}

const struct rule rule_VE006 = {
	.code = "VE006",
	.name = "inconsistent-agent-versions",
	.summary = "Two agents of one GitLab are too far apart for any GitLab to support both.",
	.rationale =
		"An agent may be one minor release older or newer than its GitLab. Two agents that connect "
		"to "
		"one server and are more than two minor releases apart cannot both be: a cluster was "
		"forgotten when the others were updated.\n\nVersions are those of `image.tag`, or of the "
		"chart, as far as it is in our table. Where `glagent.yaml` declares the version of GitLab, "
		"VE001 and VE002 hold each agent against that instead.\n\nTo verify: **Operate > Kubernetes "
		"clusters** shows the version of each agent.",
	.advice = "Update the agents together, to the minor release of their GitLab.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/#updates-and-version-compatibility",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_repository = check,
};
