/*
 * Strategic merge patches as kyaml applies them (kyaml/yaml/merge2, walk):
 * mappings merge, nulls and `$patch: delete` remove, lists are replaced but for
 * those of Kubernetes' own kinds that join by keys, new items first.
 */
#ifndef GLAGENT_KUSTOMIZE_MERGE_H
#define GLAGENT_KUSTOMIZE_MERGE_H

#include "kustomize/knode.h"

enum { MERGE_DEPTH_MAX = 500 };

/* Lays `patch` over `base`, changing both; *ret_merged is NULL when the patch deletes the object. False with
 * *ret_why when kustomize fails, or we give up: then the pool is spent. */
bool merge_patch(
	struct knode *base, struct knode *patch, struct knode **ret_merged, struct str *ret_why) NODISCARD;

#endif
