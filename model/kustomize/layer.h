/* One kustomization file, read and checked (api/types/kustomization.go, Unmarshal to EnforceFields). */
#ifndef GLAGENT_KUSTOMIZE_LAYER_H
#define GLAGENT_KUSTOMIZE_LAYER_H

#include "kustomize/build.h"
#include "kustomize/fields.h"

struct layer_entry {
	struct str path;          /* as written */
	const struct ynode *node; /* NULL: from a walk */
	bool from_root;           /* `path` counts from the root of the repository: from a walk */
	bool is_optional;         /* a component that may be missing */
};

struct layer_entries {
	struct layer_entry *items;
	size_t len, cap;
};

struct layer {
	struct str directory;
	const struct file *file;  /* NULL: none, all is overlay */
	const struct ynode *root; /* its fields, read as JSON; NULL when there are none */
	bool is_component;
	struct layer_entries walked;     /* what a walk found: included before the resources */
	struct layer_entries components; /* of a Flux Kustomization: included behind the file's */
	struct {
		const struct ynode **items;
		size_t len, cap;
	} doubts; /* patches of a Flux Kustomization that cannot be evaluated */

	/* The first thing that is wrong for sure, and the first that is not modelled. */
	const struct ynode *failure_at, *unmodelled_at;
	struct str failure, unmodelled;
	enum build_fault fault;
};

/*
 * Reads `file`. `is_lenient`: as kustomize-controller reads the file of a path, which drops unknown fields
 * and takes a file without any field.
 */
void layer_read(struct arena *arena, const struct file *file, bool is_lenient, struct layer *ret_layer);

#endif
