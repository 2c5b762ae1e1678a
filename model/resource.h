/* Kubernetes documents: every YAML document with apiVersion and kind, in file order. */
#ifndef GLAGENT_RESOURCE_H
#define GLAGENT_RESOURCE_H

#include "files.h"

struct resource {
	const struct file *file;
	const struct ynode *root;
	struct str group, version; /* of apiVersion: "helm.toolkit.fluxcd.io", "v2"; group "" for core */
	struct str kind, namespace, name; /* as written; empty when absent or no scalar */
	struct str object_key;            /* "group/kind/namespace/name": what identity looks up */
};

struct resources {
	struct resource *items;
	size_t len, cap;
};

/* Collects them; items of a List are resources of their own. Files with syntax errors give what stands before
 * the error. */
void resources_collect(struct arena *arena, const struct files *files, struct resources *ret_resources);

bool resource_is(const struct resource *resource, struct str group, struct str kind);

#endif
