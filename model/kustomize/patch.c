#include "kustomize/patch.h"

#include "kustomize/metadata.h"
#include "path.h"
#include "vec.h"

enum {
	PATCH_NESTING_MAX = 4,
	MATCHES_MAX = 10 * 1000 * 1000, /* of patches with objects; beyond, all of them may differ */
};

/* spec fields of a Kustomization or a source that decide which files Flux reads, or what becomes of them. */
static const struct str steering_fields[] = {
	STR_INIT("path"),
	STR_INIT("sourceRef"),
	STR_INIT("targetNamespace"),
	STR_INIT("namePrefix"),
	STR_INIT("nameSuffix"),
	STR_INIT("components"),
	STR_INIT("ignoreMissingComponents"),
	STR_INIT("kubeConfig"),
	STR_INIT("patchesStrategicMerge"),
	STR_INIT("patchesJson6902"),
	STR_INIT("url"),
	STR_INIT("ref"),
	STR_INIT("ignore"),
	STR_INIT("include"),
	STR_INIT("sparseCheckout"),
	STR_INIT("recurseSubmodules"),
};

static const struct str steering_kinds[] = {
	STR_INIT("Kustomization"),
	STR_INIT("GitRepository"),
	STR_INIT("OCIRepository"),
	STR_INIT("Bucket"),
	STR_INIT("ExternalArtifact"),
};

static bool
is_among(struct str word, const struct str *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (str_eq(word, words[i])) {
			return true;
		}
	}
	return false;
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

static bool
kind_may_steer(struct str kind)
{
	return kind.len == 0 || !is_word(kind) || is_among(kind, steering_kinds, countof(steering_kinds));
}

static void add_patch(struct arena *arena, const struct ydoc *docs, const struct ynode *target,
	unsigned nesting, struct patches *patches);

static const struct ydoc *
parse(struct arena *arena, struct str text)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct source *source = arena_new(arena, struct source);
	const struct ydoc *docs = NULL;
	struct ysyntax_error error;
	source->path = STR("");
	source->text = arena_str(arena, text);
	return ytree_parse(arena, &scratch, source, 0, 0, &docs, &error) ? docs : NULL;
}

/* Patches that a patch gives to a Kustomization: would they steer what that one brings? */
static bool
nested_steers(struct arena *arena, const struct ynode *item, unsigned nesting)
{
	struct patches nested = { 0 };
	const struct ydoc *docs = parse(arena, ynode_str(ynode_get(item, STR("patch"))));
	add_patch(arena, docs, ynode_get(item, STR("target")), nesting + 1, &nested);
	for (size_t i = 0; i < nested.len; i++) {
		if (nested.items[i].steers && kind_may_steer(nested.items[i].kind)) {
			return true;
		}
	}
	return false;
}

static bool
nested_list_steers(struct arena *arena, const struct ynode *list, unsigned nesting)
{
	list = ynode_follow(list);
	if (!list || list->kind != YNODE_SEQUENCE) {
		return !list || nested_steers(arena, list, nesting);
	}
	for (const struct ynode *item = list->first; item; item = item->next) {
		if (nested_steers(arena, item, nesting)) {
			return true;
		}
	}
	return false;
}

/* Annotations by which kustomize drops an object, or Flux leaves it alone. */
static bool
annotation_steers(struct str name)
{
	return str_ends(name, STR("local-config")) || str_ends(name, STR("reconcile"))
		|| str_ends(name, STR("ssa"));
}

static bool
spec_steers(struct arena *arena, const struct ynode *spec, unsigned nesting)
{
	if (!ynode_is(spec, YNODE_MAPPING)) {
		return spec != NULL;
	}
	for (const struct ynode *key = spec->first; key; key = key->next->next) {
		struct str name = ynode_str(key);
		if (is_among(name, steering_fields, countof(steering_fields)) || str_starts(name, STR("$"))) {
			return true;
		}
		if (str_eq(name, STR("patches")) && nested_list_steers(arena, key->next, nesting)) {
			return true;
		}
	}
	return false;
}

static bool
merge_steers(struct arena *arena, const struct ynode *patch, unsigned nesting)
{
	const struct ynode *annotations =
		metadata_field(metadata_field(patch, STR("metadata")), STR("annotations"));
	const struct ynode *key = ynode_is(annotations, YNODE_MAPPING) ? annotations->first : NULL;
	for (; key; key = key->next->next) {
		if (annotation_steers(ynode_str(key))) {
			return true;
		}
	}
	return ynode_get(patch, STR("$patch")) || spec_steers(arena, ynode_get(patch, STR("spec")), nesting);
}

static bool
operation_steers(struct arena *arena, const struct ynode *operation, unsigned nesting)
{
	struct str path = ynode_str(ynode_get(operation, STR("path")));
	struct str rest = str_skip(path, 1);
	struct str first = str_cut(&rest, '/');
	if (!rest.ptr) {
		return true; /* the whole object, its spec or its metadata */
	}
	struct str second = str_cut(&rest, '/');
	if (str_eq(first, STR("spec"))) {
		const struct ynode *value = ynode_get(operation, STR("value"));
		return is_among(second, steering_fields, countof(steering_fields))
			|| (str_eq(second, STR("patches")) && nested_list_steers(arena, value, nesting));
	}
	return str_starts(second, STR("name")) || str_eq(second, STR("annotations"));
}

static bool
operations_steer(struct arena *arena, const struct ynode *list, unsigned nesting)
{
	for (const struct ynode *item = list->first; item; item = item->next) {
		if (operation_steers(arena, item, nesting)) {
			return true;
		}
	}
	return false;
}

/* One patch a document; without a target each says itself what it is for. */
static void
add_patch(struct arena *arena, const struct ydoc *docs, const struct ynode *target, unsigned nesting,
	struct patches *patches)
{
	if (!docs || nesting > PATCH_NESTING_MAX) {
		struct patch patch = { ynode_str(ynode_get(target, STR("kind"))),
			ynode_str(ynode_get(target, STR("name"))), true };
		vec_push(arena, patches, patch);
		return;
	}
	for (; docs; docs = docs->next) {
		bool is_list = ynode_is(docs->root, YNODE_SEQUENCE);
		const struct ynode *metadata = ynode_get(docs->root, STR("metadata"));
		struct patch patch = {
			ynode_str(ynode_get(target ? target : docs->root, STR("kind"))),
			ynode_str(ynode_get(target ? target : metadata, STR("name"))),
			is_list ? operations_steer(arena, docs->root, nesting)
				: merge_steers(arena, docs->root, nesting),
		};
		vec_push(arena, patches, patch);
	}
}

/* The documents of a patch file; NULL when it is not there or not whole. */
static const struct ydoc *
read_file(struct arena *arena, const struct view *view, struct str directory, struct str name,
	const struct file **ret_file)
{
	struct str path;
	if (!view || str_starts(name, STR("/")) || !path_join(arena, directory, name, &path)) {
		return NULL;
	}
	*ret_file = view_file(view, path);
	if (!*ret_file) {
		return NULL;
	}
	if ((*ret_file)->is_yaml) {
		return (*ret_file)->syntax ? NULL : (*ret_file)->docs;
	}
	return parse(arena, (*ret_file)->source.text);
}

void
patches_add_item(struct arena *arena, const struct view *view, struct str directory, const struct ynode *item,
	struct patches *patches, const struct file **ret_file)
{
	const struct ynode *inline_text = ynode_get(item, STR("patch"));
	struct str path = ynode_str(ynode_get(item, STR("path")));
	*ret_file = NULL;
	const struct ydoc *docs = path.len > 0 ? read_file(arena, view, directory, path, ret_file)
					       : parse(arena, ynode_str(inline_text));
	if (ynode_get(item, STR("options"))) {
		docs = NULL; /* allowNameChange, allowKindChange */
	}
	add_patch(arena, docs, ynode_get(item, STR("target")), 0, patches);
}

void
patches_add_merge(struct arena *arena, const struct view *view, struct str directory,
	const struct ynode *item, struct patches *patches, const struct file **ret_file)
{
	struct str text = ynode_str(item);
	*ret_file = NULL;
	bool is_inline = str_has_char(text, '\n') || str_has_char(text, '{');
	const struct ydoc *docs =
		is_inline ? parse(arena, text) : read_file(arena, view, directory, text, ret_file);
	add_patch(arena, docs, NULL, 0, patches);
}

void
patches_add_replacement(struct arena *arena, const struct ynode *item, struct patches *patches)
{
	const struct ynode *targets = ynode_get(item, STR("targets"));
	if (!ynode_is(targets, YNODE_SEQUENCE)) {
		patches_add_any(arena, patches); /* `path:`, a file with the targets */
		return;
	}
	for (const struct ynode *target = targets->first; target; target = target->next) {
		const struct ynode *select = ynode_get(target, STR("select"));
		struct patch patch = { ynode_str(ynode_get(select, STR("kind"))),
			ynode_str(ynode_get(select, STR("name"))), true };
		vec_push(arena, patches, patch);
	}
}

void
patches_add_any(struct arena *arena, struct patches *patches)
{
	struct patch patch = { .steers = true };
	vec_push(arena, patches, patch);
}

bool
object_steers(const struct object *object)
{
	return str_ends(object->id.group, STR(".toolkit.fluxcd.io"))
		&& is_among(object->id.kind, steering_kinds, countof(steering_kinds));
}

static void
mark(const struct patch *patch, struct object *object, bool steers)
{
	bool touches = may_match(patch->kind, object->id.kind)
		&& (may_match(patch->name, object->id.name)
			|| may_match(patch->name, object->resource->name));
	object->may_differ = object->may_differ || touches;
	object->may_steer_differ = object->may_steer_differ || (touches && patch->steers && steers);
}

void
patches_mark(const struct patches *patches, struct build *build)
{
	static const struct patch any = { .steers = true };
	bool too_many = patches->len > 0 && build->objects.len > MATCHES_MAX / patches->len;
	for (size_t i = 0; i < build->objects.len; i++) {
		struct object *object = &build->objects.items[i];
		bool steers = object_steers(object);
		for (size_t j = 0; !too_many && j < patches->len; j++) {
			mark(&patches->items[j], object, steers);
		}
		if (too_many) {
			mark(&any, object, steers);
		}
	}
}
