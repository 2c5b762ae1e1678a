/*
 * The objects that each cluster gets from this repository, by identity: what
 * rules about references between Flux objects look in. Objects that no root
 * which is known reaches, but which are surely meant for Flux, are kept apart.
 */
#ifndef GLAGENT_CLUSTERS_H
#define GLAGENT_CLUSTERS_H

#include "flux/flux.h"
#include "kustomizations.h"

struct cluster;

/* One object as a cluster gets it. */
struct applied {
	const struct object *object;         /* id and node are those after all transformers and patches */
	const struct cluster *cluster;       /* NULL: no root that is known reaches it */
	const struct flux_kustomization *by; /* whose build holds it; NULL likewise */
	const struct flux_kustomization *applies; /* a Flux Kustomization that was followed; else NULL */
};

/* What follows from one root, but for what its Kustomizations send to other clusters (spec.kubeConfig). */
struct cluster {
	const struct flux_root *root;
	struct {
		struct applied *items;
		size_t len, cap;
	} objects;              /* in the order of the closure; one a Kustomization that applies it */
	struct map by_identity; /* "group/kind/namespace/name" -> the first struct applied */
};

struct clusters {
	struct {
		struct cluster *items;
		size_t len, cap;
	} items; /* one a root that is certain */
	/* Flux objects that no root reaches, as the outermost builds of kustomization files leave them, or as
	 * they are written where no such file names them. Not those in documentation, archives, charts,
	 * templates. */
	struct {
		struct applied *items;
		size_t len, cap;
	} loose;
	bool *holds_loose; /* by file index */
};

const struct clusters *clusters_collect(struct arena *arena, const struct flux *flux,
	const struct resources *resources, const struct kustomizations *kustomizations,
	const struct map *listed);

/* The object of this identity, or NULL: it may still be there, made outside of this repository. */
const struct applied *cluster_find(const struct cluster *cluster, struct str group, struct str kind,
	struct str namespace, struct str name);

bool applied_is(const struct applied *applied, struct str group, struct str kind);

/* spec.KEY of the object; NULL when it has none. */
const struct ynode *applied_spec(const struct applied *applied, const char *key);

/* Is it written in spec.suspend that Flux leaves the object alone? */
bool applied_is_suspended(const struct applied *applied);

/* A scalar that no substitution changes; false for any other node and for what holds a variable. */
bool applied_is_plain(const struct ynode *node);

/* The same of a text. */
bool applied_text_is_plain(struct str text);

/* The namespace of what `reference` (a sourceRef, a dependsOn item) names: its own word, else the object's.
 */
struct str applied_reference_namespace(const struct applied *applied, const struct ynode *reference);

#endif
