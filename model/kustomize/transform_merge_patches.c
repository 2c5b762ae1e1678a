/* `patchesStrategicMerge`: files of merge patches, or the patches themselves
 * (PatchStrategicMergeTransformer.go). */
#include "kustomize/loader.h"
#include "kustomize/patch.h"
#include "kustomize/transform.h"

/* What an entry holds when it is read as a patch; else it is the path of one. */
static bool
read_entry(struct site *site, const struct ynode *entry, struct decoded *ret_decoded)
{
	struct patch_text text = { .text = ynode_str(entry) };
	decode_text(site->builder->arena, text.text, ret_decoded);
	if (ret_decoded->verdict == DECODE_OK) {
		return true;
	}
	text.file = site_load(site, entry, text.text, "a patch");
	if (text.file && file_content(text.file, &text.text)) {
		patch_decode(site, &text, ret_decoded);
	} else if (!site_failed(site)) {
		ret_decoded->verdict = DECODE_UNKNOWN;
	}
	if (ret_decoded->verdict == DECODE_UNKNOWN && !site_failed(site)) {
		patch_doubt(site, NULL);
		site_leave(site, entry, "it is not known how kustomize reads this patch");
		site->acc->is_open = true;
	} else if (ret_decoded->verdict == DECODE_REFUSED && text.file) {
		build_fail(site->build, FAULT_REFUSED, text.file, ret_decoded->at, ret_decoded->why);
		site->build->span = ret_decoded->span;
	}
	return ret_decoded->verdict == DECODE_OK && !site_failed(site);
}

void
transform_merge_patches(struct site *site)
{
	static const struct trail no_options;
	const struct ynode *list = kustomization_field(site->layer->root, STR("patchesStrategicMerge"));
	const struct ynode *entry = kustomization_items(site->layer->root, STR("patchesStrategicMerge"));
	size_t count = 0;
	bool is_read = true;
	for (; entry && is_read; entry = entry->next) {
		struct decoded decoded;
		is_read = read_entry(site, entry, &decoded);
		for (size_t i = 0; is_read && i < decoded.objects.len; i++) {
			is_read =
				patch_merge_by_name(site, entry, decoded.objects.items[i], &no_options, true);
			accumulator_drop_deleted(site->acc);
			count++;
		}
	}
	if (is_read && count == 0 && list && list->len > 0) {
		site_fail(site, FAULT_PATCH, list, STR("the patches are empty"));
	}
}
