/* What the rules AC001 to AC020 share: a problem that the strict reading of a config.yaml found becomes a
 * finding. */
#ifndef GLAGENT_AGENT_PROBLEMS_H
#define GLAGENT_AGENT_PROBLEMS_H

#include "rule.h"

/* The configuration that the agent server reads; NULL when there is none, it does not parse (YM001 tells), or
 * it is to be filled in first. */
const struct agentcfg *agent_judged_config(const struct agent *agent);

/* Reports one problem in its own words, with its help, at its place. */
struct finding *report_agent_problem(
	struct lint *lint, const struct agentcfg *cfg, const struct agentcfg_problem *problem);

/* Offers what mends the problem, if that is sure. */
void fix_agent_problem(struct lint *lint, struct finding *finding, const struct agent *agent,
	const struct agentcfg_problem *problem);

/* Reports every problem of the kind, with its fix. */
void report_agent_problems(struct lint *lint, const struct agent *agent, enum agentcfg_problem_kind kind);

#endif
