/* `patchesJson6902`: JSON patches with a target (PatchJson6902Transformer.go). */
#include "kustomize/json_patch.h"
#include "kustomize/loader.h"
#include "kustomize/patch.h"
#include "kustomize/transform.h"

static bool
read_text(struct site *site, const struct ynode *entry, struct str *ret_text)
{
	struct str path = kustomization_text(entry, STR("path"));
	*ret_text = kustomization_text(entry, STR("patch"));
	if ((path.len > 0) == (ret_text->len > 0)) {
		return site_fail(site, FAULT_PATCH, entry,
			path.len > 0 ? STR("a patch has both a text and a path")
				     : STR("a patch has neither a text nor a path"));
	}
	if (path.len == 0) {
		return true;
	}
	const struct file *file = site_load(site, kustomization_field(entry, STR("path")), path, "a patch");
	if (!file || !file_content(file, ret_text)) {
		if (!site_failed(site)) {
			patch_doubt(site, kustomization_field(entry, STR("target")));
			site_leave(site, entry, "a patch was not read");
		}
		return false;
	}
	return true;
}

static void
apply(struct site *site, const struct ynode *entry)
{
	const struct ynode *target = kustomization_field(entry, STR("target"));
	struct str text, why;
	if (kustomization_text(target, STR("name")).len == 0) {
		site_fail(site, FAULT_PATCH, entry, STR("the target of a JSON patch must have a name"));
		return;
	}
	if (!read_text(site, entry, &text)) {
		return;
	}
	const struct ynode *operations = json_patch_read(site->builder->arena, text, &why);
	if (!operations || operations->len == 0) {
		site_fail(site, FAULT_PATCH, entry,
			operations ? STR("a patch is empty")
				   : STR("a JSON patch must be a list of operations"));
		return;
	}
	const struct members *selected = patch_select(site, entry, target);
	for (size_t i = 0; selected && i < selected->len; i++) {
		if (!patch_operate(site, entry, selected->items[i], operations)) {
			return;
		}
	}
}

void
transform_json_patches(struct site *site)
{
	const struct ynode *entry = kustomization_items(site->layer->root, STR("patchesJson6902"));
	for (; entry && !site_failed(site); entry = entry->next) {
		apply(site, entry);
	}
}
