/* Files that nothing applies, as far as that can be told: what Flux surely does not reach, and what no other
 * tool seems to. */
#ifndef GLAGENT_UNREACHED_H
#define GLAGENT_UNREACHED_H

#include "repository.h"

struct unreached {
	struct arena *arena;
	const struct repository *repository;
	struct {
		struct str *items;
		size_t len, cap;
	} commands; /* lines of any file that hand files to kubectl */
};

/* False when nothing can be said: a root is not known, or what one applies. */
bool unreached_open(
	struct arena *arena, const struct repository *repository, struct unreached *ret_unreached) NODISCARD;

/* Is it sure that Flux does not apply the file, and likely that nothing else does, though it should? */
bool unreached_is_lost(const struct unreached *unreached, const struct file *file);

/* Does `path` lie below what somebody wrote as a directory, or is that none that can be told? */
bool directory_may_cover(struct str directory, struct str path);

#endif
