/*
 * Which release of Flux serves which version of its own APIs, and what an object
 * may not take along to a newer one. By the CustomResourceDefinitions of
 * fluxcd/flux2 0.41 and 2.0 to 2.9.
 */
#ifndef GLAGENT_FLUX_API_H
#define GLAGENT_FLUX_API_H

#include "flux/flux.h"

/* One version of one kind. Releases are numbers that compare: FLUX_RELEASE; 0 is none. */
struct flux_api {
	struct str group, kind, version;
	unsigned served_since; /* 0: all releases that are known of */
	unsigned deprecated_since, removed_since;
};

#define FLUX_RELEASE(major, minor) ((major)*1000U + (minor))
#define FLUX_RELEASE_MAJOR(release) ((release) / 1000U)
#define FLUX_RELEASE_MINOR(release) ((release) % 1000U)

enum flux_api_state {
	FLUX_API_MISSING, /* comes with a later release */
	FLUX_API_SERVED,
	FLUX_API_DEPRECATED,
	FLUX_API_REMOVED,
};

/* The row of this version, or NULL: not one of Flux's own kinds of sources, Kustomizations and HelmReleases.
 */
const struct flux_api *flux_api_find(struct str group, struct str kind, struct str version);

/* What a release that is known does with it. */
enum flux_api_state flux_api_state(const struct flux_api *api, struct flux_version flux);

/* The version of the same kind that is there to stay; where `flux` is known, NULL when it has none but `api`
 * itself or what is deprecated. */
const struct flux_api *flux_api_successor(const struct flux_api *api, struct flux_version flux);

/* A field below spec of the object that the successor does not have, as a path ("spec.validation"); empty
 * when it has all. */
struct str flux_api_dropped_field(const struct flux_api *api, const struct ynode *object);

/* Does the successor ask for more in a field that the object has: another unit, another field beside it? */
bool flux_api_is_stricter(const struct flux_api *api, const struct ynode *object);

#endif
