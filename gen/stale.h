/* Files that glagent-gen wrote once and would not write any more. */
#ifndef GLAGENT_STALE_H
#define GLAGENT_STALE_H

#include "map.h"
#include "plan.h"
#include "stamp.h"

struct stale_paths {
	struct str *items; /* below the root, in path_cmp order */
	size_t len, cap;
};

/*
 * The regular .yaml, .yml, .sh and Kptfile files below `root_fd` whose stamp
 * names `owner`, and whose path is no key of `known`. Of each only the
 * beginning is read. Files that cannot be read are passed over; a directory
 * that cannot is a failure, with *reterr. Repositories below are not entered.
 */
bool stale_find(struct arena *arena, int root_fd, const struct stamp_owner *owner, const struct map *known,
	struct stale_paths *ret_paths, struct error *reterr) NODISCARD;

#endif
