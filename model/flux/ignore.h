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
	const struct file *file; /* the .sourceignore that it is in; NULL: a default, or of spec.ignore */
	struct span span;        /* its line there */
};

struct ignore {
	struct ignore_pattern *items; /* later ones win */
	size_t len, cap;
	size_t first_custom; /* index of the first pattern that is not Flux's own; `len` when there is none */
};

/* The patterns that always count, then those of every .sourceignore in the files and of `spec_ignore`, or the
 * defaults when there is none of these: one pattern of one's own cancels all defaults but those for Git. */
void ignore_collect(
	struct arena *arena, const struct files *files, struct str spec_ignore, struct ignore *ret_ignore);

/* The pattern that decides about a file or directory; NULL: none is about it. */
const struct ignore_pattern *ignore_match(const struct ignore *ignore, struct str path, bool is_directory);

/* Is the regular file at `path` left out? */
bool ignore_excludes(const struct ignore *ignore, struct str path);

/* Is the directory, one of `files`, there for itself or because of something in it? */
bool ignore_keeps_directory(const struct ignore *ignore, const struct files *files, struct str path);

#endif
