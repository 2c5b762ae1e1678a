#include "rule.h"

/* kas: agent.configuration.max_configuration_file_size, 128 KiB unless it is set */
enum { CONFIG_BYTES_MAX = 128 * 1024 };

static void
check(struct lint *lint, const struct agent *agent)
{
	if (!agent->config || agent->config->size <= CONFIG_BYTES_MAX) {
		return;
	}
	struct finding *finding = lint_report_at(lint, agent->config, (struct span){ 0, 0 },
		"the file has %llu bytes: GitLab refuses a configuration of more than %d",
		(unsigned long long)agent->config->size, CONFIG_BYTES_MAX);
	lint_help(lint, finding, "list groups in place of their projects, and leave comments elsewhere");
}

const struct rule rule_AC021 = {
	.code = "AC021",
	.name = "config-too-large",
	.summary = "The agent's configuration is larger than what the agent server reads.",
	.rationale = "The agent server reads at most 128 KiB of a configuration and refuses what is larger "
		     "as a whole. An administrator of a self-managed GitLab may have raised the limit "
		     "(`max_configuration_file_size`).\n\nTo verify: the log of the agent server says that "
		     "the file is too big, and the agent's configuration stays as it was.",
	.advice = "List groups in place of their projects, or spread the work over several agents.",
	.reference = "https://docs.gitlab.com/administration/clusters/kas/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_agent = check,
};
