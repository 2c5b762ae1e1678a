/* CustomResourceDefinitions of one cluster, by group and kind. */
#ifndef GLAGENT_CRD_DEFINITIONS_H
#define GLAGENT_CRD_DEFINITIONS_H

#include "map.h"
#include "resource.h"

struct crd_definition {
	const struct resource *resource; /* NULL: of our own schema */
	const struct ynode *root;        /* as it is applied */
	struct str group, kind;
	bool is_open; /* it may differ, or there is another: nothing is known of its kind */
};

struct crd_definitions {
	struct map by_name; /* "group/kind" */
};

/* Adds it when it is one of apiextensions.k8s.io/v1; the same document may come several times. */
void crd_definitions_add(struct arena *arena, struct crd_definitions *definitions,
	const struct resource *resource, const struct ynode *root, bool may_differ);

/* NULL when there is none. */
const struct crd_definition *crd_definitions_get(
	const struct crd_definitions *definitions, struct str group, struct str kind);

/* The item of spec.versions, or NULL; and its openAPIV3Schema, or NULL. */
const struct ynode *crd_definition_version(const struct crd_definition *definition, struct str version);
const struct ynode *crd_version_schema(const struct ynode *version);

bool crd_version_is_served(const struct ynode *version);

/* The versions that are served, "v1, v1beta1"; empty when there are none. */
struct str crd_definition_served(struct arena *arena, const struct crd_definition *definition);

#endif
