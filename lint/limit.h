/* Reports about some paths of a repository that was read whole. */
#ifndef GLAGENT_LIMIT_H
#define GLAGENT_LIMIT_H

#include "engine.h"
#include "root.h"

/* Drops the findings that point at none of the user's paths, neither first nor as a related place. */
void limit_to_paths(struct lint_run *run, const struct root *root);

#endif
