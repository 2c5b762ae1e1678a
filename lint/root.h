/* Where the repository begins, and what the user's paths are called in it. */
#ifndef GLAGENT_ROOT_H
#define GLAGENT_ROOT_H

#include "options.h"

struct root {
	const char *path; /* absolute */
	int fd;           /* open directory; -1 until found */
	struct {
		struct str *items; /* the user's paths, relative to the root; "" is all of it */
		size_t len, cap;
	} paths;
};

/*
 * The repository of the first of `paths`, or of the working directory: the
 * nearest directory upwards that holds `.git`. Without one, the path itself
 * when it is a directory, else the working directory. `given` (--root), unless
 * NULL, is taken as it is. False with *reterr when a path does not exist or
 * lies elsewhere. The caller closes fd.
 */
bool root_find(struct arena *arena, const char *given, const struct option_list *paths, struct root *ret_root,
	struct error *reterr) NODISCARD;

#endif
