/* Roots: what `flux bootstrap` committed (pkg/manifestgen/sync of fluxcd/flux2). */
#include "flux/parts.h"
#include "path.h"
#include "vec.h"

static void
leave_unknown(struct flux *flux, const struct file *file, struct str why)
{
	if (flux->roots_are_known) {
		flux->roots_are_known = false;
		flux->why_unknown = why;
		flux->unknown_at = file;
	}
}

/* The document of `file` with this identity, or NULL. */
static const struct resource *
find_in_file(const struct resources *resources, const struct file *file, struct str kind,
	struct str namespace, struct str name)
{
	for (size_t i = 0; i < resources->len; i++) {
		const struct resource *resource = &resources->items[i];
		if (resource->file == file && resource_is(resource, FLUX_SOURCE_GROUP, kind)
			&& str_eq(resource->name, name) && str_eq(resource->namespace, namespace)) {
			return resource;
		}
	}
	return NULL;
}

/* Bootstrapping writes it to <spec.path>/<namespace>/gotk-sync.yaml. */
static bool
is_in_place(struct arena *arena, const struct flux_kustomization *kustomization)
{
	struct str wanted;
	return path_join(arena, kustomization->path, kustomization->namespace, &wanted)
		&& str_eq(path_parent(kustomization->resource->file->source.path), wanted);
}

static void
add_root(struct arena *arena, const struct resources *resources, const struct resource *resource,
	struct flux *flux)
{
	const struct ynode *spec = ynode_get(resource->root, STR("spec"));
	const struct ynode *source = ynode_get(spec, STR("sourceRef"));
	struct str namespace = ynode_str(ynode_get(source, STR("namespace")));
	struct flux_kustomization *kustomization = arena_new(arena, struct flux_kustomization);
	struct flux_root root = { .kustomization = kustomization };
	*kustomization = (struct flux_kustomization){ .resource = resource,
		.path_node = ynode_get(spec, STR("path")),
		.name = resource->name,
		.namespace = resource->namespace };
	kustomization->path = flux_clean_path(arena, ynode_str(kustomization->path_node));
	root.source = find_in_file(resources, resource->file, ynode_str(ynode_get(source, STR("kind"))),
		namespace.len > 0 ? namespace : resource->namespace,
		ynode_str(ynode_get(source, STR("name"))));
	root.is_certain = root.source && resource_is(root.source, FLUX_SOURCE_GROUP, STR("GitRepository"))
		&& !flux_has_variable(ynode_str(kustomization->path_node));
	root.version = flux_version_of(flux->files, path_parent(resource->file->source.path));
	root.is_in_place = is_in_place(arena, kustomization);
	if (!root.is_certain) {
		leave_unknown(flux, resource->file, STR("its source or path is not plain"));
	}
	vec_push(arena, &flux->roots, root);
}

static bool
is_sync_file(const struct file *file)
{
	return file->kind == FS_REGULAR && str_eq(path_base(file->source.path), STR("gotk-sync.yaml"));
}

static bool
has_root_in(const struct flux *flux, const struct file *file)
{
	for (size_t i = 0; i < flux->roots.len; i++) {
		if (flux->roots.items[i].kustomization->resource->file == file) {
			return true;
		}
	}
	return false;
}

void
roots_collect(struct arena *arena, const struct resources *resources, struct flux *flux)
{
	flux->roots_are_known = true;
	for (size_t i = 0; i < resources->len; i++) {
		const struct resource *resource = &resources->items[i];
		if (is_sync_file(resource->file)
			&& resource_is(resource, FLUX_KUSTOMIZE_GROUP, STR("Kustomization"))) {
			add_root(arena, resources, resource, flux);
		}
	}
	for (size_t i = 0; i < flux->files->len; i++) {
		const struct file *file = &flux->files->items[i];
		if (is_sync_file(file) && (file->syntax || !has_root_in(flux, file))) {
			leave_unknown(flux, file, STR("it holds no Kustomization that can be read"));
		}
	}
	if (flux->roots.len == 0) {
		flux->roots_are_known = false;
	}
}
