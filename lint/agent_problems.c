#include "agent_problems.h"

const struct agentcfg *
agent_judged_config(const struct agent *agent)
{
	return agent->config && !agent->config->is_template ? agent->cfg : NULL;
}

struct finding *
report_agent_problem(struct lint *lint, const struct agentcfg *cfg, const struct agentcfg_problem *problem)
{
	struct finding *finding = lint_report(lint, problem->at, "%.*s", STR_ARG(problem->message));
	if (problem->help.len) {
		lint_help(lint, finding, "%.*s", STR_ARG(problem->help));
	}
	lint_object(lint, finding, cfg->root, problem->at);
	return finding;
}

void
report_agent_problems(struct lint *lint, const struct agent *agent, enum agentcfg_problem_kind kind)
{
	const struct agentcfg *cfg = agent_judged_config(agent);
	for (const struct agentcfg_problem *problem = cfg ? cfg->problems : NULL; problem;
		problem = problem->next) {
		if (problem->kind == kind) {
			report_agent_problem(lint, cfg, problem);
		}
	}
}
