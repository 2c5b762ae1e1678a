/* For which agents of the spec a run renders. */
#ifndef GLAGENT_CHOOSE_H
#define GLAGENT_CHOOSE_H

#include "plan.h"
#include "request.h"

/*
 * The agents that the request names, or all; in the spec's order. False with *reterr: a name that the spec
 * has not, an agent that the output refuses, or more than goes where the output is to go.
 */
bool choose_agents(struct arena *arena, const struct spec *spec, const struct request *request,
	struct plan_agents *ret_agents, struct error *reterr) NODISCARD;

#endif
