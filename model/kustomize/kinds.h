/*
 * What kustomize 5.5 knows of Kubernetes' own kinds (kyaml/openapi with its
 * built-in schema of Kubernetes 1.21): their scope, and which lists of theirs a
 * strategic merge joins by keys. Every other kind is taken for one that lives
 * in a namespace and whose lists are replaced.
 */
#ifndef GLAGENT_KUSTOMIZE_KINDS_H
#define GLAGENT_KUSTOMIZE_KINDS_H

#include "str.h"

/* Has the kind certainly no namespace? */
bool kind_is_cluster_scoped(struct str api_version, struct str kind);

enum { MERGE_KEYS_MAX = 2 };

/* A mapping of a known kind; 0 is one that nothing is known of. */
typedef unsigned merge_type;

merge_type merge_type_of_kind(struct str api_version, struct str kind);

/* What is below a field: another mapping, or a list that joins. */
struct merge_field {
	merge_type type;                 /* of the mapping, or of the list's items */
	bool joins;                      /* a list that is joined and not replaced */
	struct str keys[MERGE_KEYS_MAX]; /* of its items, most important first; none: plain values */
};

struct merge_field merge_field_of(merge_type type, struct str name);

#endif
