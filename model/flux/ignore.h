/*
 * Which files source-controller leaves out of an artifact: gitignore patterns
 * as fluxcd/pkg/sourceignore reads them, which is not how git does (a pattern
 * with a slash is a prefix match, a child of an excluded directory can come
 * back).
 */
#ifndef GLAGENT_FLUX_IGNORE_H
#define GLAGENT_FLUX_IGNORE_H

#include "files.h"

/* Paths go in whole, so a pattern is looked at per component. */
struct ignore_pattern {
	struct str text;   /* without `!` and the final `/` */
	struct str domain; /* directory that it counts from; "" is the root */
	bool includes;     /* began with `!` */
	bool directory_only;
};

struct ignore {
	struct ignore_pattern *items; /* later ones win */
	size_t len, cap;
};

/* The patterns that always count, then those of every .sourceignore in the files and of `spec_ignore`, or the
 * defaults when there is none of these: one pattern of one's own cancels all defaults but those for Git. */
void ignore_collect(
	struct arena *arena, const struct files *files, struct str spec_ignore, struct ignore *ret_ignore);

/* Is the regular file at `path` left out? */
bool ignore_excludes(const struct ignore *ignore, struct str path);

/* Does a .sourceignore or `spec_ignore` hold a pattern, so that the defaults do not count? */
bool ignore_is_custom(const struct files *files, struct str spec_ignore);

#endif
