#include "sync_paths.h"

#include "fs.h"
#include "vec.h"
#include "ytree.h"

#define SYNC_FILE STR("gotk-sync.yaml")

/* Everything but what `flux bootstrap` writes. */
static bool
skips(void *context, struct str path, bool is_directory)
{
	(void)context;
	return !is_directory && !str_eq(path_base(path), SYNC_FILE);
}

static void
read_file(struct arena *arena, int root_fd, struct str name, struct sync_paths *paths)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct source *source = arena_new(arena, struct source);
	const struct ydoc *doc = NULL;
	struct ysyntax_error syntax;
	struct error ignored;
	*source = (struct source){ .path = name };
	if (fs_read(arena, root_fd, name, &source->text, &ignored) != FS_READ_OK
		|| !ytree_parse(arena, &scratch, source, 1, YTREE_VALUES, &doc, &syntax)) {
		return;
	}
	for (; doc; doc = doc->next) {
		struct str path;
		const struct ynode *start = ynode_at(doc->root, "spec", "path", NULL);
		if (start && str_eq(ynode_str(ynode_get(doc->root, STR("kind"))), STR("Kustomization"))
			&& path_join(arena, STR(""), ynode_str(start), &path)) {
			vec_push(arena, paths, path);
		}
	}
}

bool
sync_paths_find(struct arena *arena, int root_fd, struct sync_paths *ret_paths, struct error *reterr)
{
	struct fs_filter filter = { skips, NULL };
	struct fs_entries entries = { 0 };
	*ret_paths = (struct sync_paths){ 0 };
	if (!fs_walk_filtered(arena, root_fd, &filter, &entries, reterr)) {
		return false;
	}
	for (size_t i = 0; i < entries.len; i++) {
		if (entries.items[i].kind == FS_REGULAR) {
			read_file(arena, root_fd, entries.items[i].path, ret_paths);
		}
	}
	return true;
}
