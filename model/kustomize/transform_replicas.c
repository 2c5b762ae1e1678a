/* `replicas` (ReplicaCountTransformer.go). */
#include "kustomize/transform.h"

static bool
set_count(void *context, struct knode *field, struct str *ret_why)
{
	const struct str *count = context;
	if (knode_is_missing(field)) {
		return true;
	}
	if (field->kind != YNODE_SCALAR) {
		*ret_why = STR("replicas must be a number");
		return false;
	}
	knode_put_text(field, *count, KTAG_INT);
	return true;
}

/* Is it, or was it once, of this name and of a kind that the specification is for? */
static bool
is_meant(const struct member *member, struct str name, const struct field_spec *spec)
{
	struct gvk gvk = member_gvk(member);
	if (str_eq(member->object.id.name, name) && gvk_is_selected(&gvk, &spec->of)) {
		return true;
	}
	for (size_t i = 0; i < member->trail.ids.len; i++) {
		gvk.kind = member->trail.ids.items[i].kind;
		if (str_eq(member->trail.ids.items[i].name, name) && gvk_is_selected(&gvk, &spec->of)) {
			return true;
		}
	}
	return false;
}

static void
set_replicas(struct site *site, const struct ynode *entry)
{
	const struct field_specs *specs = &site->acc->config->lists[CONFIG_REPLICAS];
	struct str name = kustomization_text(entry, STR("name"));
	const struct ynode *number = kustomization_field(entry, STR("count"));
	int64_t value = 0;
	struct str why;
	bool is_found = false;
	if (number && !yscalar_int(ynode_str(number), &value)) {
		site_fail(site, FAULT_FIELD, number, STR("\"count\" must be an integer"));
		return;
	}
	struct str count = arena_printf(site->acc->arena, "%lld", (long long)value);
	for (size_t i = 0; i < specs->len * site->acc->members.len; i++) {
		const struct field_spec *spec = &specs->items[i / site->acc->members.len];
		struct member *member = site->acc->members.items[i % site->acc->members.len];
		struct field_change change = { set_count, &count, true, YNODE_SCALAR };
		struct gvk gvk = member_gvk(member);
		if (!is_meant(member, name, spec)) {
			continue;
		}
		is_found = true;
		if (!field_spec_apply(spec, &gvk, member->tree, &change, &why)) {
			site_fail(site, FAULT_OTHER, entry, why);
			return;
		}
	}
	if (!is_found) {
		site_miss(site, entry,
			arena_printf(
				site->acc->arena, "nothing called \"%.*s\" has replicas", STR_ARG(name)));
	}
}

void
transform_replicas(struct site *site)
{
	const struct ynode *entry = kustomization_items(site->layer->root, STR("replicas"));
	for (; entry && !site_failed(site); entry = entry->next) {
		set_replicas(site, entry);
	}
}
