/* Paths as text: '/'-separated, relative to some root. No I/O. */
#ifndef GLAGENT_PATH_H
#define GLAGENT_PATH_H

#include "arena.h"

/*
 * Joins and cleans: "", "." and "a//b/./c" lose what means nothing; ".." goes up. The root itself is "".
 * False when the result would leave the root. An absolute `path` counts from the root, as Flux's SecureJoin
 * does.
 */
bool path_join(struct arena *arena, struct str base, struct str path, struct str *ret_path) NODISCARD;

struct str path_parent(struct str path); /* "a/b" -> "a"; "a" -> "" */
struct str path_base(struct str path);   /* "a/b" -> "b" */
struct str path_extension(
	struct str path); /* with its dot, from the last one: ".yaml"; "" when there is none */

/* Is `path` in or below the directory `dir` ("" holds everything)? */
bool path_is_below(struct str path, struct str dir);

/* Order of a walk that goes through each directory by name: as str_cmp, but '/' before everything. */
int path_cmp(struct str a, struct str b);

#endif
