/* Text that is no YAML and yet tells of Flux: scripts, Makefiles, Terraform. */
#ifndef GLAGENT_KEPT_TEXT_H
#define GLAGENT_KEPT_TEXT_H

#include "str.h"

/* Do the models need the text of this file, which is no YAML, after it has been read? Prose never. */
bool text_is_kept(struct str path, struct str text);

#endif
