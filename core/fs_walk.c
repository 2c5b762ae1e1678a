#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs.h"
#include "fs_open.h"
#include "vec.h"

enum { DEPTH_MAX = 200 }; /* each level holds a descriptor */

struct name {
	struct str text; /* NUL-terminated */
	bool is_directory;
	enum fs_kind kind;
	uint64_t size;
};

struct names {
	struct name *items;
	size_t len, cap;
};

struct walk {
	struct arena *arena;
	struct fs_entries *entries;
	const struct fs_filter *filter; /* or NULL */
	struct error *error;
};

static int
name_order(const void *a, const void *b)
{
	return str_cmp(((const struct name *)a)->text, ((const struct name *)b)->text);
}

static void
close_directory(DIR **directory)
{
	if (*directory) {
		(void)closedir(*directory);
	}
}

static bool
fail(const struct walk *walk, struct str path)
{
	return error_set_errno(walk->error, "%.*s", STR_ARG(path.len ? path : STR(".")));
}

/* False: it vanished meanwhile. */
static bool
describe(int fd, struct name *name)
{
	struct stat status;
	if (fstatat(fd, name->text.ptr, &status, AT_SYMLINK_NOFOLLOW) != 0) {
		return false;
	}
	name->is_directory = S_ISDIR(status.st_mode);
	name->kind = S_ISREG(status.st_mode) ? FS_REGULAR : S_ISLNK(status.st_mode) ? FS_SYMLINK : FS_OTHER;
	name->size = S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0;
	return true;
}

/* The directory's names but those of itself and its parent; `.git` is a name here. */
static bool
read_names(struct arena *scratch, int fd, struct names *names)
{
	int own = dup(fd); /* closedir closes it */
	DIR *CLEANUP(close_directory) directory = own < 0 ? NULL : fdopendir(own);
	if (!directory) {
		int number = errno;
		fd_close(&own);
		errno = number;
		return false;
	}
	rewinddir(directory); /* the copy shares its place, which an earlier walk left at the end */
	errno = 0;
	for (const struct dirent *entry = readdir(directory); entry; entry = readdir(directory)) {
		struct name name = { .text = str_from(entry->d_name) };
		if (!str_eq(name.text, STR(".")) && !str_eq(name.text, STR("..")) && describe(fd, &name)) {
			name.text = arena_str(scratch, name.text);
			vec_push(scratch, names, name);
		}
		errno = 0; /* only so can the end and a failure be told apart */
	}
	return errno == 0;
}

/* Drops `.git`; and everything when the directory is a repository of its own below the root. */
static void
drop_git(struct names *names, bool is_root)
{
	size_t kept = 0;
	bool has_git = false;
	for (size_t i = 0; i < names->len; i++) {
		if (str_eq(names->items[i].text, STR(".git"))) {
			has_git = true;
		} else {
			names->items[kept++] = names->items[i];
		}
	}
	names->len = has_git && !is_root ? 0 : kept;
}

static bool
list(struct walk *walk, struct arena *scratch, int fd, struct str path, struct names *names)
{
	if (!read_names(scratch, fd, names)) {
		return fail(walk, path);
	}
	drop_git(names, path.len == 0);
	if (names->len > 1) {
		qsort(names->items, names->len, sizeof(*names->items), name_order);
	}
	return true;
}

static bool
add_file(struct walk *walk, struct str path, const struct name *name)
{
	if (walk->entries->len == FS_ENTRIES_MAX) {
		return error_set(walk->error, "more than %d files", FS_ENTRIES_MAX);
	}
	struct fs_entry entry = { .path = path, .kind = name->kind, .size = name->size };
	vec_push(walk->arena, walk->entries, entry);
	return true;
}

static bool walk_directory(struct walk *walk, int fd, struct str path, unsigned depth);

static bool
enter(struct walk *walk, int fd, const struct name *name, struct str path, unsigned depth)
{
	int CLEANUP(fd_close) next =
		openat(fd, name->text.ptr, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return next < 0 ? fail(walk, path) : walk_directory(walk, next, path, depth);
}

static bool
walk_directory(struct walk *walk, int fd, struct str path, unsigned depth)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct names names = { 0 };
	if (depth > DEPTH_MAX) {
		return error_set(
			walk->error, "%.*s: more than %d directories deep", STR_ARG(path), DEPTH_MAX);
	}
	bool ok = list(walk, &scratch, fd, path, &names);
	for (size_t i = 0; ok && i < names.len; i++) {
		const struct name *name = &names.items[i];
		struct str below = path.len
			? arena_printf(walk->arena, "%.*s/%s", STR_ARG(path), name->text.ptr)
			: arena_str(walk->arena, name->text);
		if (walk->filter && walk->filter->skips(walk->filter->context, below, name->is_directory)) {
			continue;
		}
		ok = name->is_directory ? enter(walk, fd, name, below, depth + 1)
					: add_file(walk, below, name);
	}
	return ok;
}

bool
fs_walk(struct arena *arena, int root_fd, struct fs_entries *ret_entries, struct error *reterr)
{
	return fs_walk_filtered(arena, root_fd, NULL, ret_entries, reterr);
}

bool
fs_walk_filtered(struct arena *arena, int root_fd, const struct fs_filter *filter,
	struct fs_entries *ret_entries, struct error *reterr)
{
	struct fs_entries entries = { 0 };
	struct walk walk = { arena, &entries, filter, reterr };
	if (!walk_directory(&walk, root_fd, STR(""), 0)) {
		return false;
	}
	*ret_entries = entries;
	return true;
}
