#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "fs.h"
#include "fs_open.h"

enum { CHUNK_BYTES = 64 * 1024 };

/* Reads to the end, at most SOURCE_BYTES_MAX. `expected` is what the system said of the size; it may lie. */
static enum fs_read_result
read_all(struct arena *arena, int fd, uint64_t expected, struct str *ret_text)
{
	size_t cap = expected < SOURCE_BYTES_MAX ? (size_t)expected + 1 : CHUNK_BYTES, len = 0;
	char *data = arena_alloc(arena, cap + 1);
	if (expected > SOURCE_BYTES_MAX) {
		return FS_READ_TOO_LARGE;
	}
	for (;;) {
		if (len == cap) {
			char *more = arena_alloc(arena, cap * 2 + 1);
			memcpy(more, data, len);
			data = more;
			cap *= 2;
		}
		ssize_t got = read(fd, data + len, cap - len);
		if (got < 0 && errno == EINTR) {
			continue;
		}
		if (got < 0) {
			return FS_READ_FAILED;
		}
		if (got == 0) {
			break;
		}
		len += (size_t)got;
		if (len > SOURCE_BYTES_MAX) {
			return FS_READ_TOO_LARGE;
		}
	}
	data[len] = '\0';
	*ret_text = (struct str){ data, len };
	return FS_READ_OK;
}

static struct str
without_mark(struct str text)
{
	struct str mark = STR("\xEF\xBB\xBF");
	return str_starts(text, mark) ? (struct str){ text.ptr + mark.len, text.len - mark.len } : text;
}

/* *ret_size is 0 for a pipe. */
static bool
check_kind(int fd, const char *path, uint64_t *ret_size, struct error *reterr)
{
	struct stat status;
	if (fstat(fd, &status) != 0) {
		return error_set_errno(reterr, "%s", path);
	}
	if (S_ISDIR(status.st_mode)) {
		return error_set(reterr, "%s: is a directory, expected a file", path);
	}
	if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode) && fd != STDIN_FILENO) {
		return error_set(reterr, "%s: is no regular file", path);
	}
	*ret_size = S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0;
	return true;
}

bool
fs_read_named(struct arena *arena, const char *path, struct source *ret_source, struct error *reterr)
{
	bool is_stdin = strcmp(path, "-") == 0;
	const char *shown = is_stdin ? "standard input" : path;
	int CLEANUP(fd_close) opened = is_stdin ? -1 : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (!is_stdin && opened < 0) {
		return error_set_errno(reterr, "%s", shown);
	}
	int fd = is_stdin ? STDIN_FILENO : opened;
	uint64_t size = 0;
	struct str text;
	if (!check_kind(fd, shown, &size, reterr)) {
		return false;
	}
	enum fs_read_result result = read_all(arena, fd, size, &text);
	if (result == FS_READ_FAILED) {
		return error_set_errno(reterr, "%s", shown);
	}
	if (result == FS_READ_TOO_LARGE) {
		return error_set(reterr, "%s: larger than 16 MiB", shown);
	}
	if (str_has_char(text, '\0')) {
		return error_set(reterr, "%s: is binary, expected text", shown);
	}
	ret_source->path = arena_str(arena, str_from(path));
	ret_source->text = without_mark(text);
	return true;
}

/* The regular file at `path`, opened without following links, and its size; -1 with *reterr. */
static int
open_regular(int root_fd, struct str path, uint64_t *ret_size, struct error *reterr)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	int CLEANUP(fd_close) parent = fs_open_parent(root_fd, path, NULL, reterr);
	if (parent < 0) {
		return -1;
	}
	/* NONBLOCK: a pipe that took the file's place must not stop us. */
	const char *name = arena_str(&scratch, path_base(path)).ptr;
	int fd = openat(parent, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat status;
	if (fd < 0 || fstat(fd, &status) != 0) {
		(void)fs_fail(path, reterr);
		fd_close(&fd);
	} else if (!S_ISREG(status.st_mode)) {
		(void)error_set(reterr, "%.*s: is no regular file", STR_ARG(path));
		fd_close(&fd);
	} else {
		*ret_size = (uint64_t)status.st_size;
	}
	return fd;
}

enum fs_read_result
fs_read(struct arena *arena, int root_fd, struct str path, struct str *ret_text, struct error *reterr)
{
	uint64_t size = 0;
	int CLEANUP(fd_close) fd = open_regular(root_fd, path, &size, reterr);
	if (fd < 0) {
		return FS_READ_FAILED;
	}
	enum fs_read_result result = read_all(arena, fd, size, ret_text);
	if (result == FS_READ_FAILED) {
		(void)error_set_errno(reterr, "%.*s", STR_ARG(path));
	} else if (result == FS_READ_TOO_LARGE) {
		(void)error_set(reterr, "%.*s: larger than 16 MiB", STR_ARG(path));
	} else {
		*ret_text = without_mark(*ret_text);
	}
	return result;
}

enum fs_read_result
fs_read_start(struct arena *arena, int root_fd, struct str path, size_t max, struct str *ret_text,
	struct error *reterr)
{
	uint64_t size = 0;
	int CLEANUP(fd_close) fd = open_regular(root_fd, path, &size, reterr);
	if (fd < 0) {
		return FS_READ_FAILED;
	}
	char *data = arena_alloc(arena, max + 1);
	ssize_t got;
	do {
		got = read(fd, data, max);
	} while (got < 0 && errno == EINTR);
	if (got < 0) {
		(void)error_set_errno(reterr, "%.*s", STR_ARG(path));
		return FS_READ_FAILED;
	}
	*ret_text = without_mark((struct str){ data, (size_t)got });
	return FS_READ_OK;
}

bool
fs_exists(int root_fd, struct str path, bool *ret_exists, struct error *reterr)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct stat status;
	int CLEANUP(fd_close) parent = fs_open_parent(root_fd, path, NULL, reterr);
	bool is_there = parent >= 0
		&& fstatat(parent, arena_str(&scratch, path_base(path)).ptr, &status, AT_SYMLINK_NOFOLLOW)
			== 0;
	if (!is_there && errno != ENOENT) {
		return fs_fail(path, reterr);
	}
	*ret_exists = is_there;
	return true;
}
