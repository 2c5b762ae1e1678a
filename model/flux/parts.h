/* The steps of flux_model: shared by the files of this folder only. */
#ifndef GLAGENT_FLUX_PARTS_H
#define GLAGENT_FLUX_PARTS_H

#include "flux/flux.h"
#include "flux/ignore.h"

/* The repository as one source hands it on, with the builds made of it. */
struct artifact {
	struct str spec_ignore;
	struct ignore ignore;
	struct view view;
	struct builder *builder;
	struct map plain; /* path -> its build, of Kustomizations that lay nothing over it */
};

struct artifacts {
	struct arena *arena;
	const struct files *files;
	const struct resources *resources;
	struct {
		struct artifact **items;
		size_t len, cap;
	} known;
};

/* The one for a source with this spec.ignore (empty: none). */
struct artifact *artifact_get(struct artifacts *artifacts, struct str spec_ignore);

/* The build of a Flux Kustomization with this spec at a clean path; FAILS where the path does not exist. */
const struct build *artifact_build(
	struct arena *arena, struct artifact *artifact, struct str path, const struct ynode *spec);

/* Finds every gotk-sync.yaml and sign of other roots: fills flux->roots, without closures. */
void roots_collect(struct arena *arena, const struct resources *resources, struct flux *flux);

/* Adds the roots that the Flux Operator makes and that prove to be of this repository, with their closures.
 */
void instances_collect(struct arena *arena, struct artifacts *artifacts, const struct resources *resources,
	struct flux *flux);

/* Finds what declares roots elsewhere, and which known roots it explains: fills bootstraps, terraform,
 * declared. */
void declared_collect(struct arena *arena, const struct resources *resources, struct flux *flux);

/* The files without the words that `declared` tells exactly: what is left to look for signs in. The same when
 * there are none. */
const struct files *declared_hide(struct arena *arena, const struct flux *flux);

/* Why roots outside the gotk-sync.yaml files are likely, with the file that says so; false when nothing does.
 */
bool signs_of_other_roots(const struct flux *flux, struct str *ret_why, const struct file **ret_file);

/* Does some script or CI file push an OCI artifact, maybe of this repository? */
bool signs_of_artifact_push(const struct files *files);

enum source_verdict {
	SOURCE_SAME,     /* the artifact that the root gets, too */
	SOURCE_EXTERNAL, /* surely no part of this repository */
	SOURCE_UNKNOWN,
};

/* Are the repositories of these two GitRepository documents the same, and the same artifact? */
enum source_verdict source_compare(
	struct arena *arena, const struct ynode *root_source, const struct ynode *other);

/* Could an artifact at `url` have been made of the repository of `root_source`? By its last name. */
bool source_is_akin(struct arena *arena, const struct ynode *root_source, struct str url);

/* spec.path as kustomize-controller joins it: ".." stops at the root. */
struct str flux_clean_path(struct arena *arena, struct str path);

/* Is there something that only substitution fills in? */
bool flux_has_variable(struct str text);

/* Does a patch change which artifact is read, or which path of it? */
bool flux_is_steered(const struct object *object);

/* Reads major and minor of "2.6.1" or "2.6.x". */
bool flux_version_read(struct str number, struct flux_version *ret_version) NODISCARD;

/* What "# Flux Version: v2.6.1" at the head of the gotk-components.yaml in `directory` says. */
struct flux_version flux_version_of(const struct files *files, struct str directory);

/* Walks from the root on; fills closure, is_certain, is_complete and why it is not. */
void closure_collect(struct artifacts *artifacts, struct flux_root *root);

#endif
