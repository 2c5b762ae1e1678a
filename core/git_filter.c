#include "git_filter.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs_open.h"
#include "gitindex.h"
#include "vec.h"

enum { INDEX_BYTES_MAX = 1 << 30 };

struct git_level {
	struct str directory;
	struct gitignore ignore;
	bool ignored; /* the directory is; it was entered for the sake of tracked files */
};

/* A mapped file, for CLEANUP. */
struct mapping {
	struct str bytes;
};

static void
mapping_release(struct mapping *mapping)
{
	if (mapping->bytes.len) {
		(void)munmap((void *)(uintptr_t)mapping->bytes.ptr, mapping->bytes.len);
	}
}

static bool
mapping_open(struct mapping *mapping, int directory, const char *name)
{
	int CLEANUP(fd_close) fd = openat(directory, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat status;
	if (fd < 0 || fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size <= 0
		|| status.st_size > INDEX_BYTES_MAX) {
		return false;
	}
	size_t len = (size_t)status.st_size;
	void *bytes = mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED) {
		return false;
	}
	mapping->bytes = (struct str){ bytes, len };
	return true;
}

/* The directory that .git is, or that it names; -1 when there is none. */
static int
open_git_directory(struct arena *arena, int root_fd)
{
	enum { FLAGS = O_RDONLY | O_DIRECTORY | O_CLOEXEC };
	struct error error;
	struct str text;
	int fd = openat(root_fd, ".git", FLAGS);
	if (fd >= 0 || fs_read(arena, root_fd, STR(".git"), &text, &error) != FS_READ_OK) {
		return fd;
	}
	text = str_trim(text);
	if (!str_starts(text, STR("gitdir: "))) {
		return -1;
	}
	return openat(root_fd, arena_str(arena, str_skip(text, strlen("gitdir: "))).ptr, FLAGS);
}

static void
add_directories(struct git_filter *filter)
{
	for (const struct map_entry *entry = filter->tracked.first; entry; entry = entry->next) {
		struct str directory = path_parent(entry->key);
		while (directory.len > 0
			&& !map_put(&filter->arena, &filter->directories, directory, &filter->directories)) {
			directory = path_parent(directory);
		}
	}
}

static void
read_index(struct git_filter *filter, int git_fd)
{
	struct mapping CLEANUP(mapping_release) index = { 0 }, CLEANUP(mapping_release) rest = { 0 };
	struct str shared = { 0 }, none;
	struct map tracked = { 0 };
	bool ok = mapping_open(&index, git_fd, "index")
		&& gitindex_read(&filter->arena, index.bytes, &tracked, &shared);
	if (ok && shared.len) {
		struct str name = arena_printf(&filter->arena, "sharedindex.%.*s", STR_ARG(shared));
		ok = mapping_open(&rest, git_fd, name.ptr)
			&& gitindex_read(&filter->arena, rest.bytes, &tracked, &none);
	}
	if (ok) {
		filter->tracked = tracked;
		add_directories(filter);
	}
}

static struct gitignore
read_patterns(struct git_filter *filter, int fd, struct str path)
{
	struct gitignore ignore = { 0 };
	struct error error;
	struct str text;
	if (fs_read(&filter->arena, fd, path, &text, &error) == FS_READ_OK) {
		gitignore_parse(&filter->arena, text, &ignore);
	}
	return ignore;
}

bool
git_filter_open(struct git_filter *filter, int root_fd)
{
	*filter = (struct git_filter){ .root_fd = root_fd };
	int CLEANUP(fd_close) git_fd = open_git_directory(&filter->arena, root_fd);
	if (git_fd < 0) {
		return false;
	}
	read_index(filter, git_fd);
	filter->exclude = read_patterns(filter, git_fd, STR("info/exclude"));
	return true;
}

void
git_filter_release(struct git_filter *filter)
{
	arena_release(&filter->arena);
}

/* The nearest directory's patterns speak first. */
static bool
is_ignored(const struct git_filter *filter, struct str path, bool is_directory)
{
	for (size_t i = filter->levels.len; i > 0; i--) {
		const struct git_level *level = &filter->levels.items[i - 1];
		if (level->ignored) {
			return true;
		}
		struct str below = level->directory.len ? str_skip(path, level->directory.len + 1) : path;
		enum gitignore_verdict verdict = gitignore_judge(&level->ignore, below, is_directory);
		if (verdict != GITIGNORE_SILENT) {
			return verdict == GITIGNORE_EXCLUDES;
		}
	}
	return gitignore_judge(&filter->exclude, path, is_directory) == GITIGNORE_EXCLUDES;
}

static void
enter(struct git_filter *filter, struct str directory)
{
	struct arena *arena = &filter->arena;
	struct str name = directory.len ? arena_printf(arena, "%.*s/.gitignore", STR_ARG(directory))
					: STR(".gitignore");
	struct git_level level = { .directory = directory };
	level.ignored = directory.len > 0 && is_ignored(filter, directory, true);
	if (!level.ignored) {
		level.ignore = read_patterns(filter, filter->root_fd, name);
	}
	vec_push(arena, &filter->levels, level);
}

/* Makes the levels those above `path`. */
static void
follow(struct git_filter *filter, struct str path)
{
	struct str parent = path_parent(path);
	while (filter->levels.len > 0
		&& !path_is_below(parent, filter->levels.items[filter->levels.len - 1].directory)) {
		filter->levels.len--;
	}
	if (filter->levels.len == 0) {
		enter(filter, STR(""));
	}
	size_t done = filter->levels.items[filter->levels.len - 1].directory.len;
	while (done < parent.len) {
		size_t from = done ? done + 1 : 0;
		done = from + str_find_char(str_skip(parent, from), '/');
		enter(filter, arena_str(&filter->arena, str_first(parent, done)));
	}
}

bool
git_filter_skips(void *context, struct str path, bool is_directory)
{
	struct git_filter *filter = context;
	if (map_get(is_directory ? &filter->directories : &filter->tracked, path)) {
		return false;
	}
	follow(filter, path);
	return is_ignored(filter, path, is_directory);
}
