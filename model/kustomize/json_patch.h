/* JSON patches as kustomize applies them: RFC 6902 with the habits of its library (evanphx/json-patch 4.12).
 */
#ifndef GLAGENT_KUSTOMIZE_JSON_PATCH_H
#define GLAGENT_KUSTOMIZE_JSON_PATCH_H

#include "kustomize/knode.h"

/* The operations in `text`: JSON when it begins with '[', else YAML. NULL with *ret_why when it is no list of
 * mappings; an empty document is a list without operations. */
const struct ynode *json_patch_read(struct arena *arena, struct str text, struct str *ret_why);

/* Applies operations to what json_value_of returned; *ret_root is the result. False with *ret_why when one
 * does not apply. */
bool json_patch_apply(struct knode *root, const struct ynode *operations, struct knode **ret_root,
	struct str *ret_why) NODISCARD;

#endif
