/*
 * What a generated kustomization.yaml does to the files around it. A directory
 * without one is walked by Flux, and each file in it applied; with one only
 * what it lists is applied, and the rest, no longer applied, is pruned.
 */
#ifndef GLAGENT_NEIGHBOURS_H
#define GLAGENT_NEIGHBOURS_H

#include "map.h"
#include "plan.h"

enum { HIDDEN_SHOWN_MAX = 10 };

struct hidden {
	struct str paths[HIDDEN_SHOWN_MAX]; /* below the root: the first ones */
	size_t len;                         /* of all */
};

/* Is it a kustomization.yaml? */
bool neighbours_is_kustomization(const struct plan_file *file);

/*
 * The .yaml and .yml files in and below the directory of `file`, a
 * kustomization.yaml that is not there yet, which it would keep Flux from
 * applying: neither `planned` (paths of the plan) nor listed in its
 * `resources`. None when the directory holds a kustomization file already;
 * directories that hold or get one of their own are not entered. False with
 * *reterr when a directory cannot be read.
 */
bool neighbours_hidden(struct arena *arena, int root_fd, const struct plan_file *file,
	const struct map *planned, struct hidden *ret_hidden, struct error *reterr) NODISCARD;

/* The name of a kustomization file, other than kustomization.yaml, in the directory of `file`; empty when
 * there is none. kustomize refuses a directory with two. */
struct str neighbours_twin(int root_fd, const struct plan_file *file);

struct missing {
	struct str *items; /* as `resources` names them */
	size_t len, cap;
};

/* The local entries of the file's `resources` that are neither planned nor on disk; what leads out of the
 * root, or is no path, is not judged. `root_fd` may be -1. */
struct missing neighbours_missing(
	struct arena *arena, int root_fd, const struct plan_file *file, const struct map *planned);

#endif
