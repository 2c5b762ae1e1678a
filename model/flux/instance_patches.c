#include "flux/instance_patches.h"

#include "flux/parts.h"

/* What decides which files are applied: taken from spec.sync and nowhere else. */
static bool
steers(struct str field)
{
	static const struct str fields[] = { STR_INIT("path"), STR_INIT("sourceRef"), STR_INIT("kubeConfig"),
		STR_INIT("url"), STR_INIT("ref"), STR_INIT("include"), STR_INIT("sparseCheckout"),
		STR_INIT("recurseSubmodules"), STR_INIT("targetNamespace"), STR_INIT("") };
	for (size_t i = 0; i < countof(fields); i++) {
		if (str_eq(field, fields[i])) {
			return true;
		}
	}
	return false;
}

static bool
has_only(struct str text, struct str more)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
		if (!is_plain && !str_has_char(more, c)) {
			return false;
		}
	}
	return text.len > 0;
}

/* No regular expression; kustomize matches whole words. */
static bool
is_word(struct str text)
{
	return has_only(text, STR("-_"));
}

/* "(Deployment|Service)", which never means our kind. */
static bool
lists_others(struct str kinds, struct str kind)
{
	return has_only(kinds, STR("()|")) && str_find(kinds, kind) == kinds.len;
}

enum aim { AIM_OTHER, AIM_HERE, AIM_UNKNOWN };

static enum aim
aim_of(const struct ynode *target, struct str kind, struct str name)
{
	struct str wanted_kind = ynode_str(ynode_get(target, STR("kind")));
	struct str wanted_name = ynode_str(ynode_get(target, STR("name")));
	if (lists_others(wanted_kind, kind)) {
		return AIM_OTHER;
	}
	bool is_plain = str_eq(wanted_kind, kind) && (wanted_name.len == 0 || is_word(wanted_name))
		&& !ynode_get(target, STR("labelSelector")) && !ynode_get(target, STR("annotationSelector"));
	if (!is_plain) {
		return AIM_UNKNOWN;
	}
	return wanted_name.len == 0 || str_eq(wanted_name, name) ? AIM_HERE : AIM_OTHER;
}

/* One operation: adds or replaces /spec/FIELD. */
static bool
apply_operation(struct arena *arena, const struct ynode *operation, struct ylist *spec)
{
	struct str op = ynode_str(ynode_get(operation, STR("op")));
	struct str path = ynode_str(ynode_get(operation, STR("path")));
	const struct ynode *value = ynode_get(operation, STR("value"));
	struct str field = str_starts(path, STR("/spec/")) ? str_skip(path, STR("/spec/").len) : STR("");
	bool is_put = str_eq(op, STR("add")) || str_eq(op, STR("replace"));
	if (str_starts(path, STR("/metadata/"))) {
		return !str_starts(path, STR("/metadata/name"));
	}
	if (!is_put || !value || steers(field) || str_has_char(field, '/')) {
		return false;
	}
	ylist_put(spec, field, ynode_head(arena, value));
	return true;
}

static bool
apply_text(struct arena *arena, struct str text, struct ylist *spec)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct source *source = arena_new(arena, struct source);
	struct ysyntax_error error;
	const struct ydoc *docs = NULL;
	source->text = arena_str(arena, text);
	if (!ytree_parse(arena, &scratch, source, 0, 0, &docs, &error) || !docs
		|| !ynode_is(docs->root, YNODE_SEQUENCE)) {
		return false;
	}
	for (const struct ynode *item = ynode_follow(docs->root)->first; item; item = item->next) {
		if (!apply_operation(arena, ynode_follow(item), spec)) {
			return false;
		}
	}
	return true;
}

bool
instance_patches_apply(struct arena *arena, const struct ynode *instance_spec, struct str kind,
	struct str name, struct ylist *spec)
{
	const struct ynode *list = ynode_at(instance_spec, "kustomize", "patches", NULL);
	const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? list->first : NULL;
	for (; item; item = item->next) {
		const struct ynode *patch = ynode_follow(item);
		enum aim aim = aim_of(ynode_get(patch, STR("target")), kind, name);
		struct str text = ynode_str(ynode_get(patch, STR("patch")));
		if (aim == AIM_UNKNOWN || flux_has_variable(text)
			|| (aim == AIM_HERE && !apply_text(arena, text, spec))) {
			return false;
		}
	}
	return !list || ynode_is(list, YNODE_SEQUENCE);
}
