#include "applied_finding.h"

const struct ynode *
applied_place(const struct applied *applied, const struct ynode *node)
{
	const struct ynode *name = ynode_at(applied->object->written, "metadata", "name", NULL);
	if (node && node->source != 0) {
		return node;
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
	return node && !applied->object->is_generated
		&& node->source == applied->object->resource->file->id;
}

struct str
applied_text(const struct applied *applied)
{
	return applied->object->resource->file->source.text;
}
