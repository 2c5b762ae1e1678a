/* Our own schema of Flux's objects: schemas/flux-objects.json. */
#ifndef GLAGENT_CRD_FLUX_OBJECTS_H
#define GLAGENT_CRD_FLUX_OBJECTS_H

#include "crd/definitions.h"
#include "kustomize/build.h"

/* The definitions of the schema; their resource is NULL. */
void flux_objects_load(struct arena *arena, struct crd_definitions *ret_definitions);

/* The Flux that brought a field, "2.7"; `path` as a problem has it. Empty when no Flux has it, or the first
 * that has the apiVersion. */
struct str flux_objects_since(const struct crd_definitions *own, const struct identity *id, struct str path);

#endif
