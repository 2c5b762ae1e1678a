#include "agent_problems.h"

static void
check(struct lint *lint, const struct agent *agent)
{
	const struct agentcfg *cfg = agent_judged_config(agent);
	for (const struct agentcfg_dated *dated = cfg ? cfg->dated : NULL; dated; dated = dated->next) {
		if (dated->doubt.len == 0) {
			continue;
		}
		struct finding *finding =
			lint_report(lint, dated->key, "GitLab may refuse the whole file for \"%.*s\": %.*s",
				STR_ARG(ynode_str(dated->key)), STR_ARG(dated->doubt));
		lint_help(lint, finding,
			"leave the key out unless the agent's page in GitLab shows that the file is taken");
		lint_object(lint, finding, cfg->root, dated->key);
	}
}

const struct rule rule_AC026 = {
	.code = "AC026",
	.name = "config-key-in-doubt",
	.summary = "The agent's configuration has a key of which it is not known whether GitLab takes it.",
	.rationale = "The agent server takes all of `config.yaml` or nothing, and a key that it does not "
		     "know is enough "
		     "for nothing. Some keys are in no reference and still in use, like `flux.enabled`, "
		     "which GitLab 16 "
		     "refuses; some were planned, like `ci_user`; some were taken once, like "
		     "`remote_development.partial_sync_interval`. Where the file is refused, CI jobs and "
		     "users keep the "
		     "access of the last one that was taken, and an agent that starts anew runs without any "
		     "configuration.\n\nTo verify: the agent's page in GitLab (**Operate > Kubernetes "
		     "clusters**) and the "
		     "log of `agentk` say `failed to parse agent configuration: … unknown field \"…\"`.",
	.advice = "Leave the key out, or look at the agent's page after the push.",
	.reference =
		"https://docs.gitlab.com/user/clusters/agent/install/#create-an-agent-configuration-file",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_agent = check,
};
