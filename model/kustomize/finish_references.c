/* Fields that name objects follow them when they are renamed (api/filters/nameref,
 * namereferencetransformer.go). */
#include "kustomize/transform.h"

#include "vec.h"

struct referring {
	struct site *site;
	struct map *by_name; /* earlier name -> struct members that had it */
	struct member *referrer;
	const struct gvk *target;
	struct str path;
	struct strs binding_namespaces; /* of the ServiceAccounts that a RoleBinding is for */
};

static void
index_names(struct accumulator *acc, struct map *by_name)
{
	for (size_t i = 0; i < acc->members.len; i++) {
		struct member *member = acc->members.items[i];
		for (size_t j = 0; j < member->trail.ids.len; j++) {
			struct str name = member->trail.ids.items[j].name;
			struct members *members = map_get(by_name, name);
			if (!members) {
				members = arena_new(acc->arena, struct members);
				*members = (struct members){ 0 };
				map_put(acc->arena, by_name, name, members);
			}
			if (members->len == 0 || members->items[members->len - 1] != member) {
				vec_push(acc->arena, members, member);
			}
		}
	}
}

static bool
is_among(const struct strs *strs, struct str word)
{
	for (size_t i = 0; i < strs->len; i++) {
		if (str_eq(strs->items[i], word)) {
			return true;
		}
	}
	return false;
}

/* May the referrer speak of it at all (SubsetThatCouldBeReferencedByResource)? */
static bool
is_in_reach(const struct referring *referring, const struct member *candidate)
{
	const struct identity *own = &referring->referrer->object.id, *id = &candidate->object.id;
	return own->is_cluster_scoped || id->is_cluster_scoped
		|| str_eq(identity_namespace(own), identity_namespace(id))
		|| is_among(&referring->binding_namespaces, id->namespace);
}

static bool
was_selected(const struct member *candidate, const struct gvk *selector)
{
	for (size_t i = 0; i < candidate->trail.ids.len; i++) {
		const struct gvk gvk = { candidate->object.id.group, candidate->object.id.version,
			candidate->trail.ids.items[i].kind };
		if (gvk_is_selected(&gvk, selector)) {
			return true;
		}
	}
	return false;
}

static bool
fits_role(const struct referring *referring, const struct member *candidate)
{
	struct knode *role = knode_get(referring->referrer->tree, STR("roleRef"));
	struct knode *group = knode_get(role, STR("apiGroup")), *kind = knode_get(role, STR("kind"));
	if (!str_ends(referring->path, STR("roleRef/name")) || !group || !kind || group->kind != YNODE_SCALAR
		|| kind->kind != YNODE_SCALAR) {
		return true;
	}
	const struct gvk selector = { group->text, STR(""), kind->text };
	return was_selected(candidate, &selector);
}

static bool
fits_namespace(const struct referring *referring, const struct member *candidate)
{
	const struct identity *own = &referring->referrer->object.id, *id = &candidate->object.id;
	return own->is_cluster_scoped || id->is_cluster_scoped || str_eq(id->kind, STR("ServiceAccount"))
		|| str_eq(identity_namespace(own), identity_namespace(id));
}

static bool
end_alike(const struct strs *a, const struct strs *b)
{
	const struct strs *shorter = a->len <= b->len ? a : b, *longer = a->len <= b->len ? b : a;
	size_t skip = longer->len - shorter->len;
	if (shorter->len == 0) {
		return skip == 0;
	}
	for (size_t i = 0; i < shorter->len; i++) {
		if (!str_eq(shorter->items[i], longer->items[i + skip])) {
			return false;
		}
	}
	return true;
}

static bool
has_affixes(const struct referring *referring, const struct member *candidate, bool allow_none)
{
	const struct trail *own = &referring->referrer->trail, *other = &candidate->trail;
	bool no_prefix = own->prefixes.len == 0 || other->prefixes.len == 0;
	bool no_suffix = own->suffixes.len == 0 || other->suffixes.len == 0;
	return ((allow_none && no_prefix) || end_alike(&own->prefixes, &other->prefixes))
		&& ((allow_none && no_suffix) || end_alike(&own->suffixes, &other->suffixes));
}

static void
keep_by_affixes(const struct referring *referring, struct members *found, bool allow_none)
{
	size_t kept = 0;
	for (size_t i = 0; i < found->len; i++) {
		if (has_affixes(referring, found->items[i], allow_none)) {
			found->items[kept++] = found->items[i];
		}
	}
	found->len = kept;
}

static bool
are_one(const struct members *found, bool with_namespace)
{
	for (size_t i = 1; i < found->len; i++) {
		const struct identity *a = &found->items[0]->object.id, *b = &found->items[i]->object.id;
		if (!str_eq(a->name, b->name) || (with_namespace && !str_eq(a->namespace, b->namespace))) {
			return false;
		}
	}
	return true;
}

/* The object that is meant by an earlier name; NULL when there is none. False when there are several. */
static bool
choose(const struct referring *referring, const struct members *candidates, bool with_namespace,
	struct member **ret_choice, struct str *ret_why)
{
	struct members found = { 0 };
	*ret_choice = NULL;
	for (size_t i = 0; i < candidates->len; i++) {
		struct member *candidate = candidates->items[i];
		if (is_in_reach(referring, candidate) && was_selected(candidate, referring->target)
			&& fits_role(referring, candidate) && fits_namespace(referring, candidate)) {
			vec_push(referring->site->acc->arena, &found, candidate);
		}
	}
	if (found.len > 1) {
		keep_by_affixes(referring, &found, true);
	}
	if (found.len > 1) {
		keep_by_affixes(referring, &found, false);
	}
	if (found.len > 1 && !are_one(&found, with_namespace)) {
		*ret_why = STR("a name may mean several objects");
		return false;
	}
	*ret_choice = found.len > 0 ? found.items[0] : NULL;
	return true;
}

static bool
set_scalar(const struct referring *referring, struct knode *field, struct str *ret_why)
{
	struct member *choice;
	const struct members *candidates = map_get(referring->by_name, field->text);
	if (!candidates) {
		return true;
	}
	if (!choose(referring, candidates, false, &choice, ret_why)) {
		return false;
	}
	if (choice && !str_eq(choice->object.id.name, field->text)) {
		knode_put_text(field, choice->object.id.name, KTAG_NONE);
	}
	return true;
}

/* Those that were, or else are, in the namespace that the field says. */
static void
keep_by_namespace(const struct referring *referring, const struct members *candidates, struct str namespace,
	struct members *kept)
{
	struct accumulator *acc = referring->site->acc;
	bool by_original = false;
	for (size_t i = 0; i < acc->members.len && !by_original; i++) {
		const struct member *any = acc->members.items[i];
		const struct identity *first = member_original(any);
		by_original = is_in_reach(referring, any) && !any->object.id.is_cluster_scoped
			&& str_eq(identity_namespace(first), namespace);
	}
	for (size_t i = 0; i < candidates->len; i++) {
		struct member *member = candidates->items[i];
		const struct identity *id = by_original ? member_original(member) : &member->object.id;
		if (str_eq(identity_namespace(id), namespace)
			&& !str_eq(namespace, STR("_non_namespaceable_"))) {
			vec_push(acc->arena, kept, member);
		}
	}
}

static bool
set_mapping(const struct referring *referring, struct knode *field, struct str *ret_why)
{
	struct members kept = { 0 };
	struct member *choice;
	struct knode *name = knode_get(field, STR("name"));
	struct knode *namespace = knode_get(field, STR("namespace"));
	if (!name) {
		*ret_why = STR("a reference has no name");
		return false;
	}
	const struct members *candidates =
		map_get(referring->by_name, name->kind == YNODE_SCALAR ? name->text : STR(""));
	if (candidates && namespace) {
		keep_by_namespace(referring, candidates,
			namespace->kind == YNODE_SCALAR ? namespace->text : STR(""), &kept);
		candidates = &kept;
	}
	if (!candidates) {
		return true;
	}
	if (!choose(referring, candidates, true, &choice, ret_why)) {
		return false;
	}
	if (!choice) {
		return true;
	}
	const struct identity *id = &choice->object.id;
	knode_set(field, STR("name"), knode_scalar(field->pool, id->name, KTAG_NONE));
	if (id->namespace.len > 0) {
		knode_set(field, STR("namespace"), knode_scalar(field->pool, id->namespace, KTAG_NONE));
	}
	return true;
}

static bool
set_reference(void *context, struct knode *field, struct str *ret_why)
{
	const struct referring *referring = context;
	if (knode_is_missing(field)) {
		return true;
	}
	if (field->kind == YNODE_SCALAR) {
		return set_scalar(referring, field, ret_why);
	}
	if (field->kind == YNODE_MAPPING) {
		return set_mapping(referring, field, ret_why);
	}
	knode_open(field);
	for (size_t i = 0; i < field->len; i++) {
		struct knode *item = field->items[i];
		bool is_list = item->kind == YNODE_SEQUENCE;
		if (is_list) {
			*ret_why = STR("a reference is a list in a list");
		}
		if (is_list || !set_reference(context, item, ret_why)) {
			return false;
		}
	}
	return true;
}

/* getNamespacesForRoleBinding. */
static bool
collect_binding(struct referring *referring, struct str *ret_why)
{
	struct member *member = referring->referrer;
	struct knode *subjects = knode_get(member->tree, STR("subjects"));
	referring->binding_namespaces.len = 0;
	if (!str_eq(member->object.id.kind, STR("RoleBinding")) || !subjects
		|| subjects->kind != YNODE_SEQUENCE) {
		return true;
	}
	knode_open(subjects);
	for (size_t i = 0; i < subjects->len; i++) {
		struct knode *namespace = knode_get(subjects->items[i], STR("namespace"));
		struct str kind = knode_text(knode_get(subjects->items[i], STR("kind")));
		enum ytype type;
		if (!namespace || !str_eq(kind, STR("ServiceAccount"))) {
			continue;
		}
		if (namespace->kind != YNODE_SCALAR || !knode_type(namespace, &type)
			|| type != YTYPE_STRING) {
			*ret_why = STR("a subject's namespace must be a string");
			return false;
		}
		vec_push(referring->site->acc->arena, &referring->binding_namespaces, namespace->text);
	}
	return true;
}

static bool
follow(struct referring *referring, const struct name_reference *reference, struct str *ret_why)
{
	struct member *member = referring->referrer;
	struct gvk original = member_gvk(member), gvk = original;
	original.kind = member_original(member)->kind;
	referring->target = &reference->target;
	for (size_t i = 0; i < reference->fields.len; i++) {
		struct field_spec spec = reference->fields.items[i];
		struct field_change change = { set_reference, referring, false, YNODE_SCALAR };
		if (!gvk_is_selected(&original, &spec.of)) {
			continue;
		}
		referring->path = spec.path;
		spec.of = (struct gvk){ STR(""), STR(""), STR("") };
		if (!field_spec_apply(&spec, &gvk, member->tree, &change, ret_why)) {
			return false;
		}
	}
	return true;
}

void
finish_references(struct site *site)
{
	struct accumulator *acc = site->acc;
	struct map by_name = { 0 };
	struct referring referring = { .site = site, .by_name = &by_name };
	const struct config *config = acc->config;
	index_names(acc, &by_name);
	for (size_t i = 0; i < acc->members.len; i++) {
		struct str why;
		referring.referrer = acc->members.items[i];
		bool done = collect_binding(&referring, &why);
		for (size_t j = 0; done && j < config->references.len; j++) {
			done = follow(&referring, &config->references.items[j], &why);
		}
		if (!done) {
			struct str name = identity_text(acc->arena, &referring.referrer->object.id);
			site_fail(site, FAULT_OTHER, referring.referrer->object.entry,
				arena_printf(acc->arena, "%.*s: %.*s", STR_ARG(name), STR_ARG(why)));
			return;
		}
	}
}
