/* Kustomization files of others that keep Flux from what a plan writes below them, until they list it. */
#ifndef GLAGENT_ATTACH_H
#define GLAGENT_ATTACH_H

#include "plan.h"

/*
 * Adds to the plan, behind its other files, each kustomization file on disk that is the nearest one above a
 * directory of the plan with a kustomization.yaml, at or below flux.path: with the directory among its
 * `resources`. Where there is none, Flux walks to the directory by itself. `root_fd` may be -1.
 */
bool attach_to_kustomizations(struct arena *arena, const struct spec *spec, int root_fd, struct plan *plan,
	struct error *reterr) NODISCARD;

#endif
