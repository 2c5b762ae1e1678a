#include "repository.h"

#include "aside.h"

struct naming {
	struct arena *arena, *scratch;
	const struct files *files;
	struct str directory; /* of the kustomization file */
	struct map *listed;
};

/* A scalar that is the path of a file here names it; whatever else it means does no harm. */
static void
name_scalar(struct naming *n, struct str text)
{
	struct str path;
	if (text.len == 0 || !path_join(n->scratch, n->directory, text, &path)) {
		return;
	}
	const struct file *file = files_get(n->files, path);
	if (file && file->kind == FS_REGULAR) {
		map_put(n->arena, n->listed, file->source.path, (void *)(uintptr_t)file);
	}
}

static void
name_all(struct naming *n, const struct ynode *node)
{
	if (node->kind == YNODE_SCALAR) {
		name_scalar(n, ynode_str(node));
		return;
	}
	if (node->kind == YNODE_ALIAS) { /* its target has been seen */
		return;
	}
	for (const struct ynode *child = node->first; child; child = child->next) {
		name_all(n, child);
	}
}

const struct map *
repository_listed(struct arena *arena, const struct files *files)
{
	struct map *listed = arena_new(arena, struct map);
	struct arena CLEANUP(arena_release) scratch = { 0 };
	for (size_t i = 0; i < files->len; i++) {
		const struct file *file = &files->items[i];
		if (!kustomization_is_name_of(file->source.path)) {
			continue;
		}
		struct naming naming = { arena, &scratch, files, path_parent(file->source.path), listed };
		for (const struct ydoc *doc = file->docs; doc; doc = doc->next) {
			name_all(&naming, doc->root);
		}
		arena_reset(&scratch);
	}
	return listed;
}

/* The file that bootstrapping applied by hand, before Flux could reach it. */
static bool
holds_root(const struct flux *flux, const struct file *file)
{
	for (size_t i = 0; i < flux->roots.len; i++) {
		if (flux->roots.items[i].kustomization->resource->file == file) {
			return true;
		}
	}
	return false;
}

enum reading
repository_reading(const struct repository *repository, const struct file *file)
{
	if (str_eq(file->source.path, STR(".gitlab-ci.yml")) || agents_is_config(file)) {
		return READING_SURELY;
	}
	if (files_in_chart(repository->files, file->source.path)) {
		return READING_NEVER;
	}
	const struct flux_kustomization *by = flux_reaches(repository->flux, file);
	if (holds_root(repository->flux, file) || (by && !flux_is_suspended(by))) {
		return READING_SURELY;
	}
	if (by) {
		return READING_MAYBE;
	}
	if (path_is_archived(file->source.path)) {
		return READING_NEVER;
	}
	if (kustomization_is_name_of(file->source.path) || map_get(repository->listed, file->source.path)
		|| repository->clusters->holds_loose[file - repository->files->items]) {
		return READING_MAYBE;
	}
	return READING_NEVER;
}
