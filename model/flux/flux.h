/*
 * What Flux applies from this repository: roots, Kustomizations, builds and
 * reach. Roots are the Kustomizations of gotk-sync.yaml and those of a
 * FluxInstance that this repository applies; what else makes roots (scripts,
 * Terraform, other FluxInstances) is held against them. Children
 * are followed while their source is the root's and nothing about them is
 * unknown; a variable in a path, a patch that could change one, a source that
 * may be this repository and the like make a closure incomplete.
 */
#ifndef GLAGENT_FLUX_H
#define GLAGENT_FLUX_H

#include "kustomize/build.h"
#include "terraform.h"

#define FLUX_HELM_GROUP STR("helm.toolkit.fluxcd.io")
#define FLUX_KUSTOMIZE_GROUP STR("kustomize.toolkit.fluxcd.io")
#define FLUX_SOURCE_GROUP STR("source.toolkit.fluxcd.io")

/* Is it the group of one of Flux's controllers? */
bool flux_is_group(struct str group);

/* One Flux Kustomization that applies something of this repository. */
struct flux_kustomization {
	const struct resource *resource; /* its document */
	struct str path;                 /* spec.path, cleaned; "" is the root of the repository */
	const struct ynode *path_node;   /* spec.path, or NULL when it is absent */
	const struct ynode *spec;        /* after patches; NULL: of a root that is not certain */
	const struct object *object;     /* of the parent's build; NULL for a root */
	const struct build *build;       /* NULL for the Kustomization of a root that is not certain */
	const struct flux_kustomization *parent; /* whose build holds it; NULL for a root */
	struct str name, namespace;              /* after the transformers of that build */
};

/* A release of Flux; {0, 0} is not known. */
struct flux_version {
	unsigned major, minor;
	const struct file *file; /* that says so */
};

/* One cluster: a root Kustomization and all that follows from it. */
struct flux_root {
	const struct flux_kustomization *kustomization;
	const struct resource
		*source; /* the GitRepository beside it in gotk-sync.yaml; NULL when it is not there */
	const struct resource
		*instance;           /* the document of the Flux Operator that makes the root: kustomization
					and source are then made up, with its place; NULL: gotk-sync.yaml */
	struct flux_version version; /* of the controllers, by the header of gotk-components.yaml beside it,
					or by spec.distribution of the FluxInstance */
	bool is_in_place;            /* gotk-sync.yaml lies where bootstrapping at its path writes it */
	/* It does, or the path applies it all the same; and nothing unread changes path or source. When false
	 * the closure is empty: what the root applies, and from where, is not known. */
	bool is_certain;
	struct {
		const struct flux_kustomization **items;
		size_t len, cap;
	} closure;              /* root first */
	bool is_complete;       /* everything that this root applies from this repository is in `closure` */
	bool is_lacking_source; /* incomplete for this alone: there is no source for `incomplete_at` */
	struct str why_incomplete;
	const struct ynode *incomplete_at; /* may be NULL */
};

enum flux_declaration {
	FLUX_DECLARED_COMMAND,   /* `flux bootstrap` in a script, a recipe, CI, a workflow */
	FLUX_DECLARED_TERRAFORM, /* resource "flux_bootstrap_git" */
	FLUX_DECLARED_SPEC,      /* spec.flux.path of a glagent.yaml, for one of its clusters */
	FLUX_DECLARED_INSTANCE,  /* FluxInstance with a spec.sync that may read this repository */
};

/*
 * What makes a root, found elsewhere than in gotk-sync.yaml. Nothing here says that it is this repository
 * that Flux is told to read, nor that it was run: so it explains a root that is known, or it is a possible
 * one, which keeps "nothing reaches this" unsaid and never proves anything.
 */
struct flux_declared {
	enum flux_declaration kind;
	const struct file *file;
	struct span span;             /* of the command, the block, or the document */
	bool is_path_sure;            /* the path is known and no variable from outside changes it */
	struct str path;              /* clean; "" is the root of the repository; only when sure */
	const struct flux_root *root; /* that starts at this path; NULL: a possible root */
	bool leads_out; /* what lies below the path may apply what lies elsewhere in the repository */
	const struct bootstrap *command;             /* of FLUX_DECLARED_COMMAND */
	const struct terraform_bootstrap *terraform; /* of FLUX_DECLARED_TERRAFORM */
	const struct resource *instance;             /* of FLUX_DECLARED_INSTANCE */
};

struct flux {
	const struct files *files;
	struct {
		struct flux_root *items;
		size_t len, cap;
	} roots;
	bool roots_are_known;   /* there is at least one, and no sign of another: FluxInstance, Terraform, an
				   unreadable gotk-sync.yaml */
	struct str why_unknown; /* what the sign is, when there is a root */
	const struct file *unknown_at;
	bool roots_are_bounded; /* roots_are_known, or each root that is not known is among `declared` */
	/* By file index: the first to reach it, one that is not suspended before others; or NULL. */
	const struct flux_kustomization **reach;
	struct bootstraps bootstraps; /* `glab cluster agent bootstrap` among them */
	struct terraform terraform;
	struct {
		struct flux_declared *items;
		size_t len, cap;
	} declared; /* in the order commands, Terraform, instances; each in file order */
};

/* Has the object annotations that make Flux leave it alone, now or after the first time? */
bool flux_is_left_alone(const struct ynode *node);

/* Does the spec of a Flux object say "suspend: true"? */
bool flux_spec_suspends(const struct ynode *spec);

/* Is it, or one that applies it, suspended? Then what it is to apply is not built, or may not be. */
bool flux_is_suspended(const struct flux_kustomization *kustomization);

/* By which Kustomization a file is reached first, or NULL. */
const struct flux_kustomization *flux_reaches(const struct flux *flux, const struct file *file);

/* Was its object left by a build that fails nowhere on the way? One that fails stops before its patches. */
bool flux_is_sure(const struct flux_kustomization *kustomization);

/* The object of the Kustomization itself; NULL for a root that is applied by nothing but bootstrapping. */
const struct object *flux_object(const struct flux_kustomization *kustomization);

/* Is its spec the one that the cluster gets, whatever is not read? */
bool flux_is_known(const struct flux_kustomization *kustomization);

/* Could a root that is not known reach it? What flux_reaches knows of is no matter here. */
bool flux_may_reach(const struct flux *flux, const struct file *file);

const struct flux *flux_model(
	struct arena *arena, const struct files *files, const struct resources *resources);

#endif
