/* Templates of the user's own in the place of ours: --templates DIR. */
#ifndef GLAGENT_OVERRIDES_H
#define GLAGENT_OVERRIDES_H

#include "error.h"
#include "map.h"
#include "source.h"

struct overrides {
	struct map sources; /* struct source, by the name of the template: "values", "kpt/setters" */
};

/*
 * Reads DIR/NAME.yaml for each template NAME that may be replaced. Each must be one YAML document of the kind
 * that ours is, and name only places that templates in its stead can see: a typo must not pass for an absent
 * value. False with *reterr, and its place: one of them does not, a file is called like no template, or
 * cannot be read.
 */
bool overrides_read(struct arena *arena, const char *directory, struct overrides *ret_overrides,
	struct error *reterr) NODISCARD;

#endif
