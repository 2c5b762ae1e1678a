/* `labels` and `commonLabels`, `commonAnnotations` (LabelTransformer.go, AnnotationsTransformer.go). */
#include "kustomize/transform.h"

#include "vec.h"

struct entry {
	struct str name, value;
	unsigned made; /* places of one object where it was new */
};

static bool
set_entry(void *context, struct knode *field, struct str *ret_why)
{
	struct entry *entry = context;
	if (knode_is_missing(field)) {
		return true;
	}
	if (field->kind != YNODE_MAPPING) {
		*ret_why = STR("labels and annotations must be mappings");
		return false;
	}
	entry->made += knode_get(field, entry->name) ? 0 : 1;
	knode_set(field, entry->name, knode_scalar(field->pool, entry->value, KTAG_STRING));
	return true;
}

static int
compare_entries(const void *a, const void *b)
{
	return str_cmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

/* Sets every entry of `pairs` in every field of every object. */
static bool
set_pairs(struct site *site, const struct ynode *pairs, const struct field_specs *specs)
{
	struct entry *entries = arena_new_n(site->acc->arena, struct entry, pairs->len / 2 + 1);
	size_t count = 0;
	for (const struct ynode *key = pairs->first; key; key = key->next->next) {
		entries[count++] = (struct entry){ ynode_str(key), ynode_str(key->next), 0 };
	}
	if (count > 0) {
		qsort(entries, count, sizeof(entries[0]), compare_entries);
	}
	for (size_t i = 0; i < site->acc->members.len * count; i++) {
		struct member *member = site->acc->members.items[i / count];
		struct field_change change = { set_entry, &entries[i % count], true, YNODE_MAPPING };
		struct gvk gvk = member_gvk(member);
		struct str why;
		entries[i % count].made = 0;
		for (size_t j = 0; j < specs->len; j++) {
			if (!field_spec_apply(&specs->items[j], &gvk, member->tree, &change, &why)) {
				return site_fail(site, FAULT_OTHER, pairs, why);
			}
		}
		member->trail.shares_values = member->trail.shares_values || entries[i % count].made > 1;
	}
	return true;
}

static bool
add_all(struct arena *arena, struct field_specs *specs, const struct field_specs *more)
{
	for (size_t i = 0; i < more->len; i++) {
		if (!field_specs_add(arena, specs, &more->items[i])) {
			return false;
		}
	}
	return true;
}

/* The fields that the entry itself names. */
static void
read_specs(struct arena *arena, const struct ynode *entry, struct field_specs *specs)
{
	const struct ynode *item = kustomization_items(entry, STR("fields"));
	for (; item; item = item->next) {
		struct field_spec spec = {
			{ kustomization_text(item, STR("group")), kustomization_text(item, STR("version")),
				kustomization_text(item, STR("kind")) },
			kustomization_text(item, STR("path")),
			kustomization_bool(item, STR("create")),
		};
		vec_push(arena, specs, spec);
	}
}

static bool
set_labels(struct site *site, const struct ynode *entry)
{
	static const struct field_spec own = { { STR_INIT(""), STR_INIT(""), STR_INIT("") },
		STR_INIT("metadata/labels"), true };
	struct arena *arena = site->acc->arena;
	const struct field_specs *lists = site->acc->config->lists;
	struct field_specs specs = { 0 };
	const struct ynode *pairs = kustomization_field(entry, STR("pairs"));
	bool with_templates = kustomization_bool(entry, STR("includeTemplates"));
	read_specs(arena, entry, &specs);
	bool agree = add_all(arena, &specs, &lists[CONFIG_LABELS]);
	if (kustomization_bool(entry, STR("includeSelectors"))) {
		agree = agree && add_all(arena, &specs, &lists[CONFIG_COMMON_LABELS]);
	} else {
		agree = agree && (!with_templates || add_all(arena, &specs, &lists[CONFIG_TEMPLATE_LABELS]))
			&& field_specs_add(arena, &specs, &own);
	}
	if (!agree) {
		return site_fail(site, FAULT_OTHER, entry, STR("its field specifications conflict"));
	}
	return !pairs || set_pairs(site, pairs, &specs);
}

void
transform_labels(struct site *site)
{
	const struct ynode *entry = kustomization_items(site->layer->root, STR("labels"));
	const struct ynode *common = kustomization_field(site->layer->root, STR("commonLabels"));
	for (; entry; entry = entry->next) {
		if (!set_labels(site, entry)) {
			return;
		}
	}
	if (common) {
		(void)set_pairs(site, common, &site->acc->config->lists[CONFIG_COMMON_LABELS]);
	}
}

void
transform_annotations(struct site *site)
{
	const struct ynode *pairs = kustomization_field(site->layer->root, STR("commonAnnotations"));
	if (pairs) {
		(void)set_pairs(site, pairs, &site->acc->config->lists[CONFIG_ANNOTATIONS]);
	}
}
