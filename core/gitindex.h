/* The index of a Git repository: which files are tracked (git-scm.com/docs/index-format, versions 2 to 4). */
#ifndef GLAGENT_GITINDEX_H
#define GLAGENT_GITINDEX_H

#include "map.h"

/*
 * Adds the path of every entry in `bytes` to `paths` (its values mean
 * nothing). A split index names the file that holds the rest in *ret_shared,
 * as hexadecimal digits; else it is empty. False when the index is malformed;
 * `paths` may then hold some of it.
 */
bool gitindex_read(
	struct arena *arena, struct str bytes, struct map *paths, struct str *ret_shared) NODISCARD;

#endif
