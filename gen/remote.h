/* Which project of which GitLab a clone is of, as .git/config says. */
#ifndef GLAGENT_REMOTE_H
#define GLAGENT_REMOTE_H

#include "arena.h"

struct remote {
	struct str url;     /* "https://gitlab.example.com"; empty: not known */
	struct str project; /* "platform/clusters"; empty likewise */
};

/* Reads the address of a Git remote: https://, ssh:// and user@host:path. Names and passwords in it are
 * dropped.
 */
struct remote remote_of_url(struct arena *arena, struct str url);

/* The remote "origin" of the clone whose root `root_fd` is; empty when there is none, or it is a work tree
 * whose configuration lies elsewhere. */
struct remote remote_find(struct arena *arena, int root_fd);

#endif
