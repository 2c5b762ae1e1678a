#include "walks.h"

#include "flux/ignore.h"
#include "fs.h"
#include "kustomize/build.h"
#include "sync_paths.h"
#include "vec.h"

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

static bool
add_roots_on_disk(struct walks *walks, struct error *reterr)
{
	struct sync_paths paths;
	if (!sync_paths_find(walks->arena, walks->root_fd, &paths, reterr)) {
		return false;
	}
	for (size_t i = 0; i < paths.len; i++) {
		add_root(walks, paths.items[i]);
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
