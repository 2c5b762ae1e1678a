/* What a ConfigMap or Secret generator puts into its object (api/kv, api/internal/generators). */
#ifndef GLAGENT_KUSTOMIZE_GENERATOR_DATA_H
#define GLAGENT_KUSTOMIZE_GENERATOR_DATA_H

#include "kustomize/builder.h"

struct pair {
	struct str key, value;
};

struct pairs {
	struct pair *items;
	size_t len, cap;
	bool is_incomplete; /* a file was not kept in memory: its pairs are not here */
};

/* The pairs of one entry, sorted by key. False when the entry fails; that is in the build. */
bool generator_read(struct site *site, const struct ynode *entry, struct pairs *pairs) NODISCARD;

#endif
