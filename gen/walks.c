#include "walks.h"

#include "flux/ignore.h"
#include "fs.h"
#include "kustomize/build.h"
#include "vec.h"

#define SYNC_FILE STR("gotk-sync.yaml")

struct walks {
	struct arena *arena;
	int root_fd;
	struct map planned;
	struct ignore ignore;
	struct {
		struct str *items;
		size_t len, cap;
	} roots; /* the paths that Flux starts at */
};

static void
add_root(struct walks *walks, struct str written)
{
	struct str path;
	if (path_join(walks->arena, STR(""), written, &path)) {
		vec_push(walks->arena, &walks->roots, path);
	}
}

static void
add_roots_of_spec(struct walks *walks, const struct spec *spec)
{
	for (size_t i = 0; i < spec->len; i++) {
		const struct agent_spec *agent = &spec->agents[i].view;
		if (agent->install.method == INSTALL_FLUX) {
			add_root(walks, spec_fill(walks->arena, str_from(spec->view.flux.path), agent));
		}
	}
}

/* Everything but what `flux bootstrap` writes. */
static bool
skips(void *context, struct str path, bool is_directory)
{
	(void)context;
	return !is_directory && !str_eq(path_base(path), SYNC_FILE);
}

static void
read_sync(struct walks *walks, struct str path)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct source *source = arena_new(walks->arena, struct source);
	const struct ydoc *doc = NULL;
	struct ysyntax_error syntax;
	struct error ignored;
	*source = (struct source){ .path = path };
	if (fs_read(walks->arena, walks->root_fd, path, &source->text, &ignored) != FS_READ_OK
		|| !ytree_parse(walks->arena, &scratch, source, 1, YTREE_VALUES, &doc, &syntax)) {
		return;
	}
	for (; doc; doc = doc->next) {
		const struct ynode *start = ynode_at(doc->root, "spec", "path", NULL);
		if (start && str_eq(ynode_str(ynode_get(doc->root, STR("kind"))), STR("Kustomization"))) {
			add_root(walks, ynode_str(start));
		}
	}
}

static bool
add_roots_on_disk(struct walks *walks, struct error *reterr)
{
	struct fs_filter filter = { skips, NULL };
	struct fs_entries entries = { 0 };
	if (!fs_walk_filtered(walks->arena, walks->root_fd, &filter, &entries, reterr)) {
		return false;
	}
	for (size_t i = 0; i < entries.len; i++) {
		if (entries.items[i].kind == FS_REGULAR) {
			read_sync(walks, entries.items[i].path);
		}
	}
	return true;
}

static bool
is_governed(const struct walks *walks, struct str directory)
{
	for (const struct str *name = kustomization_names; name->len > 0; name++) {
		struct str path;
		struct error ignored;
		bool exists = false;
		if (path_join(walks->arena, directory, *name, &path)
			&& (map_get(&walks->planned, path)
				|| (walks->root_fd >= 0 && fs_exists(walks->root_fd, path, &exists, &ignored)
					&& exists))) {
			return true;
		}
	}
	return false;
}

static bool
walks_to(const struct walks *walks, struct str root, struct str path)
{
	if (!path_is_below(path, root) || ignore_excludes(&walks->ignore, path)) {
		return false;
	}
	for (struct str directory = path_parent(path);; directory = path_parent(directory)) {
		if (is_governed(walks, directory)) {
			return false;
		}
		if (directory.len <= root.len) {
			return true;
		}
	}
}

static bool
is_yaml(struct str path)
{
	struct str extension = path_extension(path);
	return str_eq(extension, STR(".yaml")) || str_eq(extension, STR(".yml"));
}

bool
walks_object(
	struct arena *arena, const struct spec *spec, int root_fd, struct plan *plan, struct error *reterr)
{
	const struct files none = { 0 };
	struct walks walks = { .arena = arena, .root_fd = root_fd };
	ignore_collect(arena, &none, STR(""), &walks.ignore);
	add_roots_of_spec(&walks, spec);
	if (root_fd >= 0 && !add_roots_on_disk(&walks, reterr)) {
		return false;
	}
	for (size_t i = 0; i < plan->len; i++) {
		(void)map_put(arena, &walks.planned, plan->items[i].path, plan);
	}
	for (size_t i = 0; i < plan->len; i++) {
		struct plan_file *file = &plan->items[i];
		for (size_t j = 0; !file->is_for_flux && is_yaml(file->path) && j < walks.roots.len; j++) {
			struct str root = walks.roots.items[j];
			if (walks_to(&walks, root, file->path)) {
				file->objection = arena_printf(arena,
					"Flux starts at \"%.*s\" and would take it for a manifest: add a "
					"kustomization.yaml there that lists what Flux is to apply",
					STR_ARG(root.len > 0 ? root : STR("./")));
			}
		}
	}
	return true;
}
