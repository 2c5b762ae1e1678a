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
fix_agent_problem(struct lint *lint, struct finding *finding, const struct agent *agent,
	const struct agentcfg_problem *problem)
{
	struct arena *arena = lint_arena(lint);
	struct str text = agent->config->source.text;
	if (problem->mend == AGENTCFG_MEND_NONE || problem->at->source != agent->config->id) {
		return;
	}
	lint_fix(lint, finding,
		problem->mend == AGENTCFG_MEND_TEXT ? edit_scalar(arena, text, problem->at, problem->mended)
			: problem->mend == AGENTCFG_MEND_WORD
			? edit_word(arena, text, problem->at, problem->mended)
			: edit_in_front(arena, problem->at, problem->mended));
}

void
report_agent_problems(struct lint *lint, const struct agent *agent, enum agentcfg_problem_kind kind)
{
	const struct agentcfg *cfg = agent_judged_config(agent);
	for (const struct agentcfg_problem *problem = cfg ? cfg->problems : NULL; problem;
		problem = problem->next) {
		if (problem->kind == kind) {
			fix_agent_problem(lint, report_agent_problem(lint, cfg, problem), agent, problem);
		}
	}
}
