/*
 * Patches as kustomize reads and applies them (api/internal/builtins): texts
 * of strategic merge patches and of JSON patches, for the object that they name
 * or for those that a target selects.
 */
#ifndef GLAGENT_KUSTOMIZE_PATCH_H
#define GLAGENT_KUSTOMIZE_PATCH_H

#include "kustomize/builder.h"
#include "kustomize/decode.h"

/* The text of a patch from its entry: inline, or of a file. False when there is none; that is in the build.
 */
struct patch_text {
	struct str text;
	const struct file *file; /* NULL: inline */
};

/* What a text is as manifests: through the file's own trees where it was read as YAML. */
void patch_decode(struct site *site, const struct patch_text *text, struct decoded *ret_decoded);

/* Applies a merge patch to one member; a deleted one loses its tree. */
bool patch_merge(struct site *site, const struct ynode *at, struct member *member, struct knode *patch,
	const struct trail *options) NODISCARD;

/* Applies a merge patch to the object that it names itself. `by_copy`: labels and annotations of the patch
 * become text first, as where kustomize copies patches. */
bool patch_merge_by_name(struct site *site, const struct ynode *at, const struct ynode *patch,
	const struct trail *options, bool by_copy) NODISCARD;

/* Applies operations to one member. */
bool patch_operate(struct site *site, const struct ynode *at, struct member *member,
	const struct ynode *operations) NODISCARD;

/* The members that a target selects, in order; NULL after having recorded why not. */
const struct members *patch_select(struct site *site, const struct ynode *at, const struct ynode *target);

/* Everything that a target may select may differ from what is known of it; without a target, everything. */
void patch_doubt(struct site *site, const struct ynode *target);

/* Makes labels and annotations of a patch text, and gives it the kind and version of who it is for. */
struct knode *patch_copy(struct site *site, const struct ynode *patch, const struct member *member);

#endif
