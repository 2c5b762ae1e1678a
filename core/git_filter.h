/* What git would show of a working tree: tracked files always, others unless they are ignored. */
#ifndef GLAGENT_GIT_FILTER_H
#define GLAGENT_GIT_FILTER_H

#include "fs.h"
#include "gitignore.h"
#include "map.h"

struct git_filter {
	struct arena arena; /* what lives as long as the filter */
	int root_fd;
	struct map tracked, directories; /* paths of tracked files, and of the directories above them */
	struct gitignore exclude;        /* .git/info/exclude */
	struct {
		struct git_level *items;
		size_t len, cap;
	} levels; /* the directories above the path asked about last, root first */
};

/*
 * Reads the index of the repository whose working tree is `root_fd`. False
 * when there is no .git: then everything counts. A malformed or missing index
 * tracks nothing. The user's own core.excludesFile is not read: the result
 * must not depend on whose machine it is.
 */
bool git_filter_open(struct git_filter *filter, int root_fd);
void git_filter_release(struct git_filter *filter);

/* For fs_walk_filtered, in the order of a walk. */
bool git_filter_skips(void *filter, struct str path, bool is_directory);

#endif
