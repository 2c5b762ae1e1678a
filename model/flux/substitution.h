/*
 * What spec.postBuild of a Flux Kustomization does to the objects that it
 * applies: the variables that are set, as far as they are seen. Those of
 * Secrets, and of ConfigMaps that this repository does not give to the cluster,
 * are not.
 */
#ifndef GLAGENT_FLUX_SUBSTITUTION_H
#define GLAGENT_FLUX_SUBSTITUTION_H

#include "flux/envsubst.h"
#include "flux/flux.h"

enum substitution_happens {
	SUBSTITUTION_NEVER,
	SUBSTITUTION_MAYBE, /* spec.postBuild is not known, or all that it names is optional */
	SUBSTITUTION_SURELY,
};

/* A name that no variable may have: Flux refuses all objects for it. */
struct substitution_name {
	const struct ynode *key;
	const struct object *config_map; /* that sets it; NULL: spec.postBuild.substitute does */
};

struct substitution {
	enum substitution_happens happens;
	struct envsubst_scope scope;
	struct {
		struct substitution_name *items;
		size_t len, cap;
	} refused;
};

/* Of a Kustomization in the closure of `root`, which need not be complete yet. Keeps to `arena`. */
void substitution_read(struct arena *arena, const struct flux_root *root,
	const struct flux_kustomization *kustomization, struct substitution *ret_substitution);

/* Is the object left as it is: by its own mark, or because SOPS encrypted it, so that it is another one then?
 */
bool substitution_skips(const struct object *object);

/* What a scalar of `object` comes to when `by` applies it; false when that is not known. */
bool substitution_text(struct arena *arena, const struct flux_root *root, const struct flux_kustomization *by,
	const struct object *object, struct str text, struct str *ret_text) NODISCARD;

/* The only object of that kind and name in the namespace of the Kustomization that the builds so far give to
 * the cluster, whoever applies it; *ret_by is who does. NULL when there is none, or several. */
const struct object *substitution_source(const struct flux_root *root,
	const struct flux_kustomization *kustomization, struct str kind, struct str name,
	const struct flux_kustomization **ret_by);

#endif
