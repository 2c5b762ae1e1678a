/* What Flux installs an agent from: what the templates of the output flux place, and who has which file. */
#ifndef GLAGENT_GEN_FLUX_H
#define GLAGENT_GEN_FLUX_H

#include "spec.h"

/* Why Flux does not install that agent; empty: it does. */
struct str flux_refuse(struct arena *arena, const struct spec *spec, const struct spec_agent *agent);

/* The chart's source, which a cluster has once: one of the two kinds, or neither where something else makes
 * it. */
bool flux_has_helm_repository(const struct spec *spec, const struct spec_agent *agent);
bool flux_has_oci_repository(const struct spec *spec, const struct spec_agent *agent);

/* Does the agent's directory hold its namespace? One that several agents of a cluster share is the first
 * one's; Kubernetes' own and that of Flux exist already. */
bool flux_has_namespace(const struct spec *spec, const struct spec_agent *agent);

bool flux_has_rbac(const struct spec *spec, const struct spec_agent *agent);
bool flux_has_external_secret(const struct spec *spec, const struct spec_agent *agent);

/*
 * The innermost scopes of templates/helmrepository.yaml and ocirepository.yaml (sourceType, sourceTag), of
 * external-secret.yaml (secretSpace, store) and of helmrelease.yaml (overrides, source, valuesFrom, access);
 * of rbac.yaml as rbac.h has it.
 */
const struct ynode *flux_source_derive(
	struct arena *arena, const struct spec *spec, const struct spec_agent *agent);
const struct ynode *flux_secret_derive(
	struct arena *arena, const struct spec *spec, const struct spec_agent *agent);
const struct ynode *flux_release_derive(
	struct arena *arena, const struct spec *spec, const struct spec_agent *agent);
const struct ynode *flux_rbac_derive(
	struct arena *arena, const struct spec *spec, const struct spec_agent *agent);

/* The namespace of the Secret with the token: where Flux takes it from (a receptive agent), or the agent's.
 */
const char *flux_secret_namespace(const struct spec *spec, const struct spec_agent *agent);

#endif
