#include "kustomization.h"

#include "path.h"
#include "vec.h"

/* A directory of the plan. */
struct directory {
	struct str path;
	const struct spec_agent *agent; /* the first that has a file in it */
	struct ylist resources;
};

struct directories {
	struct directory **items;
	size_t len, cap;
	struct map by_path;
};

static void
add_resource(struct directory *directory, struct str name)
{
	ylist_add(&directory->resources, ynode_scalar(directory->resources.arena, name, YSTYLE_QUOTED));
}

static struct directory *
directory_of(struct arena *arena, struct directories *directories, const struct plan_file *file)
{
	struct str path = path_parent(file->path);
	struct directory *directory = map_get(&directories->by_path, path);
	if (!directory) {
		directory = arena_new(arena, struct directory);
		*directory = (struct directory){ path, file->agent, ylist_sequence(arena) };
		(void)map_put(arena, &directories->by_path, path, directory);
		vec_push(arena, directories, directory);
	}
	return directory;
}

/* The agents' own files: once each, behind those that are rendered. */
static void
add_own_resources(struct renderer *renderer, const struct plan *plan, struct directories *directories)
{
	const struct spec_agent *before = NULL;
	for (size_t i = 0; i < plan->len; i++) {
		const struct spec_agent *agent = plan->items[i].agent;
		struct str path = spec_path(renderer->arena, renderer->spec, STR("{manifestPath}"), agent);
		struct directory *directory = map_get(&directories->by_path, path);
		for (size_t n = 0; directory && agent != before && n < agent->view.install.resources.len;
			n++) {
			add_resource(directory, str_from(agent->view.install.resources.items[n]));
		}
		before = agent;
	}
}

/* Lists each directory in the nearest one above it. */
static void
add_directories(struct renderer *renderer, struct directories *directories)
{
	for (size_t i = 0; i < directories->len; i++) {
		struct str path = directories->items[i]->path;
		for (struct str above = path; above.len > 0;) {
			above = path_parent(above);
			struct directory *outer = map_get(&directories->by_path, above);
			if (outer) {
				struct str rest = str_skip(path, above.len ? above.len + 1 : 0);
				add_resource(outer, arena_str(renderer->arena, rest));
				break;
			}
		}
	}
}

static size_t
depth_of(struct str path)
{
	size_t depth = path.len > 0;
	for (size_t i = 0; i < path.len; i++) {
		depth += path.ptr[i] == '/';
	}
	return depth;
}

static bool
render(struct renderer *renderer, const struct directory *directory, struct plan *plan)
{
	struct arena *arena = renderer->arena;
	struct ylist map = ylist_mapping(arena);
	struct buf out = { .arena = arena };
	struct ydoc document;
	ylist_put(&map, STR("resources"), directory->resources.parent);
	struct scope scope = { map.parent, NULL };
	if (!renderer_render(renderer, "kustomization", &scope, &document)) {
		return false;
	}
	template_print(&out, &document, TEMPLATE_DOCUMENT);
	struct str path = arena_printf(
		arena, "%.*s%skustomization.yaml", STR_ARG(directory->path), directory->path.len ? "/" : "");
	struct plan_file file = {
		.path = path, .data = buf_str(&out), .agent = directory->agent, .is_not_applied = true
	};
	vec_push(arena, plan, file);
	return true;
}

bool
kustomizations_add(struct renderer *renderer, struct plan *plan)
{
	struct directories directories = { 0 };
	size_t deepest = 0;
	for (size_t i = 0; i < plan->len; i++) {
		struct directory *directory = directory_of(renderer->arena, &directories, &plan->items[i]);
		add_resource(directory, path_base(plan->items[i].path));
		deepest = depth_of(directory->path) > deepest ? depth_of(directory->path) : deepest;
	}
	add_own_resources(renderer, plan, &directories);
	add_directories(renderer, &directories);
	for (size_t depth = deepest + 1; depth > 0; depth--) {
		for (size_t i = 0; i < directories.len; i++) {
			if (depth_of(directories.items[i]->path) + 1 == depth
				&& !render(renderer, directories.items[i], plan)) {
				return false;
			}
		}
	}
	return true;
}
