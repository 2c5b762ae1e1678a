/* What a kustomization does to the objects that it gathered. */
#ifndef GLAGENT_KUSTOMIZE_TRANSFORM_H
#define GLAGENT_KUSTOMIZE_TRANSFORM_H

#include "kustomize/layer.h"

/* Marks what patches may touch, then sets the namespace, then adds prefix and suffix: kustomize's own order.
 */
void layer_transform(struct arena *arena, const struct layer *layer, struct build *build);

#endif
