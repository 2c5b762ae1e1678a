/* Directories whose names say that what lies in them is not meant for a cluster; "_examples" and ".archive"
 * do, too. */
#ifndef GLAGENT_ASIDE_H
#define GLAGENT_ASIDE_H

#include "str.h"

/* Kept, but out of use: archive, old, disabled … */
bool path_is_archived(struct str path);

/* Shown or tried only: docs, examples, tests, and the files that say so themselves (a.example.yaml,
 * b_test.go). */
bool path_is_shown(struct str path);

/* Archived, or shown, tried, run by hand: docs, examples, tests, scripts … */
bool path_is_aside(struct str path);

#endif
