#include "fs_open.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "path.h"

void
fd_close(int *fd)
{
	if (*fd >= 0) {
		(void)close(*fd);
		*fd = -1;
	}
}

/* Opens one component; creates it when `made` is given. -1 with errno. */
static int
open_component(int fd, struct str name, size_t *made)
{
	char text[NAME_MAX + 1];
	if (name.len > NAME_MAX) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(text, name.ptr, name.len);
	text[name.len] = '\0';
	enum { OPEN_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };
	int next = openat(fd, text, OPEN_FLAGS);
	if (next >= 0 || errno != ENOENT || !made) {
		return next;
	}
	if (mkdirat(fd, text, 0777) != 0 && errno != EEXIST) { /* EEXIST: made by another meanwhile */
		return -1;
	}
	++*made;
	return openat(fd, text, OPEN_FLAGS);
}

bool
fs_fail(struct str path, struct error *reterr)
{
	if (errno != ELOOP && errno != ENOTDIR) {
		return error_set_errno(reterr, "%.*s", STR_ARG(path));
	}
	return error_set(reterr,
		"%.*s: a link stands there or above it, or a file where a directory belongs; links are not "
		"followed",
		STR_ARG(path));
}

int
fs_open_parent(int root_fd, struct str path, size_t *made, struct error *reterr)
{
	struct str rest = path_parent(path);
	int fd = dup(root_fd);
	if (fd < 0) {
		(void)error_set_errno(reterr, "%.*s", STR_ARG(path));
		return -1;
	}
	while (rest.len > 0) {
		struct str name = str_cut(&rest, '/');
		int next = open_component(fd, name, made);
		int number = errno; /* the caller may ask whether it was ENOENT */
		if (next < 0) {
			(void)fs_fail(path, reterr);
		}
		(void)close(fd);
		errno = number;
		fd = next;
		if (fd < 0) {
			return -1;
		}
	}
	return fd;
}
