/* Directories of what is shown, tried or kept, but not meant for a cluster: docs, examples, archives. */
#ifndef GLAGENT_ASIDE_H
#define GLAGENT_ASIDE_H

#include "str.h"

/* Does a directory on the way to `path` go by such a name? "_examples" and ".archive" do, too. */
bool path_is_aside(struct str path);

#endif
