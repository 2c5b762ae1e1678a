#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs.h"
#include "fs_open.h"

enum { TEMPORARY_TRIES = 100 };

struct target {
	int parent;
	const char *name, *temporary; /* both in `parent` */
	mode_t mode;                  /* of the file that is replaced; 0: a new one */
};

/* Writes everything, through signals and a descriptor that somebody made non-blocking. */
static bool
write_all(int fd, struct str data)
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

/* What stands in the way, if anything, and the mode to keep. */
static bool
look(struct target *target, struct str path, struct error *reterr)
{
	struct stat status;
	if (fstatat(target->parent, target->name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
		return errno == ENOENT || error_set_errno(reterr, "%.*s", STR_ARG(path));
	}
	if (!S_ISREG(status.st_mode)) {
		return error_set(reterr, "%.*s: is no regular file, so it is not replaced", STR_ARG(path));
	}
	target->mode = status.st_mode & 07777;
	return true;
}

/* A fresh file beside the target; -1 with *reterr. */
static int
create_temporary(struct arena *scratch, struct target *target, struct str path, struct error *reterr)
{
	for (int i = 0; i < TEMPORARY_TRIES; i++) {
		target->temporary = arena_printf(scratch, ".glagent-%ld-%d.tmp", (long)getpid(), i).ptr;
		int fd = openat(
			target->parent, target->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd >= 0 || errno != EEXIST) {
			if (fd < 0) {
				(void)error_set_errno(reterr, "%.*s", STR_ARG(path));
			}
			return fd;
		}
	}
	(void)error_set(reterr, "%.*s: no free name for a temporary file", STR_ARG(path));
	return -1;
}

/* Fills the temporary and puts it in the target's place. */
static bool
replace(const struct target *target, int fd, struct str data)
{
	if (!write_all(fd, data) || (target->mode && fchmod(fd, target->mode) != 0) || fsync(fd) != 0) {
		return false;
	}
	return renameat(target->parent, target->temporary, target->parent, target->name) == 0;
}

static bool
write_target(
	struct arena *scratch, struct target *target, struct str path, struct str data, struct error *reterr)
{
	if (!look(target, path, reterr)) {
		return false;
	}
	int CLEANUP(fd_close) fd = create_temporary(scratch, target, path, reterr);
	if (fd < 0) {
		return false;
	}
	struct temporary temporary = { target->parent, target->temporary };
	if (!temporary_add(&temporary)) {
		(void)unlinkat(target->parent, target->temporary, 0);
		return error_set(reterr, "%.*s: too many temporary files", STR_ARG(path));
	}
	bool ok = replace(target, fd, data);
	if (!ok) {
		(void)error_set_errno(reterr, "%.*s", STR_ARG(path));
		(void)unlinkat(target->parent, target->temporary, 0);
	}
	temporary_remove(&temporary);
	return ok;
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

bool
fs_write(int root_fd, struct str path, struct str data, struct error *reterr)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct str clean;
	if (!path_join(&scratch, STR(""), path, &clean) || clean.len == 0 || !str_eq(clean, path)) {
		return error_set(reterr, "%.*s: is no plain path below the output directory", STR_ARG(path));
	}
	size_t made = 0;
	int CLEANUP(fd_close) parent = fs_open_parent(root_fd, path, &made, reterr);
	struct target target = { .parent = parent, .name = arena_str(&scratch, path_base(path)).ptr };
	if (parent < 0 || !write_target(&scratch, &target, path, data, reterr)) {
		unmake(&scratch, root_fd, path, made);
		return false;
	}
	return true;
}

static bool
write_stdout(struct str data, bool may_close, struct error *reterr)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, old;
	if (fflush(stdout) != 0 || sigaction(SIGPIPE, &ignore, &old) != 0) {
		return error_set_errno(reterr, "standard output");
	}
	bool ok = write_all(STDOUT_FILENO, data);
	if (ok) { /* some file systems tell of a full disk only now */
		int copy = dup(STDOUT_FILENO);
		ok = copy < 0 || close(copy) == 0;
	}
	if (!ok && may_close && errno == EPIPE) {
		ok = true;
	}
	if (!ok) {
		(void)error_set_errno(reterr, "standard output");
	}
	(void)sigaction(SIGPIPE, &old, NULL);
	return ok;
}

bool
fs_write_stdout(struct str data, struct error *reterr)
{
	return write_stdout(data, false, reterr);
}

bool
fs_write_report(struct str data, struct error *reterr)
{
	return write_stdout(data, true, reterr);
}
