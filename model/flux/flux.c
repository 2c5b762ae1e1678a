#include "flux/flux.h"

#include "flux/parts.h"
#include "kustomize/metadata.h"
#include "path.h"
#include "yscalar.h"

bool
flux_is_group(struct str group)
{
	return str_ends(group, STR(".toolkit.fluxcd.io"));
}

bool
flux_is_left_alone(const struct ynode *node)
{
	const struct ynode *annotations =
		metadata_field(metadata_field(node, STR("metadata")), STR("annotations"));
	return metadata_field(annotations, STR("kustomize.toolkit.fluxcd.io/reconcile"))
		|| metadata_field(annotations, STR("kustomize.toolkit.fluxcd.io/ssa"));
}

bool
flux_spec_suspends(const struct ynode *spec)
{
	const struct ynode *node = ynode_get(spec, STR("suspend"));
	return node && ynode_type(node, YDIALECT_YAML_V3) == YTYPE_BOOL && yscalar_bool(ynode_str(node));
}

bool
flux_is_suspended(const struct flux_kustomization *kustomization)
{
	for (; kustomization; kustomization = kustomization->parent) {
		if (flux_spec_suspends(kustomization->spec)) {
			return true;
		}
	}
	return false;
}

static void
note_reach(struct flux *flux, const struct flux_root *root)
{
	for (size_t i = 0; i < root->closure.len; i++) {
		const struct flux_kustomization *kustomization = root->closure.items[i];
		for (size_t j = 0; kustomization->build && j < kustomization->build->files.len; j++) {
			size_t index = (size_t)(kustomization->build->files.items[j] - flux->files->items);
			const struct flux_kustomization *known = flux->reach[index];
			if (!known || (flux_is_suspended(known) && !flux_is_suspended(kustomization))) {
				flux->reach[index] = kustomization;
			}
		}
	}
}

const struct flux_kustomization *
flux_reaches(const struct flux *flux, const struct file *file)
{
	return flux->reach[file - flux->files->items];
}

bool
flux_is_sure(const struct flux_kustomization *kustomization)
{
	for (const struct flux_kustomization *above = kustomization->parent; above; above = above->parent) {
		if (above->build->result == BUILD_FAILS) {
			return false;
		}
	}
	return true;
}

const struct object *
flux_object(const struct flux_kustomization *kustomization)
{
	const struct build *build = kustomization->build;
	if (kustomization->object || !build) {
		return kustomization->object;
	}
	for (size_t i = 0; i < build->objects.len; i++) {
		if (build->objects.items[i].resource == kustomization->resource) {
			return &build->objects.items[i];
		}
	}
	return NULL;
}

bool
flux_is_known(const struct flux_kustomization *kustomization)
{
	const struct object *object = flux_object(kustomization);
	return kustomization->spec && !(object && object->may_differ) && flux_is_sure(kustomization);
}

/* A Kustomization that is named like its source and lies where bootstrapping would put it, yet is no root
 * that we know and applied by none. */
static bool
is_stray_root(struct arena *arena, const struct flux *flux, const struct resource *resource)
{
	struct str wanted;
	for (size_t i = 0; i < flux->roots.len; i++) {
		if (flux->roots.items[i].kustomization->resource == resource) {
			return false;
		}
	}
	const struct ynode *spec = ynode_get(resource->root, STR("spec"));
	struct str path = flux_clean_path(arena, ynode_str(ynode_get(spec, STR("path"))));
	return resource_is(resource, FLUX_KUSTOMIZE_GROUP, STR("Kustomization"))
		&& !flux_reaches(flux, resource->file)
		&& str_eq(resource->name, ynode_str(ynode_at(spec, "sourceRef", "name", NULL)))
		&& path_join(arena, path, resource->namespace, &wanted)
		&& str_eq(path_parent(resource->file->source.path), wanted);
}

static void
leave_unknown(struct flux *flux, const struct file *file, struct str why)
{
	flux->roots_are_known = false;
	flux->why_unknown = why;
	flux->unknown_at = file;
}

/* Declared, and no root of gotk-sync.yaml. */
static void
look_for_possible_roots(struct flux *flux)
{
	for (size_t i = 0; i < flux->declared.len; i++) {
		const struct flux_declared *declared = &flux->declared.items[i];
		if (!declared->root && flux->roots_are_known) {
			leave_unknown(flux, declared->file,
				declared->is_path_sure ? STR("it makes a root elsewhere")
						       : STR("it makes a root at a path that is not known"));
		}
		flux->roots_are_bounded =
			flux->roots_are_bounded && (declared->root || declared->is_path_sure);
	}
}

bool
flux_may_reach(const struct flux *flux, const struct file *file)
{
	for (size_t i = 0; i < flux->declared.len && flux->roots_are_bounded; i++) {
		const struct flux_declared *declared = &flux->declared.items[i];
		bool is_possible = !declared->root && files_directory(flux->files, declared->path);
		if (is_possible
			&& (declared->leads_out || path_is_below(file->source.path, declared->path))) {
			return true;
		}
	}
	return !flux->roots_are_bounded;
}

static void
look_for_other_roots(struct arena *arena, const struct resources *resources, struct flux *flux)
{
	struct str why = { 0 };
	const struct file *file = NULL;
	if (!flux->roots_are_known) {
		return;
	}
	struct flux unexplained = { .files = declared_hide(arena, flux),
		.roots = { flux->roots.items, flux->roots.len, flux->roots.cap } };
	if (signs_of_other_roots(&unexplained, &why, &file)) {
		leave_unknown(flux, &flux->files->items[file - unexplained.files->items], why);
		return;
	}
	for (size_t i = 0; i < resources->len; i++) {
		if (is_stray_root(arena, flux, &resources->items[i])) {
			leave_unknown(
				flux, resources->items[i].file, STR("it holds what may be another root"));
			return;
		}
	}
	flux->roots_are_bounded = true;
	look_for_possible_roots(flux);
}

const struct flux *
flux_model(struct arena *arena, const struct files *files, const struct resources *resources)
{
	struct flux *flux = arena_new(arena, struct flux);
	struct artifacts artifacts = { .arena = arena, .files = files, .resources = resources };
	flux->files = files;
	flux->reach = arena_new_n(arena, const struct flux_kustomization *, files->len + 1);
	roots_collect(arena, resources, flux);
	for (size_t i = 0; i < flux->roots.len; i++) {
		closure_collect(&artifacts, &flux->roots.items[i]);
	}
	instances_collect(arena, &artifacts, resources, flux);
	declared_collect(arena, resources, flux);
	for (size_t i = 0; i < flux->roots.len; i++) {
		const struct flux_root *root = &flux->roots.items[i];
		note_reach(flux, root);
		if (!root->is_certain && flux->roots_are_known) {
			leave_unknown(flux, root->kustomization->resource->file, root->why_incomplete);
		}
	}
	look_for_other_roots(arena, resources, flux);
	return flux;
}
