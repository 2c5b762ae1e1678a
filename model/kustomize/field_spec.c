#include "kustomize/field_spec.h"

#include "buf.h"
#include "vec.h"

/* kyaml/resid/gvk.go. */
static const struct str first_kinds[] = {
	STR_INIT("Namespace"),
	STR_INIT("ResourceQuota"),
	STR_INIT("StorageClass"),
	STR_INIT("CustomResourceDefinition"),
	STR_INIT("ServiceAccount"),
	STR_INIT("PodSecurityPolicy"),
	STR_INIT("Role"),
	STR_INIT("ClusterRole"),
	STR_INIT("RoleBinding"),
	STR_INIT("ClusterRoleBinding"),
	STR_INIT("ConfigMap"),
	STR_INIT("Secret"),
	STR_INIT("Endpoints"),
	STR_INIT("Service"),
	STR_INIT("LimitRange"),
	STR_INIT("PriorityClass"),
	STR_INIT("PersistentVolume"),
	STR_INIT("PersistentVolumeClaim"),
	STR_INIT("Deployment"),
	STR_INIT("StatefulSet"),
	STR_INIT("CronJob"),
	STR_INIT("PodDisruptionBudget"),
};

int
kind_rank(struct str kind)
{
	for (size_t i = 0; i < countof(first_kinds); i++) {
		if (str_eq(kind, first_kinds[i])) {
			return (int)i - (int)countof(first_kinds);
		}
	}
	if (str_eq(kind, STR("MutatingWebhookConfiguration"))) {
		return 1;
	}
	return str_eq(kind, STR("ValidatingWebhookConfiguration")) ? 2 : 0;
}

bool
gvk_is_selected(const struct gvk *gvk, const struct gvk *selector)
{
	return (selector->group.len == 0 || str_eq(selector->group, gvk->group))
		&& (selector->version.len == 0 || str_eq(selector->version, gvk->version))
		&& (selector->kind.len == 0 || str_eq(selector->kind, gvk->kind));
}

struct gvk
gvk_of(struct str api_version, struct str kind)
{
	size_t slash = str_find_char(api_version, '/');
	if (slash == api_version.len) {
		return (struct gvk){ STR(""), api_version, kind };
	}
	return (struct gvk){ str_first(api_version, slash), str_skip(api_version, slash + 1), kind };
}

/* Compares a, then "_", then b, as Go compares the joined text. */
int
gvk_compare_text(const struct gvk *a, const struct gvk *b)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	const struct gvk *const both[] = { a, b };
	struct str joined[2];
	for (size_t i = 0; i < 2; i++) {
		const struct gvk *x = both[i];
		joined[i] = arena_printf(&scratch, "%.*s_%.*s_%.*s",
			STR_ARG(x->group.len > 0 ? x->group : STR("~G")),
			STR_ARG(x->version.len > 0 ? x->version : STR("~V")),
			STR_ARG(x->kind.len > 0 ? x->kind : STR("~K")));
	}
	return str_cmp(joined[0], joined[1]);
}

int
gvk_compare(const struct gvk *a, const struct gvk *b)
{
	int left = kind_rank(a->kind), right = kind_rank(b->kind);
	return left != right ? (left < right ? -1 : 1) : gvk_compare_text(a, b);
}

bool
field_specs_add(struct arena *arena, struct field_specs *specs, const struct field_spec *spec)
{
	for (size_t i = 0; i < specs->len; i++) {
		const struct field_spec *known = &specs->items[i];
		if (gvk_is_selected(&known->of, &spec->of) && str_eq(known->path, spec->path)) {
			return known->create == spec->create;
		}
	}
	vec_push(arena, specs, *spec);
	return true;
}

bool
field_path_next(struct arena *arena, struct str *rest, char separator, struct str *ret_key)
{
	if (!rest->ptr) {
		return false;
	}
	*ret_key = str_cut(rest, separator);
	while (rest->ptr && str_ends(*ret_key, STR("\\"))) {
		struct str more = str_cut(rest, separator);
		*ret_key = arena_printf(
			arena, "%.*s%c%.*s", (int)ret_key->len - 1, ret_key->ptr, separator, STR_ARG(more));
	}
	return true;
}

struct walk {
	const struct field_spec *spec;
	const struct field_change *change;
	struct str *why;
	unsigned depth;
};

static bool visit(struct walk *walk, struct knode *node, struct str rest);

/* A null field becomes what would have been made. */
static void
retype(struct knode *field, enum ynode_kind kind)
{
	field->kind = kind & 0x3U;
	field->tag = kind == YNODE_SCALAR ? KTAG_STRING : KTAG_NONE;
	field->from = NULL;
	field->is_open = true;
}

static struct knode *
find_field(const struct walk *walk, struct knode *map, struct str name, bool is_list, bool is_last)
{
	bool creates = walk->spec->create && walk->change->creates && !is_list;
	enum ynode_kind kind = is_list ? YNODE_SEQUENCE : is_last ? walk->change->kind : YNODE_MAPPING;
	struct knode *field = knode_get(map, name);
	if (!field && creates) {
		field = kind == YNODE_SCALAR ? knode_scalar(map->pool, STR(""), KTAG_STRING)
					     : knode_collection(map->pool, kind);
		knode_set(map, name, field);
	} else if (field && knode_is_missing(field) && (creates || is_list)) {
		retype(field, kind);
	}
	return field;
}

static bool
visit_map(struct walk *walk, struct knode *map, struct str rest)
{
	struct str name;
	(void)field_path_next(map->pool->arena, &rest, '/', &name);
	bool is_list = str_ends(name, STR("[]"));
	if (is_list) {
		name.len -= 2;
	}
	if (name.len == 0) {
		*walk->why = STR("a field specification has an empty key");
		return false;
	}
	struct knode *field = find_field(walk, map, name, is_list, !rest.ptr);
	return !field || visit(walk, field, rest);
}

static bool
visit(struct walk *walk, struct knode *node, struct str rest)
{
	enum { NESTING_MAX = 1000 };
	if (!rest.ptr) {
		return walk->change->apply(walk->change->context, node, walk->why);
	}
	if (knode_is_missing(node)) {
		return true;
	}
	if (node->kind == YNODE_SCALAR || walk->depth > NESTING_MAX) {
		*walk->why = arena_printf(node->pool->arena,
			"on the way to %.*s there is neither a mapping nor a list",
			STR_ARG(walk->spec->path));
		return false;
	}
	if (node->kind == YNODE_MAPPING) {
		return visit_map(walk, node, rest);
	}
	knode_open(node);
	walk->depth++;
	for (size_t i = 0; i < node->len; i++) {
		if (!visit(walk, node->items[i], rest)) {
			return false;
		}
	}
	walk->depth--;
	return true;
}

bool
field_spec_apply(const struct field_spec *spec, const struct gvk *gvk, struct knode *object,
	const struct field_change *change, struct str *ret_why)
{
	struct walk walk = { spec, change, ret_why, 0 };
	struct str rest = spec->path;
	if (!gvk_is_selected(gvk, &spec->of)) {
		return true;
	}
	if (str_starts(rest, STR("/"))) {
		rest = str_skip(rest, 1);
	}
	return visit(&walk, object, rest);
}
