/* The kustomization.yaml of each directory of a plan. */
#ifndef GLAGENT_KUSTOMIZATION_H
#define GLAGENT_KUSTOMIZATION_H

#include "plan.h"
#include "renderer.h"

/*
 * Adds a kustomization.yaml to each directory that `plan` has files in. It lists those files,
 * install.resources of the agents whose directory it is, and the directories of the plan next below it:
 * kustomize looks into none that is not listed. Deeper ones come first. False with the renderer's error.
 */
bool kustomizations_add(struct renderer *renderer, struct plan *plan) NODISCARD;

#endif
