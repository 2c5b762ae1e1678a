/* What comes once, at the end of a whole build (makeCustomizedResMap), and what is looked at when it is
 * written. */
#include "kustomize/output.h"
#include "kustomize/transform.h"

static void
check_output(struct site *site)
{
	for (size_t i = 0; i < site->acc->members.len; i++) {
		struct member *member = site->acc->members.items[i];
		const struct ynode *node = knode_freeze(site->acc->arena, member->tree);
		struct output output = output_check(node);
		member->object.may_differ = member->object.may_differ || output.is_reshaped;
		if (output.why) {
			const struct file *file = member->object.resource->file;
			bool has_place = output.at && output.at->source == file->id;
			build_fail(site->build, FAULT_OTHER, file,
				has_place ? output.at : member->object.written, str_from(output.why));
			return;
		}
	}
}

/* What the annotations and labels that tell of the build say is not modelled. */
static void
note_metadata(struct site *site)
{
	if (!kustomization_items(site->layer->root, STR("buildMetadata"))) {
		return;
	}
	for (size_t i = 0; i < site->acc->members.len; i++) {
		site->acc->members.items[i]->object.may_differ = true;
	}
}

void
site_finish(struct site *site)
{
	static void (*const steps[])(struct site *) = {
		finish_hashes,
		finish_references,
		finish_vars,
		finish_order,
		note_metadata,
		check_output,
	};
	for (size_t i = 0; i < countof(steps) && !site_failed(site); i++) {
		steps[i](site);
	}
}
