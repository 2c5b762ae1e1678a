/* Patterns of a .gitignore file, as git reads them (git-scm.com/docs/gitignore; git's dir.c and wildmatch.c).
 */
#ifndef GLAGENT_GITIGNORE_H
#define GLAGENT_GITIGNORE_H

#include "arena.h"

struct gitignore_pattern {
	struct str text;     /* without `!`, the slash it may begin or end with, and blanks behind it */
	bool includes;       /* began with `!` */
	bool only_directory; /* ended with a slash */
	bool anchored;       /* had a slash elsewhere: matches the path, not the last name */
};

struct gitignore {
	struct gitignore_pattern *items; /* later ones win */
	size_t len, cap;
};

/* The patterns of `text`, which must outlive them. */
void gitignore_parse(struct arena *arena, struct str text, struct gitignore *ret_ignore);

enum gitignore_verdict { GITIGNORE_SILENT, GITIGNORE_EXCLUDES, GITIGNORE_INCLUDES };

/* What the last pattern that matches says of `path`, relative to the file's directory. */
enum gitignore_verdict gitignore_judge(const struct gitignore *ignore, struct str path, bool is_directory);

/*
 * git's wildmatch with WM_PATHNAME: `*`, `?` and classes do not match '/', a
 * component `**` matches any number of components. Bytes, not characters. A
 * pattern that takes too many steps matches nothing.
 */
bool wildmatch(struct str pattern, struct str text);

#endif
