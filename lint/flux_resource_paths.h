/* GROUP/VERSION/namespaces/NAMESPACE/PLURAL/NAME: the object whose status an environment's dashboard shows,
 * by environment.kubernetes[.dashboard].flux_resource_path of a job. */
#ifndef GLAGENT_FLUX_RESOURCE_PATHS_H
#define GLAGENT_FLUX_RESOURCE_PATHS_H

#include "rule.h"
#include "scripts/ci_jobs.h"

struct flux_resource_path {
	const struct ci_job *job;
	const struct ynode *value; /* a scalar */
	bool is_plain;             /* nothing in it is filled in later */
	/* Where it is known so far as to be one; else empty. */
	struct str group, kind, version;
	struct str namespace, name; /* only of a plain one that is whole */
};

/* Calls `visit` for each of the repository, in order. */
void each_flux_resource_path(struct lint *lint, const struct repository *repository,
	void (*visit)(struct lint *, const struct flux_resource_path *));

struct finding *report_flux_resource_path(
	struct lint *lint, const struct flux_resource_path *path, struct str message);

#endif
