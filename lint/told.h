/* What scripts, Makefiles and Terraform of a repository speak of. */
#ifndef GLAGENT_TOLD_H
#define GLAGENT_TOLD_H

#include "files.h"

/* Is there a line outside of YAML and prose with the name and one of the words (ends with an empty one)? */
bool text_tells_of(const struct files *files, struct str name, const struct str *words);

#endif
