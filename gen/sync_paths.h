/* Where `flux bootstrap` made Flux start in a repository. */
#ifndef GLAGENT_SYNC_PATHS_H
#define GLAGENT_SYNC_PATHS_H

#include "arena.h"
#include "error.h"

struct sync_paths {
	struct str *items; /* relative to the root, clean; in the order of the files */
	size_t len, cap;
};

/* spec.path of the Kustomizations in all gotk-sync.yaml below `root_fd`; what cannot be read is passed over.
 * False with *reterr when a directory cannot be. */
bool sync_paths_find(
	struct arena *arena, int root_fd, struct sync_paths *ret_paths, struct error *reterr) NODISCARD;

#endif
