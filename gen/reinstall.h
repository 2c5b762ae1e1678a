/* Changes of a HelmRelease after which Flux removes what it has installed and installs anew. */
#ifndef GLAGENT_REINSTALL_H
#define GLAGENT_REINSTALL_H

#include "arena.h"

/*
 * What differs between two texts of one HelmRelease that makes Flux uninstall and install instead of
 * upgrading: its own name or namespace, the release's name, target or storage namespace, each with what holds
 * where it is not stated (fluxcd.io/flux/components/helm/helmreleases). "spec.targetNamespace from a to b";
 * empty: nothing, or one of the two is no HelmRelease.
 */
struct str reinstall_reason(struct arena *arena, struct str old, struct str new);

#endif
