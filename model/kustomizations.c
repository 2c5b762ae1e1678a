#include "kustomizations.h"

#include "path.h"
#include "tojson.h"
#include "vec.h"

static bool
is_wanted(const struct view *view, struct arena *scratch, const struct file *file)
{
	const struct file *second;
	struct str directory = path_parent(file->source.path);
	return kustomization_is_name_of(file->source.path) && !file->is_template
		&& view_kustomization(view, scratch, directory, &second) == file && !second
		&& !files_in_chart(view->files, file->source.path);
}

static void
add(struct arena *arena, struct kustomizations *all, struct builder *builder, const struct file *file)
{
	struct tojson_error error;
	struct kustomization made = { .file = file, .directory = path_parent(file->source.path) };
	const struct ynode *root = file->docs ? tojson(arena, file->docs->root, &error) : NULL;
	made.root = ynode_is(root, YNODE_MAPPING) ? root : NULL;
	if (made.root) {
		kustomization_check(arena, made.root, &made.problems);
		kustomization_entries(arena, &all->view, made.directory, made.root, &made.entries);
	}
	made.is_component = str_eq(kustomization_text(made.root, STR("kind")), STR("Component"));
	made.build = kustomize_build(builder, made.directory);
	vec_push(arena, all, made);
}

static void
note_included(struct arena *arena, struct kustomizations *all, const struct entries *entries)
{
	for (size_t i = 0; i < entries->len; i++) {
		if (entries->items[i].location.result == LOAD_DIRECTORY) {
			map_put(arena, &all->included, entries->items[i].location.path, all);
		}
	}
}

const struct kustomizations *
kustomizations_collect(struct arena *arena, const struct files *files, const struct resources *resources)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct kustomizations *all = arena_new(arena, struct kustomizations);
	*all = (struct kustomizations){ .view = { .files = files } };
	struct builder *builder = builder_new(arena, &all->view, resources);
	builder_set_habits(builder, BUILDER_MAY_RUN_HELM);
	for (size_t i = 0; i < files->len; i++) {
		if (is_wanted(&all->view, &scratch, &files->items[i])) {
			add(arena, all, builder, &files->items[i]);
		}
		arena_reset(&scratch);
	}
	for (size_t i = 0; i < all->len; i++) {
		map_put(arena, &all->by_directory, all->items[i].directory, &all->items[i]);
		note_included(arena, all, &all->items[i].entries);
	}
	return all;
}
