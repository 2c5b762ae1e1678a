/* Shell patterns as Go's path.Match reads them. */
#ifndef GLAGENT_GLOB_H
#define GLAGENT_GLOB_H

#include "str.h"

/*
 * Does `pattern` match all of `name`? `*` any bytes but '/', `?` one code point but '/', `[a-z]` and `[^a-z]`
 * one of a class, `\` the next one literally. A malformed pattern matches nothing.
 */
bool glob_match(struct str pattern, struct str name);

#endif
