/* `patches`: each a merge patch or a JSON patch, inline or a file (PatchTransformer.go). */
#include "kustomize/json_patch.h"
#include "kustomize/loader.h"
#include "kustomize/patch.h"
#include "kustomize/transform.h"

struct patch {
	const struct ynode *entry, *target;
	struct patch_text text;
	struct trail options;
};

/* True with a text; else there is none, and the build knows why. */
static bool
read_text(struct site *site, struct patch *patch)
{
	struct str path = kustomization_text(patch->entry, STR("path"));
	struct str text = str_trim(kustomization_text(patch->entry, STR("patch")));
	if ((path.len > 0) == (text.len > 0)) {
		return site_fail(site, FAULT_PATCH, patch->entry,
			path.len > 0 ? STR("a patch has both a text and a path")
				     : STR("a patch has neither a text nor a path"));
	}
	patch->text.text = text;
	if (path.len == 0) {
		return true;
	}
	patch->text.file = site_load(site, kustomization_field(patch->entry, STR("path")), path, "a patch");
	if (!patch->text.file || !file_content(patch->text.file, &patch->text.text)) {
		if (!site_failed(site)) {
			patch_doubt(site, patch->target);
			site_leave(site, patch->entry, "a patch was not read");
			site->acc->is_open = true;
		}
		return false;
	}
	return true;
}

static void
read_options(struct patch *patch)
{
	const struct ynode *options = kustomization_field(patch->entry, STR("options"));
	const struct ynode *rename = ynode_get(options, STR("allowNameChange"));
	const struct ynode *change = ynode_get(options, STR("allowKindChange"));
	patch->options = (struct trail){ .may_rename = yscalar_bool(ynode_str(rename)),
		.may_change_kind = yscalar_bool(ynode_str(change)) };
}

static void
merge(struct site *site, const struct patch *patch, const struct decoded *decoded)
{
	if (!patch->target) {
		for (size_t i = 0; i < decoded->objects.len; i++) {
			if (!patch_merge_by_name(
				    site, patch->entry, decoded->objects.items[i], &patch->options, false)) {
				return;
			}
		}
		return;
	}
	if (decoded->objects.len > 1) {
		site_fail(site, FAULT_PATCH, patch->entry, STR("several patches in one entry with a target"));
		return;
	}
	const struct members *selected = patch_select(site, patch->entry, patch->target);
	for (size_t i = 0; selected && i < selected->len; i++) {
		struct knode *copy = patch_copy(site, decoded->objects.items[0], selected->items[i]);
		if (!patch_merge(site, patch->entry, selected->items[i], copy, &patch->options)) {
			return;
		}
	}
	accumulator_drop_deleted(site->acc);
	(void)site_check_ids(site, patch->entry);
}

static void
operate(struct site *site, const struct patch *patch, const struct ynode *operations)
{
	if (!patch->target) {
		site_fail(site, FAULT_PATCH, patch->entry, STR("a JSON patch must have a target"));
		return;
	}
	const struct members *selected = patch_select(site, patch->entry, patch->target);
	for (size_t i = 0; selected && i < selected->len; i++) {
		member_remember(site->acc->arena, selected->items[i]);
		if (!patch_operate(site, patch->entry, selected->items[i], operations)) {
			return;
		}
	}
}

/* A text must be one of the two, and not both. */
static void
apply(struct site *site, struct patch *patch)
{
	struct decoded decoded;
	struct str why;
	const struct ynode *operations;
	if (patch->text.text.len == 0) { /* an empty file is a JSON patch that does nothing */
		operate(site, patch, ynode_collection(site->builder->arena, YNODE_SEQUENCE));
		return;
	}
	operations = json_patch_read(site->builder->arena, patch->text.text, &why);
	patch_decode(site, &patch->text, &decoded);
	if (decoded.verdict == DECODE_UNKNOWN) {
		patch_doubt(site, patch->target);
		site_leave(site, patch->entry, "it is not known how kustomize reads this patch");
		site->acc->is_open = true;
	} else if (decoded.verdict == DECODE_OK && operations) {
		site_fail(site, FAULT_PATCH, patch->entry, STR("a patch is empty"));
	} else if (decoded.verdict == DECODE_OK) {
		merge(site, patch, &decoded);
	} else if (operations) {
		operate(site, patch, operations);
	} else {
		site_fail(site, FAULT_PATCH, patch->entry,
			STR("a patch is neither a manifest nor a list of JSON patch operations"));
	}
}

void
transform_patches(struct site *site)
{
	const struct ynode *entry = kustomization_items(site->layer->root, STR("patches"));
	for (; entry && !site_failed(site); entry = entry->next) {
		struct patch patch = { .entry = entry, .target = kustomization_field(entry, STR("target")) };
		read_options(&patch);
		if (read_text(site, &patch)) {
			apply(site, &patch);
		}
		accumulator_drop_deleted(site->acc);
	}
	for (size_t i = 0; i < site->layer->doubts.len; i++) {
		patch_doubt(site, kustomization_field(site->layer->doubts.items[i], STR("target")));
	}
}
