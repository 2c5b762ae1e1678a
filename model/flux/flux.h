/*
 * What Flux applies from this repository: roots, Kustomizations, builds and
 * reach. First form: roots are the Kustomizations of gotk-sync.yaml; children
 * are followed while their source is the root's and nothing about them is
 * unknown; a custom ignore pattern, postBuild in a path, a foreign source that
 * may be this repository and the like make a closure incomplete.
 */
#ifndef GLAGENT_FLUX_H
#define GLAGENT_FLUX_H

#include "kustomize/build.h"

/* One Flux Kustomization that applies something of this repository. */
struct flux_kustomization {
	const struct resource *resource; /* its document */
	struct str path;                 /* spec.path, cleaned; "" is the root of the repository */
	const struct ynode *path_node;   /* spec.path, or NULL when it is absent */
	const struct build *build;
	const struct flux_kustomization *parent; /* whose build holds it; NULL for a root */
};

/* One cluster: a root Kustomization and all that follows from it. */
struct flux_root {
	const struct flux_kustomization *kustomization;
	const struct resource
		*source; /* the GitRepository beside it in gotk-sync.yaml; NULL when it is not there */
	struct {
		const struct flux_kustomization **items;
		size_t len, cap;
	} closure;        /* root first */
	bool is_complete; /* everything that this root applies from this repository is in `closure` */
	struct str why_incomplete;
	const struct ynode *incomplete_at;
};

struct flux {
	struct {
		struct flux_root *items;
		size_t len, cap;
	} roots;
	bool roots_are_known; /* there is at least one, and no sign of another: FluxInstance, Terraform, an
				 unreadable gotk-sync.yaml */
};

/* By which Kustomization a file is reached first, or NULL. */
const struct flux_kustomization *flux_reaches(const struct flux *flux, const struct file *file);

const struct flux *flux_model(
	struct arena *arena, const struct files *files, const struct resources *resources);

#endif
