/* What Flux makes of a repository in memory. */
#ifndef GLAGENT_TEST_FLUX_TREE_H
#define GLAGENT_TEST_FLUX_TREE_H

#include "flux/flux.h"
#include "tree.h"

/* Behind the last entry of a tree. */
#define END                                                                                                  \
	{                                                                                                    \
		NULL, NULL                                                                                   \
	}

static inline const struct flux *
flux_of(struct arena *arena, const struct tree_entry *entries)
{
	const struct tree *tree = tree_new(arena, entries);
	return flux_model(arena, &tree->files, &tree->resources);
}

#endif
