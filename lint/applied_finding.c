#include "applied_finding.h"

/* The first node in it that somebody wrote: what a patch brings stands in mappings that a build makes. */
static const struct ynode *
first_written(const struct ynode *node)
{
	if (!node || node->source != 0 || node->kind == YNODE_SCALAR || node->kind == YNODE_ALIAS) {
		return node && node->source != 0 ? node : NULL;
	}
	for (const struct ynode *child = node->first; child; child = child->next) {
		const struct ynode *written = first_written(child);
		if (written) {
			return written;
		}
	}
	return NULL;
}

const struct ynode *
applied_place(const struct applied *applied, const struct ynode *node)
{
	const struct ynode *name = ynode_at(applied->object->written, "metadata", "name", NULL);
	const struct ynode *written = first_written(node);
	if (written) {
		return written;
	}
	return name && name->source != 0 ? name : applied->object->written;
}

void
lint_applied(
	struct lint *lint, struct finding *finding, const struct applied *applied, const struct ynode *place)
{
	lint_object(lint, finding, applied->object->resource->root, place);
}

bool
applied_is_as_written(const struct applied *applied, const struct ynode *node)
{
	return node && !applied->object->is_generated && node->source == applied->object->resource->file->id;
}

const struct ynode *
applied_own_map(const struct applied *applied, const char *key)
{
	const struct ynode *node = ynode_key(applied->object->written, str_from(key));
	const struct ynode *map = node ? node->next : NULL;
	bool is_own =
		map && map->kind == YNODE_MAPPING && !ynode_extra(map) && applied_is_as_written(applied, map);
	return is_own ? map : NULL;
}

bool
applied_is_alone(const struct lint *lint, const struct applied *applied)
{
	const struct clusters *clusters = lint_repository(lint)->clusters;
	size_t count = 0;
	for (size_t i = 0; i < clusters->items.len; i++) {
		const struct cluster *cluster = &clusters->items.items[i];
		for (size_t j = 0; j < cluster->objects.len; j++) {
			const struct resource *resource = cluster->objects.items[j].object->resource;
			count += resource->root == applied->object->resource->root ? 1 : 0;
		}
	}
	return count == 1;
}

struct str
applied_text(const struct applied *applied)
{
	return applied->object->resource->file->source.text;
}
