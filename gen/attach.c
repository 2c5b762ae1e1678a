#include "attach.h"

#include "fs.h"
#include "kustomize/build.h"
#include "neighbours.h"
#include "vec.h"
#include "yemit.h"

struct attaching {
	struct arena *arena;
	int root_fd;
	struct map planned; /* paths of the plan */
	struct error *error;
};

/* The kustomization file of a directory on disk; empty when there is none. */
static bool
find_in(const struct attaching *a, struct str directory, struct str *ret_path)
{
	*ret_path = STR("");
	for (const struct str *name = kustomization_names; name->len > 0 && ret_path->len == 0; name++) {
		struct str path;
		bool exists = false;
		if (path_join(a->arena, directory, *name, &path)
			&& !fs_exists(a->root_fd, path, &exists, a->error)) {
			return false;
		}
		*ret_path = exists ? path : *ret_path;
	}
	return true;
}

/* The nearest kustomization file above `start`, at or below `top`; empty when the plan has it, or there is
 * none.
 */
static bool
find_above(const struct attaching *a, struct str start, struct str top, struct str *ret_path)
{
	*ret_path = STR("");
	for (struct str home = start; home.len > top.len && ret_path->len == 0;) {
		struct str planned;
		home = path_parent(home);
		if (!path_is_below(home, top)
			|| (path_join(a->arena, home, STR("kustomization.yaml"), &planned)
				&& map_get(&a->planned, planned))) {
			return true;
		}
		if (!find_in(a, home, ret_path)) {
			return false;
		}
	}
	return true;
}

/* One directory more for a kustomization file, which may be in the plan for another one already. */
static void
list(struct attaching *a, struct plan *plan, const struct plan_file *file, struct str path)
{
	struct str directory = path_parent(file->path), home = path_parent(path);
	struct buf name = { .arena = a->arena };
	yemit_inline_scalar(&name,
		ynode_scalar(a->arena, str_skip(directory, home.len > 0 ? home.len + 1 : 0), YSTYLE_QUOTED));
	struct str entry = arena_printf(a->arena, "  - %.*s\n", STR_ARG(buf_str(&name)));
	for (size_t i = 0; i < plan->len; i++) {
		struct plan_file *other = &plan->items[i];
		if (other->join == JOIN_ALWAYS && str_eq(other->path, path)) {
			other->data =
				arena_printf(a->arena, "%.*s%.*s", STR_ARG(other->data), STR_ARG(entry));
			return;
		}
	}
	struct plan_file more = { .path = path,
		.data = arena_printf(a->arena, "resources:\n%.*s", STR_ARG(entry)),
		.agent = file->agent,
		.is_not_applied = true,
		.join = JOIN_ALWAYS,
		.is_for_flux = true };
	vec_push(a->arena, plan, more);
}

bool
attach_to_kustomizations(
	struct arena *arena, const struct spec *spec, int root_fd, struct plan *plan, struct error *reterr)
{
	struct attaching a = { arena, root_fd, { 0 }, reterr };
	size_t len = plan->len;
	for (size_t i = 0; i < len; i++) {
		(void)map_put(arena, &a.planned, plan->items[i].path, plan);
	}
	for (size_t i = 0; root_fd >= 0 && i < len; i++) {
		const struct plan_file file = plan->items[i];
		struct str path, root = spec_fill(arena, str_from(spec->view.flux.path), &file.agent->view);
		if (!path_join(arena, STR(""), root, &root) || !neighbours_is_kustomization(&file)) {
			continue;
		}
		if (!find_above(&a, path_parent(file.path), root, &path)) {
			return false;
		}
		if (path.len > 0) {
			list(&a, plan, &file, path);
		}
	}
	return true;
}
