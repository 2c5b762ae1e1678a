#include "placed_installs.h"

/* Does it only refer to the Secret? With a token as well the chart makes it. */
static bool
refers(const struct install *install)
{
	enum value_state token = install_value(install, STR("config.token")).state;
	return (token == VALUE_ABSENT || token == VALUE_EMPTY) && !install->is_patched
		&& install_value(install, STR("config.secretName")).state == VALUE_SET;
}

static bool
check_two(struct lint *lint, const struct install *first, const struct install *second)
{
	struct value name = install_value(second, STR("config.secretName"));
	if (!installs_share_cluster(first, second) || !str_eq(first->namespace, second->namespace)
		|| str_eq(first->release, second->release) || !refers(first) || !refers(second)
		|| !str_eq(install_value(first, STR("config.secretName")).text, name.text)) {
		return false;
	}
	const struct ynode *place = install_place(second, name.node);
	struct finding *finding = lint_report(lint, place,
		"two agents of namespace \"%.*s\" take their token from the Secret \"%.*s\"",
		STR_ARG(second->namespace), STR_ARG(name.text));
	lint_help(lint, finding, "register each agent, and give each a Secret with its own token");
	finish_two_installs(lint, finding, first, second, place);
	return true;
}

static void
check(struct lint *lint, const struct repository *repository)
{
	each_two_installs(lint, repository, check_two);
}

const struct rule rule_MA002 = {
	.code = "MA002",
	.name = "agents-share-token-secret",
	.summary = "Two releases of one namespace read the agent's token from one Secret.",
	.rationale =
		"A token belongs to one agent. Two installations with the same one are the same agent to "
		"GitLab: the second agent never connects, and what GitLab sends goes to whichever of the two "
		"it finds. Of two that are told different servers, the token is right for one at "
		"most.\n\nSaid of HelmReleases that one cluster surely gets, with one `config.secretName` "
		"and one namespace.\n\nTo verify: **Operate > Kubernetes clusters** shows one of the "
		"agents as never connected.",
	.advice = "Create a token for each agent, and a Secret of its own for each token.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/#install-multiple-agents",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
