/* The last steps of a build: local objects go, annotations become text, objects are put in order. */
#include "kustomize/decode.h"
#include "kustomize/metadata.h"
#include "kustomize/transform.h"

/* config.kubernetes.io/local-config with any value but "false". */
static bool
is_local(struct member *member)
{
	const struct knode *value =
		knode_get(member_metadata(member, "annotations"), STR("config.kubernetes.io/local-config"));
	return value && !str_eq(knode_text(value), STR("false"));
}

static bool
is_plain_text(struct knode *map)
{
	knode_open(map);
	for (size_t i = 0; i < map->len; i += 2) {
		enum ytype type;
		struct knode *value = map->items[i + 1];
		if (knode_get(map, map->items[i]->text) != value) {
			return false; /* twice */
		}
		if (value->kind != YNODE_SCALAR || !knode_type(value, &type) || type != YTYPE_STRING) {
			return false;
		}
	}
	return map->len > 0;
}

/* kustomize sets annotations anew: as text, of equal keys the last; none at all when there are none. */
static bool
settle_annotations(struct member *member, struct str *ret_why)
{
	struct knode *metadata = knode_make_map(member->tree, STR("metadata"));
	struct knode *annotations = knode_get(metadata, STR("annotations"));
	*ret_why = STR("metadata and annotations must be mappings");
	if (!metadata || (annotations && annotations->kind == YNODE_SEQUENCE && annotations->len > 0)) {
		return false;
	}
	if (!annotations || (annotations->kind == YNODE_MAPPING && is_plain_text(annotations))) {
		return true;
	}
	struct knode *made = knode_collection(metadata->pool, YNODE_MAPPING);
	for (size_t i = 0; annotations->kind == YNODE_MAPPING && i < annotations->len; i += 2) {
		struct knode *value = annotations->items[i + 1];
		struct knode *text = knode_scalar(
			metadata->pool, value->kind == YNODE_SCALAR ? value->text : STR(""), KTAG_STRING);
		text->from = value->from;
		knode_set(made, annotations->items[i]->text, text);
	}
	knode_remove(metadata, STR("annotations"));
	if (made->len > 0) {
		knode_set(metadata, STR("annotations"), made);
	}
	return true;
}

static int
rank(const struct ynode *options, struct str kind)
{
	if (!options) {
		return kind_rank(kind);
	}
	int place = 0, count = 0, found = 0;
	const struct ynode *first = kustomization_items(options, STR("orderFirst"));
	for (const struct ynode *item = first; item; item = item->next) {
		count++;
	}
	for (const struct ynode *item = first; item; item = item->next, place++) {
		found = str_eq(ynode_str(item), kind) ? place - count : found;
	}
	place = 1;
	for (const struct ynode *item = kustomization_items(options, STR("orderLast")); item;
		item = item->next, place++) {
		found = str_eq(ynode_str(item), kind) ? place : found;
	}
	return found;
}

static int
compare_text(const struct identity *a, const struct identity *b)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	const struct identity *const both[] = { a, b };
	struct str text[2];
	for (size_t i = 0; i < 2; i++) {
		struct str namespace = both[i]->namespace, name = both[i]->name;
		text[i] = arena_printf(&scratch, "%.*s|%.*s",
			STR_ARG(namespace.len > 0 ? namespace : STR("~X")),
			STR_ARG(name.len > 0 ? name : STR("~N")));
	}
	return str_cmp(text[0], text[1]);
}

static int
compare(const struct ynode *options, const struct member *a, const struct member *b)
{
	struct gvk left = member_gvk(a), right = member_gvk(b);
	bool same = str_eq(left.kind, right.kind) && str_eq(left.group, right.group)
		&& str_eq(left.version, right.version);
	if (same) {
		return compare_text(&a->object.id, &b->object.id);
	}
	int first = rank(options, left.kind), second = rank(options, right.kind);
	if (first != second) {
		return first < second ? -1 : 1;
	}
	int order = gvk_compare_text(&left, &right);
	bool are_namespaces = str_eq(left.kind, STR("Namespace")) && str_eq(right.kind, STR("Namespace"))
		&& (left.group.len == 0 || right.group.len == 0);
	return are_namespaces ? -order : order;
}

/* Merge sort: libc's has no context, and this one keeps equals in place. */
static void
sort(const struct ynode *options, struct member **items, struct member **room, size_t len)
{
	if (len < 2) {
		return;
	}
	size_t half = len / 2, left = 0, right = half;
	sort(options, items, room, half);
	sort(options, items + half, room, len - half);
	for (size_t i = 0; i < len; i++) {
		bool takes_left =
			right >= len || (left < half && compare(options, items[left], items[right]) <= 0);
		room[i] = takes_left ? items[left++] : items[right++];
	}
	memcpy(items, room, len * sizeof(struct member *));
}

static bool
order(struct site *site)
{
	const struct ynode *root = site->layer->root;
	const struct ynode *sorting = kustomization_field(root, STR("sortOptions"));
	const struct ynode *options = kustomization_field(sorting, STR("legacySortOptions"));
	struct str name = kustomization_text(sorting, STR("order"));
	bool is_legacy = sorting ? str_eq(name, STR("legacy")) : (site->builder->habits & BUILDER_SORTS) != 0;
	if (sorting && !is_legacy && !str_eq(name, STR("fifo"))) {
		return site_fail(site, FAULT_FIELD, sorting, STR("order must be legacy or fifo"));
	}
	if (options && !is_legacy) {
		return site_fail(site, FAULT_FIELD, options, STR("legacySortOptions are for order legacy"));
	}
	if (is_legacy) {
		struct members *members = &site->acc->members;
		sort(options, members->items,
			arena_new_n(site->acc->arena, struct member *, members->len + 1), members->len);
		return site_check_ids(site, sorting);
	}
	return true;
}

void
finish_order(struct site *site)
{
	struct members *members = &site->acc->members;
	size_t kept = 0;
	if (!order(site)) { /* looks for equal objects, of local ones, too */
		return;
	}
	for (size_t i = 0; i < members->len; i++) {
		struct member *member = members->items[i];
		const struct ynode *frozen = knode_freeze(site->acc->arena, member->tree);
		struct str why;
		if (!metadata_is_valid(site->acc->arena, frozen, &why)) {
			site_fail(site, FAULT_OTHER, member->object.entry, why);
			return;
		}
		if (!is_local(member)) {
			members->items[kept++] = member;
		}
	}
	members->len = kept;
	site->acc->ids_are_stale = true;
	for (size_t i = 0; i < members->len; i++) {
		struct str why;
		if (!settle_annotations(members->items[i], &why)) {
			site_fail(site, FAULT_OTHER, members->items[i]->object.entry, why);
			return;
		}
	}
}
