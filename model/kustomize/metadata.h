/* The metadata of a resource as kyaml reads it (kyaml/yaml/rnode.go, GetMeta and GetValidatedMetadata). */
#ifndef GLAGENT_KUSTOMIZE_METADATA_H
#define GLAGENT_KUSTOMIZE_METADATA_H

#include "ytree.h"

/* First value of `key`, where every other reader takes the last; through `<<`; aliases followed. NULL when
 * absent or `map` is no mapping. */
const struct ynode *metadata_field(const struct ynode *map, struct str key);

struct str metadata_kind(const struct ynode *root);

/* Is it a resource: some metadata, a kind, a name unless the kind ends with List? *ret_why is kustomize's
 * text when not. */
bool metadata_is_valid(struct arena *arena, const struct ynode *root, struct str *ret_why);

#endif
