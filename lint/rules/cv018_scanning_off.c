#include "agent_identity.h"

/* container_scanning as the agent server reads it. */
static const struct ynode *
scanning_of(const struct agent *agent)
{
	bool is_read = agent && agent->cfg && !agent->cfg->is_refused;
	const struct ynode *key = is_read ? ynode_key(agent->cfg->root, STR("container_scanning")) : NULL;
	return key && ynode_is(key->next, YNODE_MAPPING) ? key : NULL;
}

static void
check(struct lint *lint, const struct install *install)
{
	const struct agent *agent = install_agent(lint, install);
	const struct ynode *key = scanning_of(agent);
	struct value off = install_value(install, STR("config.operational_container_scanning.enabled"));
	if (!agent || !key || install->is_patched || install_is_older(install, 2, 6, 2)
		|| install_flag(install, STR("config.operational_container_scanning.enabled"), true)
			!= ANSWER_NO) {
		return;
	}
	struct finding *finding = install_report(lint, install, off.node,
		arena_printf(lint_arena(lint),
			"container scanning is off in the chart, and configured for agent \"%.*s\"",
			STR_ARG(agent->name)),
		STR("set config.operational_container_scanning.enabled to true, or drop container_scanning"));
	if (key->source) {
		lint_relate(lint, finding, key, "it is configured here");
	}
}

const struct rule rule_CV018 = {
	.code = "CV018",
	.name = "ocs-values-mismatch",
	.summary = "The agent is configured to scan containers, and the chart switches that off.",
	.rationale =
		"With `config.operational_container_scanning.enabled: false` the chart starts the agent with "
		"`OCS_ENABLED=false` and makes no roles for the scanning Pods. `container_scanning` in the "
		"agent's "
		"configuration then does nothing, and no vulnerability is ever reported.\n\nSaid where the "
		"repository "
		"shows whose agent an install is: by the annotation `glagent.dev/agent` of its HelmRelease, "
		"or because "
		"there is one agent and one install. The other way round is no finding: a scan execution "
		"policy may "
		"turn scanning on without the configuration.",
	.advice = "Decide for one of the two.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/vulnerabilities/",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_install = check,
};
