/* Where the spec is when nobody says so. */
#ifndef GLAGENT_LOCATE_H
#define GLAGENT_LOCATE_H

#include "arena.h"

/*
 * Path of the glagent.yaml in the working directory or, within a Git
 * repository, in the nearest directory above up to the repository's root:
 * "glagent.yaml", "../glagent.yaml", … NULL when there is none.
 */
const char *locate_spec(struct arena *arena);

#endif
