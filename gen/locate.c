#include "locate.h"

#include <sys/stat.h>

enum { LEVELS_MAX = 64 };

/* "../" as often as `level` says, and then `name`. */
static const char *
upward(struct arena *arena, int level, const char *name)
{
	struct str path = arena_printf(arena, "%s", name);
	for (int i = 0; i < level; i++) {
		path = arena_printf(arena, "../%.*s", STR_ARG(path));
	}
	return path.ptr;
}

static bool
is_there(const char *path, struct stat *status)
{
	return stat(path, status) == 0;
}

/* Levels from the working directory up to the repository's root; -1 outside of one. */
static int
repository_level(struct arena *arena)
{
	struct stat here, above, git;
	for (int level = 0; level < LEVELS_MAX; level++) {
		if (is_there(upward(arena, level, ".git"), &git)) {
			return level;
		}
		if (!is_there(upward(arena, level, "."), &here)
			|| !is_there(upward(arena, level, ".."), &above)
			|| (here.st_dev == above.st_dev && here.st_ino == above.st_ino)) {
			return -1;
		}
	}
	return -1;
}

const char *
locate_spec(struct arena *arena)
{
	struct stat status;
	int top = repository_level(arena);
	for (int level = 0; level == 0 || level <= top; level++) {
		const char *path = upward(arena, level, "glagent.yaml");
		if (is_there(path, &status)) {
			return path;
		}
	}
	return NULL;
}
