#include "flux_objects.h"

#include "schema_words.h"
#include "vec.h"

bool
applied_is_kustomization(const struct applied *applied)
{
	return applied_is(applied, KUSTOMIZE_GROUP, STR("Kustomization"));
}

bool
applied_is_release(const struct applied *applied)
{
	return applied_is(applied, HELM_GROUP, STR("HelmRelease"));
}

const struct ynode *
applied_name_node(const struct applied *applied)
{
	const struct ynode *name = ynode_at(applied->object->node, "metadata", "name", NULL);
	return name && name->source != 0 ? name : applied->object->written;
}

struct str
node_annotation(const struct ynode *node, const char *annotation)
{
	return ynode_str(ynode_at(node, "metadata", "annotations", annotation, NULL));
}

struct str
shown_path(struct str path)
{
	return path.len > 0 ? path : STR("./");
}

const struct applied *
cluster_find_near(const struct cluster *cluster, struct str group, struct str kind, struct str namespace,
	struct str name)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct names names = { 0 };
	for (size_t i = 0; i < cluster->objects.len; i++) {
		const struct applied *applied = &cluster->objects.items[i];
		if (applied_is(applied, group, kind) && str_eq(applied->object->id.namespace, namespace)) {
			vec_push(&scratch, &names, applied->object->id.name);
		}
	}
	struct str near = words_nearest(&names, name);
	return near.len > 0 ? cluster_find(cluster, group, kind, namespace, near) : NULL;
}
