#include "agent_problems.h"

/* A key that resembles none may be that of a newer GitLab: only a near miss is sure to be a mistake, and
 * whatever stands in the gitops block, which gets no new keys. */
static bool
is_sure(const struct agentcfg_problem *problem)
{
	return problem->suggestion.len > 0 || str_starts(problem->pointer, STR("/gitops"));
}

static void
check(struct lint *lint, const struct agent *agent)
{
	const struct agentcfg *cfg = agent_judged_config(agent);
	for (const struct agentcfg_problem *problem = cfg ? cfg->problems : NULL; problem;
		problem = problem->next) {
		if (problem->kind != AGENTCFG_UNKNOWN_KEY) {
			continue;
		}
		struct finding *finding = report_agent_problem(lint, cfg, problem);
		fix_agent_problem(lint, finding, agent, problem);
		if (!is_sure(problem)) {
			finding->severity = SEVERITY_WARNING;
		}
	}
}

const struct rule rule_AC001 = {
	.code = "AC001",
	.name = "config-unknown-key",
	.summary = "The agent's configuration has a key that GitLab does not know.",
	.rationale =
		"The agent server takes all of `config.yaml` or nothing: one key that is misspelt, or that "
		"stands where it does not belong, makes it refuse the whole file. CI jobs and users then "
		"keep the access of the last file that was taken, and an agent that starts anew runs without "
		"any configuration.\n\nTo verify: the agent's page in GitLab (**Operate > Kubernetes "
		"clusters**) and the log of `agentk` say `failed to parse agent configuration: … unknown "
		"field \"…\"`.\n\nA key that resembles a known one is an error. Any other is a warning, for "
		"a GitLab newer than the one that the message names may know it.",
	.advice = "Correct the key, or remove it. Keys are written with underscores; "
		  "`schemas/agent-config.schema.json` lists them all, and editors can use it.",
	.reference =
		"https://docs.gitlab.com/user/clusters/agent/install/#create-an-agent-configuration-file",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.check_agent = check,
};
