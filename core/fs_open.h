/* What the fs_*.c files share: file descriptors, and opening without following links. Not for others. */
#ifndef GLAGENT_FS_OPEN_H
#define GLAGENT_FS_OPEN_H

#include "error.h"
#include "str.h"

/* For CLEANUP; -1 is no descriptor. */
void fd_close(int *fd);

/*
 * Opens the directory of `path` (relative, clean) below `root_fd`, component by component, so that no
 * symbolic link is followed. With `made`, missing directories are created and *made counts them: they are the
 * last ones of the path. -1 with *reterr and errno on failure.
 */
int fs_open_parent(int root_fd, struct str path, size_t *made, struct error *reterr);

/* Writes everything, through signals and a descriptor that somebody made non-blocking. False with errno. */
bool fs_write_bytes(int fd, struct str data);

/* False, with what errno says of the path in *reterr: in words of ours where a link stands in the way. */
bool fs_fail(struct str path, struct error *reterr);

#endif
