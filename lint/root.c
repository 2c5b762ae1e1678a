#include "root.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "path.h"
#include "vec.h"

static void
release(char **text)
{
	free(*text);
}

/* Absolute, without links; NULL with *reterr. */
static const char *
resolve(struct arena *arena, const char *path, struct error *reterr)
{
	char *CLEANUP(release) real = realpath(path, NULL);
	if (!real) {
		(void)error_set_errno(reterr, "%s", path);
		return NULL;
	}
	return arena_str(arena, str_from(real)).ptr;
}

static bool
is_directory(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* As resolve, but a link at the very end stays: the repository knows it by its own name. */
static const char *
resolve_parent(struct arena *arena, const char *path, struct error *reterr)
{
	struct stat status;
	struct str text = str_from(path);
	while (text.len > 1 && text.ptr[text.len - 1] == '/') {
		text.len--;
	}
	struct str base = path_base(text);
	if (lstat(path, &status) != 0) {
		(void)error_set_errno(reterr, "%s", path);
		return NULL;
	}
	if (!S_ISLNK(status.st_mode) || base.len == 0) {
		return resolve(arena, path, reterr);
	}
	struct str parent = str_first(text, text.len - base.len);
	const char *real = resolve(arena, parent.len ? arena_str(arena, parent).ptr : ".", reterr);
	return real ? arena_printf(arena, "%s/%.*s", real, STR_ARG(base)).ptr : NULL;
}

/* The nearest directory upwards from `start` that holds .git, or NULL. */
static const char *
find_git(struct arena *arena, struct str start)
{
	for (struct str at = start;; at = path_parent(at)) {
		struct stat status;
		struct str git = arena_printf(arena, "%.*s/.git", STR_ARG(at));
		if (lstat(git.ptr, &status) == 0) {
			return at.len ? arena_str(arena, at).ptr : "/";
		}
		if (at.len == 0) {
			return NULL;
		}
	}
}

static const char *
find_root(struct arena *arena, const char *given, const char *start, struct error *reterr)
{
	if (given) {
		return resolve(arena, given, reterr);
	}
	const char *path = resolve_parent(arena, start, reterr);
	if (!path) {
		return NULL;
	}
	bool directory = is_directory(path);
	struct str from = directory ? str_from(path) : path_parent(str_from(path));
	const char *git = find_git(arena, str_eq(from, STR("/")) ? STR("") : from);
	if (git) {
		return git;
	}
	return directory ? path : resolve(arena, ".", reterr);
}

static bool
add_path(struct arena *arena, struct root *root, const char *path, struct error *reterr)
{
	const char *real = resolve_parent(arena, path, reterr);
	if (!real) {
		return false;
	}
	struct str base = str_eq(str_from(root->path), STR("/")) ? STR("") : str_from(root->path);
	struct str text = str_from(real);
	if (!path_is_below(text, base)) {
		return error_set(reterr, "%s: is outside of the repository %s", path, root->path);
	}
	vec_push(arena, &root->paths, str_skip(text, base.len + 1));
	return true;
}

bool
root_find(struct arena *arena, const char *given, const struct option_list *paths, struct root *ret_root,
	struct error *reterr)
{
	struct root root = { .fd = -1 };
	root.path = find_root(arena, given, paths->len ? paths->items[0] : ".", reterr);
	if (!root.path) {
		return false;
	}
	for (size_t i = 0; i < paths->len; i++) {
		if (!add_path(arena, &root, paths->items[i], reterr)) {
			return false;
		}
	}
	root.fd = open(root.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (root.fd < 0) {
		return error_set_errno(reterr, "%s", root.path);
	}
	*ret_root = root;
	return true;
}
