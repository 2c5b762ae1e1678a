/* `replacements` (ReplacementTransformer.go, api/filters/replacement). */
#include "kustomize/field_path.h"
#include "kustomize/label_selector.h"
#include "kustomize/loader.h"
#include "kustomize/transform.h"
#include "tojson.h"

struct replacement {
	struct site *site;
	const struct ynode *source, *targets;
	struct knode *value;
};

static bool
fail(const struct replacement *replacement, const struct ynode *at, const char *why)
{
	return site_fail(replacement->site, FAULT_OTHER, at, str_from(why));
}

/* Is one of the object's identities, now or before, what the selector asks for? */
static bool
is_selected(const struct ynode *selector, const struct member *member)
{
	struct identity wanted = { kustomization_text(selector, STR("group")),
		kustomization_text(selector, STR("version")), kustomization_text(selector, STR("kind")),
		kustomization_text(selector, STR("namespace")), kustomization_text(selector, STR("name")),
		false };
	const struct gvk gvk = { wanted.group, wanted.version, wanted.kind };
	for (size_t i = 0; i <= member->trail.ids.len; i++) {
		struct identity id = i == 0 ? member->object.id : member->trail.ids.items[i - 1];
		id.group = member->object.id.group;
		id.version = member->object.id.version;
		id.is_cluster_scoped = false;
		const struct gvk own = { id.group, id.version, id.kind };
		if ((wanted.name.len == 0 || str_eq(wanted.name, id.name))
			&& (wanted.namespace.len == 0
				|| str_eq(identity_namespace(&wanted), identity_namespace(&id)))
			&& gvk_is_selected(&own, &gvk)) {
			return true;
		}
	}
	return false;
}

/* The piece of a value between delimiters; false when there is no such piece. */
static bool
refine(struct replacement *replacement, const struct ynode *options)
{
	struct str delimiter = kustomization_text(options, STR("delimiter"));
	int64_t index = 0;
	const struct ynode *number = kustomization_field(options, STR("index"));
	if (delimiter.len == 0) {
		return true;
	}
	if (replacement->value->kind != YNODE_SCALAR) {
		return fail(replacement, options, "only text can be divided");
	}
	if (number && !yscalar_int(ynode_str(number), &index)) {
		index = -1;
	}
	struct str rest = knode_text(replacement->value);
	for (int64_t i = 0; index >= 0; i++) {
		size_t end = str_find(rest, delimiter);
		if (i == index) {
			replacement->value = knode_copy(replacement->value);
			replacement->value->text = str_first(rest, end);
			return true;
		}
		if (end == rest.len) {
			break;
		}
		rest = str_skip(rest, end + delimiter.len);
	}
	return fail(replacement, options, "the value has no such piece");
}

static bool
find_value(struct replacement *replacement)
{
	struct site *site = replacement->site;
	struct member *found = NULL;
	for (size_t i = 0; i < site->acc->members.len; i++) {
		if (!is_selected(replacement->source, site->acc->members.items[i])) {
			continue;
		}
		if (found) {
			return site_fail(site, FAULT_TARGET, replacement->source,
				STR("the source is more than one object"));
		}
		found = site->acc->members.items[i];
	}
	if (!found) {
		return site_miss(site, replacement->source, STR("the source is no object that is here"));
	}
	struct str path = kustomization_text(replacement->source, STR("fieldPath"));
	struct strs parts = { 0 };
	enum path_result result = PATH_UNKNOWN;
	if (field_path_split(site->acc->arena, path.len > 0 ? path : STR("metadata.name"), &parts)) {
		result = field_path_get(&parts, found->tree, &replacement->value);
	}
	if (result == PATH_UNKNOWN) {
		return site_leave(site, replacement->source, "its path is not modelled");
	}
	if (result != PATH_FOUND || knode_is_empty(replacement->value)) {
		return fail(replacement, replacement->source, "the source has no such field");
	}
	return refine(replacement, kustomization_field(replacement->source, STR("options")));
}

/* The pieces of a text with one of them set. */
static struct str
set_piece(struct arena *arena, struct str text, struct str delimiter, int64_t index, struct str value)
{
	if (index < 0) {
		return arena_printf(arena, "%.*s%.*s%.*s", STR_ARG(value), STR_ARG(delimiter), STR_ARG(text));
	}
	size_t at = 0;
	for (int64_t i = 0; i < index; i++) {
		size_t end = at + str_find(str_skip(text, at), delimiter);
		if (end >= text.len) {
			return arena_printf(
				arena, "%.*s%.*s%.*s", STR_ARG(text), STR_ARG(delimiter), STR_ARG(value));
		}
		at = end + delimiter.len;
	}
	size_t end = at + str_find(str_skip(text, at), delimiter);
	return arena_printf(
		arena, "%.*s%.*s%.*s", (int)at, text.ptr, STR_ARG(value), STR_ARG(str_skip(text, end)));
}

static bool
set_field(struct replacement *replacement, const struct ynode *options, struct knode *field)
{
	struct str delimiter = kustomization_text(options, STR("delimiter"));
	struct knode *value = knode_copy(replacement->value);
	const struct ynode *number = kustomization_field(options, STR("index"));
	int64_t index = 0;
	if (delimiter.len > 0) {
		if (field->kind != YNODE_SCALAR) {
			return fail(replacement, options, "only text can be divided");
		}
		if (number && !yscalar_int(ynode_str(number), &index)) {
			return fail(replacement, options, "the index is no number");
		}
		value->text = set_piece(field->pool->arena, field->text, delimiter, index, knode_text(value));
	}
	if (field->kind == YNODE_SCALAR) {
		field->text = value->kind == YNODE_SCALAR ? value->text : STR("");
	} else {
		*field = *value;
	}
	return true;
}

static bool
set_path(struct replacement *replacement, const struct ynode *target, const struct ynode *at, struct str path,
	struct member *member)
{
	struct site *site = replacement->site;
	const struct ynode *options = kustomization_field(target, STR("options"));
	bool creates = kustomization_bool(options, STR("create"));
	struct strs parts = { 0 };
	struct knodes found = { 0 };
	enum path_result result = PATH_UNKNOWN;
	if (field_path_split(site->acc->arena, path, &parts)) {
		result = field_path_match(
			site->acc->arena, &parts, member->tree, creates, replacement->value->kind, &found);
	}
	if (result == PATH_UNKNOWN) {
		member->object.may_differ = member->object.may_steer_differ = true;
		site->acc->is_open = true;
		return site_leave(site, at, "its path is not modelled");
	}
	if (result != PATH_FOUND) {
		return fail(replacement, at, "a target has no such field");
	}
	for (size_t i = 0; i < found.len; i++) {
		if (!set_field(replacement, options, found.items[i])) {
			return false;
		}
		member->object.may_differ = member->object.may_differ || member->trail.shares_values;
	}
	return true;
}

static bool
matches_labels(struct replacement *replacement, const struct ynode *selector, struct member *member,
	bool *ret_matches)
{
	enum label_verdict annotations =
		label_selector_match(kustomization_text(selector, STR("annotationSelector")),
			member_metadata(member, "annotations"));
	enum label_verdict labels = label_selector_match(
		kustomization_text(selector, STR("labelSelector")), member_metadata(member, "labels"));
	*ret_matches = annotations == LABELS_MATCH && labels == LABELS_MATCH;
	return (annotations != LABELS_INVALID && labels != LABELS_INVALID)
		|| fail(replacement, selector, "a selector of labels is invalid");
}

static bool
is_target(struct replacement *replacement, const struct ynode *target, struct member *member,
	bool *ret_is_target)
{
	const struct ynode *select = kustomization_field(target, STR("select"));
	bool matches;
	if (!matches_labels(replacement, select, member, &matches)) {
		return false;
	}
	*ret_is_target = matches && is_selected(select, member);
	const struct ynode *reject = kustomization_items(target, STR("reject"));
	for (; reject; reject = reject->next) {
		bool has_labels = kustomization_text(reject, STR("annotationSelector")).len > 0
			|| kustomization_text(reject, STR("labelSelector")).len > 0;
		bool has_identity = false;
		static const struct str fields[] = { STR_INIT("group"), STR_INIT("version"), STR_INIT("kind"),
			STR_INIT("name"), STR_INIT("namespace") };
		for (size_t i = 0; i < countof(fields); i++) {
			has_identity = has_identity || kustomization_text(reject, fields[i]).len > 0;
		}
		if (has_labels && !matches_labels(replacement, reject, member, &matches)) {
			return false;
		}
		*ret_is_target = *ret_is_target && !(has_labels && matches)
			&& !(has_identity && is_selected(reject, member));
	}
	return true;
}

static bool
set_member(struct replacement *replacement, const struct ynode *target, struct member *member)
{
	const struct ynode *path = kustomization_items(target, STR("fieldPaths"));
	if (!path) {
		return set_path(replacement, target, target, STR("metadata.name"), member);
	}
	for (; path; path = path->next) {
		if (!set_path(replacement, target, path, ynode_str(path), member)) {
			return false;
		}
	}
	return true;
}

static bool
set_target(struct replacement *replacement, const struct ynode *target)
{
	struct members *members = &replacement->site->acc->members;
	if (!kustomization_field(target, STR("select"))) {
		return fail(replacement, target, "a target must select objects");
	}
	for (size_t i = 0; i < members->len; i++) {
		bool matches;
		if (!is_target(replacement, target, members->items[i], &matches)
			|| (matches && !set_member(replacement, target, members->items[i]))) {
			return false;
		}
		member_refresh(members->items[i]);
	}
	return true;
}

static void
replace(struct site *site, const struct ynode *entry)
{
	struct replacement replacement = { site, kustomization_field(entry, STR("source")),
		kustomization_field(entry, STR("targets")), NULL };
	if (!replacement.source || !replacement.targets) {
		(void)fail(&replacement, entry, "a replacement must have a source and targets");
		return;
	}
	if (!find_value(&replacement)) {
		return;
	}
	const struct ynode *target = replacement.targets->first;
	for (; target && !site_failed(site); target = target->next) {
		if (!set_target(&replacement, target)) {
			return;
		}
	}
}

static void
replace_from_file(struct site *site, const struct ynode *entry)
{
	struct tojson_error error;
	const struct ynode *at = kustomization_field(entry, STR("path"));
	if (kustomization_field(entry, STR("source")) || kustomization_items(entry, STR("targets"))) {
		site_fail(site, FAULT_OTHER, entry, STR("a replacement has both a path and more"));
		return;
	}
	const struct file *file = site_load(site, at, ynode_str(at), "a replacement");
	const struct ynode *root = file && file->is_yaml && file->docs && !file->syntax
		? tojson(site->builder->arena, file->docs->root, &error)
		: NULL;
	if (!root && !site_failed(site)) {
		site_leave(site, at, "a replacement was not read");
		site->acc->is_open = true;
	}
	if (!root || site_failed(site)) {
		return;
	}
	const struct ynode *item = root->kind == YNODE_SEQUENCE ? root->first : root;
	for (; item && !site_failed(site); item = root->kind == YNODE_SEQUENCE ? item->next : NULL) {
		replace(site, item);
	}
}

void
transform_replacements(struct site *site)
{
	const struct ynode *entry = kustomization_items(site->layer->root, STR("replacements"));
	for (; entry && !site_failed(site); entry = entry->next) {
		if (kustomization_text(entry, STR("path")).len > 0) {
			replace_from_file(site, entry);
		} else {
			replace(site, entry);
		}
	}
	site->acc->ids_are_stale = true;
}
