#include "resource.h"

#include "vec.h"

struct collector {
	struct arena *arena;
	struct resources *resources;
	const struct file *file;
};

static void
set_api_version(struct resource *resource, struct str text)
{
	struct str rest = text;
	struct str first = str_cut(&rest, '/');
	resource->group = rest.ptr ? first : STR("");
	resource->version = rest.ptr ? rest : first;
}

static void
add(struct collector *c, const struct ynode *root, struct str api_version, struct str kind)
{
	const struct ynode *metadata = ynode_get(root, STR("metadata"));
	struct resource resource = { .file = c->file,
		.root = root,
		.kind = kind,
		.namespace = ynode_str(ynode_get(metadata, STR("namespace"))),
		.name = ynode_str(ynode_get(metadata, STR("name"))) };
	set_api_version(&resource, api_version);
	resource.object_key = arena_printf(c->arena, "%.*s/%.*s/%.*s/%.*s", STR_ARG(resource.group),
		STR_ARG(kind), STR_ARG(resource.namespace), STR_ARG(resource.name));
	vec_push(c->arena, c->resources, resource);
}

static void
collect(struct collector *c, const struct ynode *root)
{
	struct str api_version = ynode_str(ynode_get(root, STR("apiVersion")));
	struct str kind = ynode_str(ynode_get(root, STR("kind")));
	if (api_version.len == 0 || kind.len == 0) {
		return;
	}
	const struct ynode *items = ynode_get(root, STR("items"));
	if (!str_ends(kind, STR("List")) || !ynode_is(items, YNODE_SEQUENCE)) {
		add(c, root, api_version, kind);
		return;
	}
	for (const struct ynode *item = items->first; item; item = item->next) {
		const struct ynode *member = ynode_follow(item);
		struct str member_version = ynode_str(ynode_get(member, STR("apiVersion")));
		struct str member_kind = ynode_str(ynode_get(member, STR("kind")));
		if (member_version.len && member_kind.len) {
			add(c, member, member_version, member_kind);
		}
	}
}

void
resources_collect(struct arena *arena, const struct files *files, struct resources *ret_resources)
{
	struct resources resources = { 0 };
	for (size_t i = 0; i < files->len; i++) {
		struct collector c = { arena, &resources, &files->items[i] };
		for (const struct ydoc *doc = c.file->docs; doc; doc = doc->next) {
			collect(&c, doc->root);
		}
	}
	*ret_resources = resources;
}

bool
resource_is(const struct resource *resource, struct str group, struct str kind)
{
	return str_eq(resource->kind, kind) && str_eq(resource->group, group);
}
