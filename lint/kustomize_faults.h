/* What several rules ask of kustomizations: which builds fail of what, and who reads a file how. */
#ifndef GLAGENT_KUSTOMIZE_FAULTS_H
#define GLAGENT_KUSTOMIZE_FAULTS_H

#include "rule.h"

/*
 * Reports each place where a build fails of `fault`, and that is wanted (NULL: all are), once, with the
 * model's words. A component is judged in the builds that include it: alone it may lack what it is for. So is
 * a directory that a Flux Kustomization completes.
 */
void report_faults(struct lint *lint, const struct repository *repository, enum build_fault fault,
	bool (*is_wanted)(const struct build *), const char *help);

/* Does the directory list a file or directory again that an entry before this one lists? */
bool is_listed_before(const struct kustomization *kustomization, const struct entry *entry);

/* Is the file read only as that of a Flux Kustomization's path, which drops unknown fields and takes an empty
 * one? */
bool is_read_leniently(const struct repository *repository, const struct kustomization *kustomization);

/* Is the directory only the path of a Flux Kustomization whose spec.components bring in what it lacks alone?
 */
bool is_completed_by_flux(const struct repository *repository, const struct kustomization *kustomization);

/* A node's own place, or that of the object in its file when the node was made in a build. */
const struct ynode *place_in(const struct object *object, const struct ynode *node);

/*
 * Calls `check` for every object as it comes out in the end: of the builds of kustomization files that no
 * other one includes, for an overlay may change what its base makes, and of the paths that Flux walks. Builds
 * that fail are left out. One object may come several times.
 */
void each_built_object(struct lint *lint, const struct repository *repository,
	void (*check)(struct lint *, const struct object *));

#endif
