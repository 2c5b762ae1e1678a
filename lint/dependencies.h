/* What waits for what by `dependsOn`. */
#ifndef GLAGENT_DEPENDENCIES_H
#define GLAGENT_DEPENDENCIES_H

#include "flux_objects.h"

/* Reads an item of the object's dependsOn; false where it cannot be read. */
bool dependency_read(
	const struct applied *from, const struct ynode *item, struct reference *ret_on) NODISCARD;

/* Does the object wait for `target`, or for one that does? True for `target` itself. */
bool applied_waits_for(const struct applied *applied, const struct applied *target);

#endif
