/* What several rules ask of Flux objects: who they are, and whom they name. */
#ifndef GLAGENT_FLUX_OBJECTS_H
#define GLAGENT_FLUX_OBJECTS_H

#include "rule.h"

#define HELM_GROUP STR("helm.toolkit.fluxcd.io")
#define KUSTOMIZE_GROUP STR("kustomize.toolkit.fluxcd.io")
#define SOURCE_GROUP STR("source.toolkit.fluxcd.io")

bool applied_is_kustomization(const struct applied *applied);
bool applied_is_release(const struct applied *applied);

/* metadata.name, or the object where it has none. */
const struct ynode *applied_name_node(const struct applied *applied);

/* The value of a metadata.annotations entry; empty when there is none. */
struct str node_annotation(const struct ynode *node, const char *annotation);

/* The path as users write it: "./" for the root of the repository. */
struct str shown_path(struct str path);

/* The object of the kind and namespace whose name `name` was probably meant to be, or NULL. */
const struct applied *cluster_find_near(const struct cluster *cluster, struct str group, struct str kind,
	struct str namespace, struct str name);

#endif
