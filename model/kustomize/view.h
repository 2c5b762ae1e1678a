/* What kustomize sees of a repository: regular files only, without those that Flux's source filter left out.
 */
#ifndef GLAGENT_KUSTOMIZE_VIEW_H
#define GLAGENT_KUSTOMIZE_VIEW_H

#include "files.h"

struct view {
	const struct files *files;
	const bool *hidden; /* by index in files->items; NULL: nothing is left out */
};

/* The regular file at `path` that is not left out, or NULL. */
const struct file *view_file(const struct view *view, struct str path);

/* Is `file`, one of files->items, there? */
bool view_has(const struct view *view, const struct file *file);

/* The kustomization file of `directory` under the first of kustomize's names, or NULL; *ret_second is a
 * second one, which kustomize refuses, or NULL. */
const struct file *view_kustomization(
	const struct view *view, struct arena *scratch, struct str directory, const struct file **ret_second);

#endif
