/* syncfs is Linux's. */
#define _GNU_SOURCE // NOLINT(bugprone-*,cert-*,readability-*)
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs.h"
#include "fs_open.h"

#define MARK "\xEF\xBB\xBF"

enum {
	TEMPORARY_TRIES = 100,
	SYNCED_SINGLY_MAX = 8, /* syncing a whole file system waits for the writes of others, too */
};

/* A file between its creation beside the target and its renaming. */
struct pending {
	struct str path;
	int parent, fd;
	const char *name, *temporary; /* both in `parent` */
	mode_t mode;                  /* of the file that is replaced; 0: a new one */
	bool has_mark;                /* it begins with a byte-order mark, which stays */
	size_t made;                  /* directories */
	struct temporary listed;
};

struct group {
	struct arena scratch;
	int root_fd;
	struct pending items[TEMPORARIES_MAX];
	size_t len;
	struct error *error;
};

bool
fs_write_bytes(int fd, struct str data)
{
	while (data.len > 0) {
		ssize_t done = write(fd, data.ptr, data.len);
		if (done >= 0) {
			data = str_skip(data, (size_t)done);
		} else if (errno == EAGAIN) {
			struct pollfd wait = { .fd = fd, .events = POLLOUT };
			(void)poll(&wait, 1, -1);
		} else if (errno != EINTR) {
			return false;
		}
	}
	return true;
}

/* Reading takes the mark off; nobody asked for a file without it. */
static bool
begins_with_mark(const struct pending *file)
{
	char start[sizeof(MARK) - 1];
	int CLEANUP(fd_close) fd =
		openat(file->parent, file->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	return fd >= 0 && read(fd, start, sizeof(start)) == (ssize_t)sizeof(start)
		&& memcmp(start, MARK, sizeof(start)) == 0;
}

/* What stands in the way, if anything, and what of it to keep. */
static bool
look(struct pending *file, struct error *reterr)
{
	struct stat status;
	if (fstatat(file->parent, file->name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
		return errno == ENOENT || error_set_errno(reterr, "%.*s", STR_ARG(file->path));
	}
	if (!S_ISREG(status.st_mode)) {
		return error_set(
			reterr, "%.*s: is no regular file, so it is not replaced", STR_ARG(file->path));
	}
	file->mode = status.st_mode & 07777;
	file->has_mark = begins_with_mark(file);
	return true;
}

/* A fresh file beside the target, listed before it exists: a signal arrives when the system call returns. */
static bool
create_temporary(struct arena *scratch, struct pending *file, size_t number, struct error *reterr)
{
	for (size_t i = number; i < number + TEMPORARY_TRIES; i++) {
		const char *name = arena_printf(scratch, ".glagent-%ld-%zu.tmp", (long)getpid(), i).ptr;
		file->listed = (struct temporary){ file->parent, name };
		if (!temporary_add(&file->listed)) {
			return error_set(reterr, "%.*s: too many temporary files", STR_ARG(file->path));
		}
		file->fd = openat(file->parent, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (file->fd >= 0) {
			file->temporary = name;
			return true;
		}
		int reason = errno;
		temporary_remove(&file->listed);
		errno = reason;
		if (errno != EEXIST) {
			return error_set_errno(reterr, "%.*s", STR_ARG(file->path));
		}
	}
	return error_set(reterr, "%.*s: no free name for a temporary file", STR_ARG(file->path));
}

static bool
fill(const struct pending *file, struct str data, struct error *reterr)
{
	bool is_marked =
		!file->has_mark || str_starts(data, STR(MARK)) || fs_write_bytes(file->fd, STR(MARK));
	return (is_marked && fs_write_bytes(file->fd, data)
		       && (!file->mode || fchmod(file->fd, file->mode) == 0))
		|| error_set_errno(reterr, "%.*s", STR_ARG(file->path));
}

/* Adds the file to the group, its temporary written. What a failure leaves, abandon takes away. */
static bool
prepare(struct group *group, const struct fs_file *wanted)
{
	struct arena *scratch = &group->scratch;
	struct error *reterr = group->error;
	struct str clean, path = wanted->path;
	if (!path_join(scratch, STR(""), path, &clean) || clean.len == 0 || !str_eq(clean, path)) {
		return error_set(reterr, "%.*s: is no plain path below the output directory", STR_ARG(path));
	}
	struct pending *file = &group->items[group->len++];
	*file = (struct pending){ .path = path, .fd = -1, .name = arena_str(scratch, path_base(path)).ptr };
	file->parent = fs_open_parent(group->root_fd, path, &file->made, reterr);
	return file->parent >= 0 && look(file, reterr) && create_temporary(scratch, file, group->len, reterr)
		&& fill(file, wanted->data, reterr);
}

/* Brings the temporaries to the disk, whichever file systems they are on. */
static bool
sync_group(struct group *group, bool singly)
{
	dev_t synced = 0;
	for (size_t i = 0; i < group->len; i++) {
		const struct pending *file = &group->items[i];
		struct stat status;
		bool ok = fstat(file->fd, &status) == 0;
		if (ok && singly) {
			ok = fsync(file->fd) == 0;
		} else if (ok && (i == 0 || status.st_dev != synced)) {
			ok = syncfs(file->fd) == 0;
			synced = status.st_dev;
		}
		if (!ok) {
			return error_set_errno(group->error, "%.*s", STR_ARG(file->path));
		}
	}
	return true;
}

static void
let_go(struct pending *file)
{
	temporary_remove(&file->listed);
	fd_close(&file->fd);
	fd_close(&file->parent);
}

/* Removes the `made` deepest directories of the path's parent that exist: ours, and empty again. */
static void
unmake(struct arena *scratch, int root_fd, struct str path, size_t made)
{
	for (struct str dir = path_parent(path); made > 0 && dir.len > 0; dir = path_parent(dir)) {
		if (unlinkat(root_fd, arena_str(scratch, dir).ptr, AT_REMOVEDIR) == 0) {
			made--;
		}
	}
}

/* Takes away what was prepared from `first` on; backwards, for a directory goes after what is in it. */
static void
abandon(struct group *group, size_t first)
{
	while (group->len > first) {
		struct pending *file = &group->items[--group->len];
		if (file->temporary) {
			(void)unlinkat(file->parent, file->temporary, 0);
		}
		let_go(file);
		unmake(&group->scratch, group->root_fd, file->path, file->made);
	}
}

/* Puts the temporaries in their targets' places. */
static bool
commit(struct group *group)
{
	for (size_t i = 0; i < group->len; i++) {
		struct pending *file = &group->items[i];
		if (renameat(file->parent, file->temporary, file->parent, file->name) != 0) {
			(void)error_set_errno(group->error, "%.*s", STR_ARG(file->path));
			abandon(group, i);
			return false;
		}
		let_go(file);
	}
	return true;
}

static bool
write_group(int root_fd, const struct fs_file *files, size_t len, bool singly, struct error *reterr)
{
	struct group group = { .root_fd = root_fd, .error = reterr };
	bool ok = true;
	for (size_t i = 0; ok && i < len; i++) {
		ok = prepare(&group, &files[i]);
	}
	ok = ok && sync_group(&group, singly);
	if (ok) {
		ok = commit(&group);
	} else {
		abandon(&group, 0);
	}
	arena_release(&group.scratch);
	return ok;
}

bool
fs_write_all(int root_fd, const struct fs_file *files, size_t len, struct error *reterr)
{
	bool ok = true;
	for (size_t at = 0; ok && at < len; at += TEMPORARIES_MAX) {
		size_t count = len - at < TEMPORARIES_MAX ? len - at : TEMPORARIES_MAX;
		ok = write_group(root_fd, files + at, count, len <= SYNCED_SINGLY_MAX, reterr);
	}
	return ok;
}

bool
fs_write(int root_fd, struct str path, struct str data, struct error *reterr)
{
	struct fs_file file = { path, data };
	return fs_write_all(root_fd, &file, 1, reterr);
}
