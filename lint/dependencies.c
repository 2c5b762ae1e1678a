#include "dependencies.h"

#include "vec.h"

bool
dependency_read(const struct applied *from, const struct ynode *item, struct reference *ret_on)
{
	if (!reference_read(from, item, ret_on)) {
		return false;
	}
	ret_on->group = from->object->id.group;
	ret_on->kind = from->object->id.kind;
	return true;
}

bool
applied_waits_for(const struct applied *applied, const struct applied *target)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	const struct cluster *cluster = applied->cluster;
	bool *is_seen = arena_new_n(&scratch, bool, cluster->objects.len);
	struct {
		const struct applied **items;
		size_t len, cap;
	} queue = { 0 };
	vec_push(&scratch, &queue, applied);
	for (size_t i = 0; i < queue.len; i++) {
		const struct applied *next = queue.items[i];
		if (next->object == target->object) {
			return true;
		}
		for (const struct ynode *item = applied_items(next, "dependsOn"); item; item = item->next) {
			struct reference on;
			const struct applied *found = dependency_read(next, item, &on)
				? cluster_find(cluster, on.group, on.kind, on.namespace, on.name)
				: NULL;
			if (found && !is_seen[found - cluster->objects.items]) {
				is_seen[found - cluster->objects.items] = true;
				vec_push(&scratch, &queue, found);
			}
		}
	}
	return false;
}
