/* What Flux installs an agent from: what the templates of the output flux place, and who has which file. */
#ifndef GLAGENT_GEN_FLUX_H
#define GLAGENT_GEN_FLUX_H

#include "buf.h"
#include "spec.h"

/* Why Flux does not install that agent; empty: it does. */
struct str flux_refuse(struct arena *arena, const struct spec *spec, const struct spec_agent *agent);

/* The chart's source, which a cluster has once: one of the two kinds, or neither where something else makes
 * it. */
bool flux_has_helm_repository(const struct spec *spec, const struct spec_agent *agent);
bool flux_has_oci_repository(const struct spec *spec, const struct spec_agent *agent);

/* Is the agent's namespace made? Kubernetes' own and that of Flux exist already. */
bool flux_has_namespace(const struct spec *spec, const struct spec_agent *agent);

bool flux_has_rbac(const struct spec *spec, const struct spec_agent *agent);
bool flux_has_external_secret(const struct spec *spec, const struct spec_agent *agent);

/*
 * The innermost scopes of templates/helmrepository.yaml and ocirepository.yaml (sourceType, sourceTag), of
 * namespace.yaml (whose), external-secret.yaml (secretSpace, store, rotation) and helmrelease.yaml
 * (overrides, source, valuesFrom, access, fluxSince); of rbac.yaml as rbac.h has it.
 */
const struct ynode *flux_source_derive(
	struct arena *arena, const struct spec *spec, const struct spec_agent *agent);
const struct ynode *flux_namespace_derive(
	struct arena *arena, const struct spec *spec, const struct spec_agent *agent);
const struct ynode *flux_secret_derive(
	struct arena *arena, const struct spec *spec, const struct spec_agent *agent);
const struct ynode *flux_release_derive(
	struct arena *arena, const struct spec *spec, const struct spec_agent *agent);
const struct ynode *flux_rbac_derive(
	struct arena *arena, const struct spec *spec, const struct spec_agent *agent);

/* Prints a HelmRelease with its values last: they are the longest. */
void flux_release_print(struct arena *arena, struct buf *out, const struct ydoc *document);

/* The namespace of the Secret with the token: where Flux takes it from (a receptive agent), or the agent's.
 */
const char *flux_secret_namespace(const struct spec *spec, const struct spec_agent *agent);

#endif
