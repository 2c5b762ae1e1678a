/*
 * Patches and replacements of a kustomization, judged without being applied:
 * which objects they could touch, and whether they could change what a Flux
 * object makes Flux read (path, source, patches of its own, …).
 */
#ifndef GLAGENT_KUSTOMIZE_PATCH_H
#define GLAGENT_KUSTOMIZE_PATCH_H

#include "kustomize/build.h"

struct patch {
	struct str kind, name; /* of the target: a word, or a pattern that Go anchors; empty: any */
	bool steers;           /* may change what a Flux object makes Flux read */
};

struct patches {
	struct patch *items;
	size_t len, cap;
};

/* An item of `patches` or `patchesJson6902`; *ret_file is the patch file that it reads, or NULL. */
void patches_add_item(struct arena *arena, const struct view *view, struct str directory,
	const struct ynode *item, struct patches *patches, const struct file **ret_file);

/* An item of `patchesStrategicMerge`: a path, or the patch itself. */
void patches_add_merge(struct arena *arena, const struct view *view, struct str directory,
	const struct ynode *item, struct patches *patches, const struct file **ret_file);

/* An item of `replacements`. */
void patches_add_replacement(struct arena *arena, const struct ynode *item, struct patches *patches);

/* Touches everything. */
void patches_add_any(struct arena *arena, struct patches *patches);

/* Marks the objects that a patch may touch. */
void patches_mark(const struct patches *patches, struct build *build);

/* Is it an object that decides which files Flux reads: a Kustomization or a source? */
bool object_steers(const struct object *object);

#endif
