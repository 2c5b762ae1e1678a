/* Where Flux takes every YAML file for a manifest: below its path, as far as no kustomization file says what
 * counts. */
#ifndef GLAGENT_WALKS_H
#define GLAGENT_WALKS_H

#include "plan.h"

/*
 * Objects to each file of the plan that no Flux is to apply and that one would: the Flux of an agent of the
 * spec that it installs, or one that a gotk-sync.yaml on disk starts. `root_fd` may be -1.
 */
bool walks_object(struct arena *arena, const struct spec *spec, int root_fd, struct plan *plan,
	struct error *reterr) NODISCARD;

#endif
