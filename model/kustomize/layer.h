/*
 * One kustomization file, taken apart (api/types/kustomization.go). Keys match
 * whatever their case, as Go's JSON reader takes them.
 */
#ifndef GLAGENT_KUSTOMIZE_LAYER_H
#define GLAGENT_KUSTOMIZE_LAYER_H

#include "kustomize/patch.h"

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
	const struct file *file; /* NULL: none, all is overlay */
	bool is_component;
	struct layer_entries resources, components;
	struct layer_entries read; /* files that are read but bring no object: crds, configurations, … */
	struct patches patches;
	struct str namespace, prefix, suffix;
	bool has_configurations, has_vars, has_generated;

	/* The first field that is wrong for sure, and the first that is not modelled. */
	const struct ynode *failure_at, *unmodelled_at;
	struct str failure, unmodelled;
};

/*
 * Reads `file`. `is_lenient`: as kustomize-controller reads the file of a path, which drops unknown fields
 * and takes a file without any field.
 */
void layer_read(struct arena *arena, const struct view *view, const struct file *file, bool is_lenient,
	struct layer *ret_layer);

#endif
