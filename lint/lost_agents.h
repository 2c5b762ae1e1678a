/* The agent's HelmRelease and its chart source where nothing applies them. */
#ifndef GLAGENT_LOST_AGENTS_H
#define GLAGENT_LOST_AGENTS_H

#include "repository.h"

struct lost_agent {
	const struct resource *resource; /* a release, or a source that an applied release needs */
	const struct resource *source; /* of a release: what it names, when that is lost as well; else NULL */
};

struct lost_agents {
	struct lost_agent *items;
	size_t len, cap;
};

/* In the order of the resources; none when a root is not known, or what one applies. */
void lost_agents_collect(
	struct arena *arena, const struct repository *repository, struct lost_agents *ret_lost);

/* Does one of them lie in the file? */
bool lost_agents_hold(const struct lost_agents *lost, const struct file *file);

#endif
