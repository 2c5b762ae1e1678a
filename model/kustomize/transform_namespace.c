/* `namespace` (NamespaceTransformer.go, api/filters/namespace). */
#include "kustomize/transform.h"

/* How many objects have each identity while they are changed one by one. */
struct counts {
	struct arena *arena;
	struct map map;
};

static void
count(struct counts *counts, const struct identity *id, int step)
{
	struct str key = identity_key(counts->arena, id);
	int *number = map_get(&counts->map, key);
	if (!number) {
		number = arena_new(counts->arena, int);
		map_put(counts->arena, &counts->map, key, number);
	}
	*number += step;
}

static bool
is_alone(const struct counts *counts, const struct identity *id)
{
	const int *number = map_get(&counts->map, identity_key(counts->arena, id));
	return !number || *number == 1;
}

static bool
set_text(void *context, struct knode *field, struct str *ret_why)
{
	const struct str *namespace = context;
	if (knode_is_missing(field)) {
		return true;
	}
	if (field->kind != YNODE_SCALAR) {
		*ret_why = STR("a namespace must be a string");
		return false;
	}
	knode_put_text(field, *namespace, KTAG_STRING);
	return true;
}

static bool
set_own(struct member *member, struct field_change *change, struct str *ret_why)
{
	static const struct field_spec own = { { STR_INIT(""), STR_INIT(""), STR_INIT("") },
		STR_INIT("metadata/namespace"), true };
	struct gvk gvk = member_gvk(member);
	return member->object.id.is_cluster_scoped
		|| field_spec_apply(&own, &gvk, member->tree, change, ret_why);
}

/* Only those called "default" move with a binding. */
static bool
set_subjects(struct member *member, struct str *namespace, struct str *ret_why)
{
	struct knode *subjects = knode_get(member->tree, STR("subjects"));
	if (knode_is_missing(subjects)) {
		return true;
	}
	*ret_why = STR("subjects must be a list of mappings");
	if (subjects->kind != YNODE_SEQUENCE) {
		return false;
	}
	knode_open(subjects);
	for (size_t i = 0; i < subjects->len; i++) {
		struct knode *subject = subjects->items[i];
		if (knode_is_missing(subject)) {
			continue;
		}
		if (subject->kind != YNODE_MAPPING) {
			return false;
		}
		if (!str_eq(knode_text(knode_get(subject, STR("name"))), STR("default"))) {
			continue;
		}
		struct knode *field = knode_get(subject, STR("namespace"));
		if (!field) {
			field = knode_scalar(subject->pool, STR(""), KTAG_STRING);
			knode_set(subject, STR("namespace"), field);
		}
		if (!set_text(namespace, field, ret_why)) {
			return false;
		}
	}
	return true;
}

static bool
is_skipped(const struct field_spec *spec, const struct member *member, bool is_binding)
{
	struct str kind = spec->of.kind;
	bool is_core = member->object.id.group.len == 0 && str_eq(member->object.id.version, STR("v1"));
	return str_eq(spec->path, STR("metadata/namespace"))
		|| (str_eq(spec->path, STR("metadata/name")) && !is_core)
		|| (is_binding && str_eq(spec->path, STR("subjects/namespace"))
			&& (str_eq(kind, STR("RoleBinding")) || str_eq(kind, STR("ClusterRoleBinding"))));
}

static bool
move(struct site *site, struct member *member, struct str *namespace, struct str *ret_why)
{
	const struct field_specs *specs = &site->acc->config->lists[CONFIG_NAMESPACE];
	struct field_change change = { set_text, namespace, true, YNODE_SCALAR };
	struct str kind = member->object.id.kind;
	struct gvk gvk = member_gvk(member);
	bool is_binding = str_eq(kind, STR("RoleBinding")) || str_eq(kind, STR("ClusterRoleBinding"));
	if (!set_own(member, &change, ret_why) || (is_binding && !set_subjects(member, namespace, ret_why))) {
		return false;
	}
	for (size_t i = 0; i < specs->len; i++) {
		if (!is_skipped(&specs->items[i], member, is_binding)
			&& !field_spec_apply(&specs->items[i], &gvk, member->tree, &change, ret_why)) {
			return false;
		}
	}
	return true;
}

void
transform_namespace(struct site *site)
{
	struct accumulator *acc = site->acc;
	struct str namespace = kustomization_text(site->layer->root, STR("namespace"));
	const struct ynode *at = kustomization_field(site->layer->root, STR("namespace"));
	struct counts counts = { .arena = acc->arena };
	for (size_t i = 0; namespace.len > 0 && i < acc->members.len; i++) {
		count(&counts, &acc->members.items[i]->object.id, 1);
	}
	for (size_t i = 0; namespace.len > 0 && i < acc->members.len; i++) {
		struct member *member = acc->members.items[i];
		struct str why;
		member_remember(acc->arena, member);
		count(&counts, &member->object.id, -1);
		if (!move(site, member, &namespace, &why)) {
			site_fail(site, FAULT_OTHER, at, why);
			return;
		}
		member_refresh(member);
		count(&counts, &member->object.id, 1);
		if (!is_alone(&counts, &member->object.id)) {
			site_fail(site, FAULT_DUPLICATE, at,
				arena_printf(acc->arena, "in this namespace there are two objects for %.*s",
					STR_ARG(identity_text(acc->arena, &member->object.id))));
			return;
		}
	}
	acc->ids_are_stale = true;
}
