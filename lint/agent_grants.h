/* What entries of an agent's ci_access grant, for rules that compare them. */
#ifndef GLAGENT_AGENT_GRANTS_H
#define GLAGENT_AGENT_GRANTS_H

#include "agent_problems.h"

struct grants {
	struct agentcfg_access *items;
	size_t len, cap;
};

/* Entries of ci_access and user_access that have an id, in document order. */
struct grants grants_collect(struct arena *arena, const struct agentcfg *cfg);

/* Is the value there, and not null, which the server takes for absent? */
bool grant_says(const struct ynode *mapping, struct str key);

/* Is it there and true? */
bool grant_is_on(const struct ynode *mapping, struct str key);

/* Do jobs act as the agent itself: because it says so, or because nothing is said? */
bool grant_is_as_agent(const struct ynode *entry);

#endif
