#include "kustomize/patch.h"

#include "kustomize/json_patch.h"
#include "kustomize/json_value.h"
#include "kustomize/merge.h"
#include "kustomize/selector.h"
#include "vec.h"

void
patch_decode(struct site *site, const struct patch_text *text, struct decoded *ret_decoded)
{
	if (text->file && text->file->is_yaml) {
		*ret_decoded = *builder_decode(site->builder, text->file);
	} else {
		decode_text(site->builder->arena, text->text, ret_decoded);
	}
}

static bool
fail(struct site *site, const struct ynode *at, struct str why)
{
	return site_fail(site, FAULT_PATCH, at,
		arena_printf(site->acc->arena, "the patch does not apply: %.*s", STR_ARG(why)));
}

static void
put_scalar(struct knode *map, struct str key, struct str text)
{
	knode_set(map, key, knode_scalar(map->pool, text, KTAG_NONE));
}

/* Name, namespace and kind stay what they were, but where the patch may change them. */
static bool
restore(struct site *site, const struct ynode *at, struct member *member, const struct identity *id,
	const struct trail *options)
{
	if (!options->may_change_kind) {
		put_scalar(member->tree, STR("kind"), id->kind);
	}
	struct knode *metadata = knode_make_map(member->tree, STR("metadata"));
	if (!metadata) {
		return fail(site, at, STR("metadata is no mapping any more"));
	}
	if (!options->may_rename) {
		put_scalar(metadata, STR("name"), id->name);
	}
	if (id->namespace.len > 0) {
		put_scalar(metadata, STR("namespace"), id->namespace);
	} else {
		knode_remove(metadata, STR("namespace"));
	}
	member_refresh(member);
	site->acc->ids_are_stale = true;
	return true;
}

/* Labels, selectors and annotations, at any depth that objects have them. */
static bool
touches_shared(struct knode *node)
{
	static const struct str shared[] = { STR_INIT("labels"), STR_INIT("selector"),
		STR_INIT("matchLabels"), STR_INIT("annotations") };
	if (node->kind != YNODE_MAPPING || !node->is_open) {
		return false;
	}
	for (size_t i = 0; i < node->len; i += 2) {
		struct str key = node->items[i]->text;
		for (size_t j = 0; j < countof(shared); j++) {
			if (str_eq(key, shared[j])) {
				return true;
			}
		}
		if (touches_shared(node->items[i + 1])) {
			return true;
		}
	}
	return false;
}

bool
patch_merge(struct site *site, const struct ynode *at, struct member *member, struct knode *patch,
	const struct trail *options)
{
	struct identity id = member->object.id;
	struct knode *merged;
	struct str why;
	if (options->may_rename || options->may_change_kind) {
		member_remember(site->acc->arena, member);
	}
	if (!merge_patch(member->tree, patch, &merged, &why)) {
		return fail(site, at, why);
	}
	if (!merged) {
		member->tree = NULL;
		return true;
	}
	if (member->trail.shares_values && touches_shared(patch)) {
		member->object.may_differ = true;
	}
	/* A patch that replaces the whole object makes a new one, which nobody takes: the old one stays. */
	return knode_is_empty(member->tree) || restore(site, at, member, &id, options);
}

static void
stringify(struct knode *map)
{
	if (!map || map->kind != YNODE_MAPPING) {
		return;
	}
	knode_open(map);
	for (size_t i = 1; i < map->len; i += 2) {
		struct knode *value = map->items[i];
		struct knode *made = knode_scalar(
			map->pool, value->kind == YNODE_SCALAR ? value->text : STR(""), KTAG_STRING);
		made->from = value->from;
		made->is_quoted = value->is_quoted;
		map->items[i] = made;
	}
}

static void
copy_metadata(struct knode *metadata, struct str field)
{
	struct knode *map = knode_get(metadata, field);
	stringify(map);
	if (map && knode_is_empty(map)) {
		knode_remove(metadata, field);
	}
}

struct knode *
patch_copy(struct site *site, const struct ynode *patch, const struct member *member)
{
	struct knode *copy = knode_take(&site->acc->pool, patch);
	const struct identity *id = &member->object.id;
	struct knode *metadata = knode_make_map(copy, STR("metadata"));
	if (metadata) {
		copy_metadata(metadata, STR("labels"));
		copy_metadata(metadata, STR("annotations"));
		if (knode_text(knode_get(metadata, STR("namespace"))).len == 0) {
			knode_remove(metadata, STR("namespace"));
		}
	}
	struct str version = id->group.len > 0
		? arena_printf(site->acc->arena, "%.*s/%.*s", STR_ARG(id->group), STR_ARG(id->version))
		: id->version;
	put_scalar(copy, STR("apiVersion"), version);
	return copy;
}

bool
patch_merge_by_name(struct site *site, const struct ynode *at, const struct ynode *patch,
	const struct trail *options, bool by_copy)
{
	struct member named = { .tree = knode_take(&site->acc->pool, patch) };
	size_t count;
	member_refresh(&named);
	size_t index = members_find(&site->acc->members, &named.object.id, &count);
	if (index == SIZE_MAX) {
		struct str text = identity_text(site->acc->arena, &named.object.id);
		struct str why = arena_printf(site->acc->arena, "the patch is for %.*s, %s", STR_ARG(text),
			count > 1 ? "and several are it" : "which is not here");
		return count > 1 ? site_fail(site, FAULT_TARGET, at, why) : site_miss(site, at, why);
	}
	struct member *member = site->acc->members.items[index];
	struct knode *copy = by_copy ? patch_copy(site, patch, member) : named.tree;
	return patch_merge(site, at, member, copy, options);
}

bool
patch_operate(
	struct site *site, const struct ynode *at, struct member *member, const struct ynode *operations)
{
	struct str why;
	struct knode *made;
	bool has_trail = member->trail.ids.len > 0 || member->object.is_generated;
	if (has_trail) { /* kustomize keeps the trail in annotations: there are some */
		struct knode *metadata = knode_make_map(member->tree, STR("metadata"));
		(void)(metadata && knode_make_map(metadata, STR("annotations")));
	}
	struct knode *tree = json_value_of(member->tree, &why);
	member->trail.shares_values = false;
	if (!tree || !json_patch_apply(tree, operations, &made, &why)) {
		return fail(site, at, why);
	}
	member->tree = made;
	member_refresh(member);
	site->acc->ids_are_stale = true;
	return true;
}

const struct members *
patch_select(struct site *site, const struct ynode *at, const struct ynode *target)
{
	struct selector CLEANUP(selector_release) selector;
	enum selector_state state = selector_read(target, &selector);
	struct members *selected = arena_new(site->acc->arena, struct members);
	*selected = (struct members){ 0 };
	site->acc->matches += site->acc->members.len;
	if (state == SELECTOR_INVALID) {
		site_fail(site, FAULT_PATCH, target, STR("the target's pattern is invalid"));
		return NULL;
	}
	if (state == SELECTOR_UNKNOWN || site->acc->matches > MATCHES_MAX) {
		patch_doubt(site, target);
		site_leave(site, at, "it is not known what this patch is for");
		return NULL;
	}
	for (size_t i = 0; i < site->acc->members.len; i++) {
		bool is_valid;
		struct member *member = site->acc->members.items[i];
		if (selector_matches(&selector, member, &is_valid)) {
			vec_push(site->acc->arena, selected, member);
		}
		if (!is_valid) {
			site_fail(
				site, FAULT_PATCH, target, STR("the target's selector of labels is invalid"));
			return NULL;
		}
	}
	if (selected->len == 0 && !site->acc->is_open && !site->layer->is_component) {
		vec_push(site->builder->arena, &site->build->idle, target);
	}
	return selected;
}

static bool
is_word(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
			|| c == '-' || c == '_';
		if (!is_plain) {
			return false;
		}
	}
	return true;
}

static bool
may_match(struct str pattern, struct str text)
{
	return pattern.len == 0 || !is_word(pattern) || str_eq(pattern, text);
}

/* Does the object decide which files Flux reads? */
static bool
steers(const struct object *object)
{
	static const struct str kinds[] = { STR_INIT("Kustomization"), STR_INIT("GitRepository"),
		STR_INIT("OCIRepository"), STR_INIT("Bucket"), STR_INIT("ExternalArtifact") };
	for (size_t i = 0; i < countof(kinds); i++) {
		if (str_eq(object->id.kind, kinds[i])) {
			return str_ends(object->id.group, STR(".toolkit.fluxcd.io"));
		}
	}
	return false;
}

void
patch_doubt(struct site *site, const struct ynode *target)
{
	struct str kind = kustomization_text(target, STR("kind"));
	struct str name = kustomization_text(target, STR("name"));
	for (size_t i = 0; i < site->acc->members.len; i++) {
		struct member *member = site->acc->members.items[i];
		struct object *object = &member->object;
		bool touches = may_match(kind, object->id.kind)
			&& (may_match(name, object->id.name)
				|| may_match(name, member_original(member)->name));
		object->may_differ = object->may_differ || touches;
		object->may_steer_differ = object->may_steer_differ || (touches && steers(object));
	}
}
