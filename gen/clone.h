/* A plan in the clone that it is for. */
#ifndef GLAGENT_CLONE_H
#define GLAGENT_CLONE_H

#include "plan.h"

/*
 * Leaves in the plan what belongs into the repository at `root_fd` (-1: there is none yet), whose project is
 * `project` or, where that is NULL, what its Git remote says: where Flux reads another project than the one
 * that holds .gitlab/agents, each has its own files. Then lets what is there lead Flux to what is new, and
 * objects to what Flux would take for manifests.
 */
bool clone_fit(struct arena *arena, const struct spec *spec, const char *project, int root_fd,
	struct plan *plan, struct error *reterr) NODISCARD;

#endif
