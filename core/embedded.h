/* Files compiled into the programs: schemas/ and templates/. */
#ifndef GLAGENT_EMBEDDED_H
#define GLAGENT_EMBEDDED_H

#include "str.h"

struct embedded_file {
	struct str name; /* path in the source tree, "schemas/spec.schema.json" */
	struct str data; /* NUL-terminated past data.len */
};

extern const struct embedded_file embedded_files[]; /* sorted by name */
extern const size_t embedded_count;

/* The file, which must exist: a wrong name is a bug. */
struct str embedded_get(struct str name);

#endif
