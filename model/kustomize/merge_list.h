/* Lists that a strategic merge joins by the keys of their items: shared by merge.c and merge_list.c only. */
#ifndef GLAGENT_KUSTOMIZE_MERGE_LIST_H
#define GLAGENT_KUSTOMIZE_MERGE_LIST_H

#include "kustomize/kinds.h"
#include "kustomize/knode.h"

/* A merge under way. */
struct merge {
	struct str why;
	unsigned depth;
};

/* Merges two values of which either may be NULL; *ret_merged NULL: none is left. */
bool merge_walk(struct merge *merge, struct knode *base, struct knode *patch, const struct merge_field *field,
	struct knode **ret_merged);

/* An item's keys with their values, of which there may be fewer than keys. */
struct merge_key {
	struct str names[MERGE_KEYS_MAX];
	size_t name_count;
	struct str values[MERGE_KEYS_MAX];
	size_t value_count;
};

/* kyaml's ElementSetter: `item` instead of those that match, or behind all; NULL removes them. */
bool merge_list_set(
	struct knode *list, struct knode *item, const struct merge_key *key, struct str *ret_why) NODISCARD;

/* `start` is what is left of the base; items of the patch come first. */
bool merge_lists(struct merge *merge, struct knode *start, struct knode *patch,
	const struct merge_field *field, struct knode **ret_merged);

#endif
