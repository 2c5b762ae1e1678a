/* spec.kustomize.patches of a FluxInstance, as far as they bear on what it syncs. */
#ifndef GLAGENT_FLUX_INSTANCE_PATCHES_H
#define GLAGENT_FLUX_INSTANCE_PATCHES_H

#include "ytree.h"

/*
 * Puts what the patches add to the spec of the object of this kind and name;
 * only lists of "add" and "replace" of whole fields are read. False when a patch
 * may do something else to it, or to what it syncs.
 */
bool instance_patches_apply(struct arena *arena, const struct ynode *instance_spec, struct str kind,
	struct str name, struct ylist *spec) NODISCARD;

#endif
