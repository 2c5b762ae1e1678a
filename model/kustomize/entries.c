#include "kustomize/entries.h"

#include "vec.h"

struct collector {
	struct arena *arena;
	struct site site;
	struct entries *entries;
};

static void
add(struct collector *collector, enum entry_use use, const struct ynode *list, const struct ynode *node,
	struct str path)
{
	struct entry entry = { use, list, node, path, site_locate(&collector->site, path, false) };
	vec_push(collector->arena, collector->entries, entry);
}

static void
add_list(struct collector *collector, enum entry_use use, const struct ynode *map, struct str field)
{
	const struct ynode *list = kustomization_field(map, field);
	const struct ynode *item = kustomization_items(map, field);
	for (; item; item = item->next) {
		struct str path = ynode_str(item);
		size_t equals = use == ENTRY_SOURCE ? str_find_char(path, '=') : path.len;
		if (ynode_type(item, YDIALECT_SIGS_YAML) == YTYPE_STRING && path.len > 0) {
			add(collector, use, list, item,
				equals < path.len ? str_skip(path, equals + 1) : path);
		}
	}
}

/* A patch itself, where a path may stand as well. */
static bool
is_inline(struct str text)
{
	return str_has_char(text, '\n') || str_has_char(text, '{') || str_find(text, STR(": ")) < text.len;
}

static void
add_merge_patches(struct collector *collector, const struct ynode *root)
{
	const struct ynode *item = kustomization_items(root, STR("patchesStrategicMerge"));
	for (; item; item = item->next) {
		if (ynode_str(item).len > 0 && !is_inline(ynode_str(item))) {
			add(collector, ENTRY_PATCH, NULL, item, ynode_str(item));
		}
	}
}

/* The `path` of each entry of a list. */
static void
add_paths(struct collector *collector, enum entry_use use, const struct ynode *root, struct str field)
{
	const struct ynode *item = kustomization_items(root, field);
	for (; item; item = item->next) {
		const struct ynode *path = kustomization_field(item, STR("path"));
		if (ynode_str(path).len > 0) {
			add(collector, use, NULL, path, ynode_str(path));
		}
	}
}

static void
add_sources(struct collector *collector, const struct ynode *root, struct str field)
{
	const struct ynode *item = kustomization_items(root, field);
	for (; item; item = item->next) {
		const struct ynode *env = kustomization_field(item, STR("env"));
		add_list(collector, ENTRY_SOURCE, item, STR("files"));
		add_list(collector, ENTRY_OTHER, item, STR("envs"));
		if (ynode_str(env).len > 0) {
			add(collector, ENTRY_OTHER, NULL, env, ynode_str(env));
		}
	}
}

void
kustomization_entries(struct arena *arena, const struct view *view, struct str directory,
	const struct ynode *root, struct entries *ret_entries)
{
	struct builder builder = { .arena = arena, .view = view };
	struct layer layer = { .directory = directory };
	struct collector collector = { arena, { .builder = &builder, .layer = &layer }, ret_entries };
	*ret_entries = (struct entries){ 0 };
	add_list(&collector, ENTRY_RESOURCE, root, STR("resources"));
	add_list(&collector, ENTRY_RESOURCE, root, STR("bases"));
	add_list(&collector, ENTRY_COMPONENT, root, STR("components"));
	add_list(&collector, ENTRY_OTHER, root, STR("configurations"));
	add_list(&collector, ENTRY_OTHER, root, STR("crds"));
	add_paths(&collector, ENTRY_PATCH, root, STR("patches"));
	add_paths(&collector, ENTRY_PATCH, root, STR("patchesJson6902"));
	add_paths(&collector, ENTRY_OTHER, root, STR("replacements"));
	add_merge_patches(&collector, root);
	add_sources(&collector, root, STR("configMapGenerator"));
	add_sources(&collector, root, STR("secretGenerator"));
}
