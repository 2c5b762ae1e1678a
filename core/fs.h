/*
 * The file system: reading with a limit, a sorted walk below a root, writing
 * that leaves each file old or new. Paths are relative to a root directory
 * that is opened once; neither ".." nor a symbolic link leads out of it.
 */
#ifndef GLAGENT_FS_H
#define GLAGENT_FS_H

#include "error.h"
#include "path.h"
#include "source.h"

/* Reads a file that the user named (any path; "-" is standard input). At most SOURCE_BYTES_MAX; a byte-order
 * mark is dropped. *ret_source has path as given and text in `arena`. Directories, devices and binary files
 * (a NUL byte) are errors. */
bool fs_read_named(
	struct arena *arena, const char *path, struct source *ret_source, struct error *reterr) NODISCARD;

enum fs_kind { FS_REGULAR, FS_SYMLINK, FS_OTHER };

struct fs_entry {
	struct str path; /* relative to the walk's root */
	enum fs_kind kind;
	uint64_t size; /* bytes */
};

struct fs_entries {
	struct fs_entry *items;
	size_t len, cap;
};

enum { FS_ENTRIES_MAX = 1000 * 1000 };

/* Every file below `root_fd` in path_cmp order. ".git" is not entered, nor is a directory that holds a ".git"
 * (another repository or submodule). Symbolic links are listed, not followed. Unreadable directories are an
 * error. */
bool fs_walk(
	struct arena *arena, int root_fd, struct fs_entries *ret_entries, struct error *reterr) NODISCARD;

/* Says what a walk leaves out; a directory that is skipped is not entered. Asked in the order of the walk. */
struct fs_filter {
	bool (*skips)(void *context, struct str path, bool is_directory);
	void *context;
};

/* fs_walk without what `filter` skips. */
bool fs_walk_filtered(struct arena *arena, int root_fd, const struct fs_filter *filter,
	struct fs_entries *ret_entries, struct error *reterr) NODISCARD;

enum fs_read_result { FS_READ_OK, FS_READ_FAILED, FS_READ_TOO_LARGE };

/* Reads a regular file of a walk, without following links anywhere in `path`. NUL-terminated; a byte-order
 * mark is dropped. */
enum fs_read_result fs_read(struct arena *arena, int root_fd, struct str path, struct str *ret_text,
	struct error *reterr) NODISCARD;

/* fs_read of the file's first `max` bytes, or of all that it has. */
enum fs_read_result fs_read_start(struct arena *arena, int root_fd, struct str path, size_t max,
	struct str *ret_text, struct error *reterr) NODISCARD;

/* Does anything at all stand at root/path? False with *reterr when that cannot be told, as behind a link. */
bool fs_exists(int root_fd, struct str path, bool *ret_exists, struct error *reterr) NODISCARD;

/* Writes `data` as root/path: makes missing directories, writes a temporary beside it, syncs, renames. The
 * mode and a byte-order mark of a file that is replaced are kept; what is no regular file is not replaced. On
 * failure nothing is left behind and an old file is as it was. */
bool fs_write(int root_fd, struct str path, struct str data, struct error *reterr) NODISCARD;

struct fs_file {
	struct str path, data;
};

/*
 * fs_write of many, in their order: a later file is never new while an earlier
 * one is old. In groups that are synced together, which takes a fraction of the
 * time. A failure stops: each file is old or new, the last ones old.
 */
bool fs_write_all(int root_fd, const struct fs_file *files, size_t len, struct error *reterr) NODISCARD;

/* Writes all of `data` to standard output and flushes; false on a full disk and on a closed pipe. */
bool fs_write_stdout(struct str data, struct error *reterr) NODISCARD;

/* For a text that people page through: a closed pipe counts as success, for the reader had enough. */
bool fs_write_report(struct str data, struct error *reterr) NODISCARD;

#endif
