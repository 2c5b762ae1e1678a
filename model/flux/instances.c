/*
 * Roots that the Flux Operator makes (controlplaneio-fluxcd/flux-operator): a
 * FluxInstance with spec.sync, or a HelmRelease of its chart flux-instance with
 * values.instance.sync. Nothing of them is committed, and that the source is
 * this repository is not written anywhere. What proves it is the way back: what
 * the root applies from here holds the very document that makes it.
 */
#include "flux/instance_patches.h"
#include "flux/parts.h"
#include "path.h"
#include "vec.h"

#define USUAL_NAMESPACE STR("flux-system")

struct instance {
	const struct resource *resource;
	const struct ynode *spec; /* of the FluxInstance, wherever it is written */
	const struct ynode *sync;
};

static bool
is_chart_source(const struct resource *resource, struct str name)
{
	struct str url = ynode_str(ynode_at(resource->root, "spec", "url", NULL));
	return resource_is(resource, FLUX_SOURCE_GROUP, STR("OCIRepository")) && str_eq(resource->name, name)
		&& str_ends(url, STR("/charts/flux-instance"));
}

static bool
is_release_of_chart(const struct resources *resources, const struct resource *release)
{
	const struct ynode *spec = ynode_get(release->root, STR("spec"));
	struct str name = ynode_str(ynode_at(spec, "chartRef", "name", NULL));
	if (str_eq(ynode_str(ynode_at(spec, "chart", "spec", "chart", NULL)), STR("flux-instance"))) {
		return true;
	}
	for (size_t i = 0; name.len > 0 && i < resources->len; i++) {
		if (is_chart_source(&resources->items[i], name)) {
			return true;
		}
	}
	return false;
}

/* Values of other files may be laid over those of the release. */
static bool
has_values_elsewhere(const struct ynode *spec)
{
	const struct ynode *list = ynode_get(spec, STR("valuesFrom"));
	const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? list->first : NULL;
	for (; item; item = item->next) {
		if (ynode_get(item, STR("targetPath"))) {
			return true;
		}
	}
	return false;
}

static bool
read_instance(
	const struct resources *resources, const struct resource *resource, struct instance *ret_instance)
{
	const struct ynode *spec = ynode_get(resource->root, STR("spec"));
	*ret_instance = (struct instance){ .resource = resource };
	if (resource_is(resource, STR("fluxcd.controlplane.io"), STR("FluxInstance"))) {
		ret_instance->spec = spec;
	} else if (resource_is(resource, FLUX_HELM_GROUP, STR("HelmRelease"))
		&& is_release_of_chart(resources, resource) && !has_values_elsewhere(spec)) {
		ret_instance->spec = ynode_at(spec, "values", "instance", NULL);
	}
	const struct ynode *sync = ynode_get(ret_instance->spec, STR("sync"));
	ret_instance->sync = sync;
	return sync && !resource->file->is_template
		&& str_eq(ynode_str(ynode_get(sync, STR("kind"))), STR("GitRepository"))
		&& !flux_has_variable(ynode_str(ynode_get(sync, STR("path"))))
		&& ynode_str(ynode_get(sync, STR("url"))).len > 0;
}

/* A mapping in the place of the document: what is said of it is said of that. */
static struct ylist
mapping_at(struct arena *arena, const struct instance *instance)
{
	struct ylist list = ylist_mapping(arena);
	list.parent->source = instance->resource->root->source;
	list.parent->span = instance->resource->root->span;
	return list;
}

static void
put_text(struct ylist *list, const char *key, struct str text)
{
	if (text.len > 0) {
		ylist_put(list, str_from(key), ynode_scalar(list->arena, text, YSTYLE_QUOTED));
	}
}

/* NULL when a patch of the operator may change what is synced. */
static const struct resource *
make_resource(struct arena *arena, const struct instance *instance, struct str group, struct str kind,
	struct ylist *spec)
{
	struct resource *made = arena_new(arena, struct resource);
	struct str name = ynode_str(ynode_get(instance->sync, STR("name")));
	struct str namespace = instance->resource->namespace;
	namespace = namespace.len > 0 ? namespace : USUAL_NAMESPACE;
	*made = (struct resource){ .file = instance->resource->file,
		.group = group,
		.version = STR("v1"),
		.kind = kind,
		.namespace = namespace,
		.name = name.len > 0 ? name : namespace };
	struct ylist metadata = mapping_at(arena, instance), root = mapping_at(arena, instance);
	put_text(&metadata, "name", made->name);
	put_text(&metadata, "namespace", made->namespace);
	put_text(&root, "apiVersion", arena_printf(arena, "%.*s/v1", STR_ARG(group)));
	put_text(&root, "kind", kind);
	ylist_put(&root, STR("metadata"), metadata.parent);
	if (!instance_patches_apply(arena, instance->spec, kind, made->name, spec)) {
		return NULL;
	}
	ylist_put(&root, STR("spec"), spec->parent);
	made->root = root.parent;
	made->object_key = arena_printf(arena, "%.*s/%.*s/%.*s/%.*s", STR_ARG(group), STR_ARG(kind),
		STR_ARG(namespace), STR_ARG(made->name));
	return made;
}

static const struct resource *
make_source(struct arena *arena, const struct instance *instance)
{
	struct ylist spec = mapping_at(arena, instance), ref = mapping_at(arena, instance);
	const struct ynode *name = ynode_get(instance->sync, STR("ref"));
	ylist_put(&ref, STR("name"), name ? ynode_head(arena, name) : NULL);
	ylist_put(&spec, STR("url"), ynode_head(arena, ynode_get(instance->sync, STR("url"))));
	ylist_put(&spec, STR("ref"), ref.parent);
	return make_resource(arena, instance, FLUX_SOURCE_GROUP, STR("GitRepository"), &spec);
}

static const struct resource *
make_kustomization(struct arena *arena, const struct instance *instance, const struct resource *source)
{
	struct ylist spec = mapping_at(arena, instance), reference = mapping_at(arena, instance);
	const struct ynode *path = ynode_get(instance->sync, STR("path"));
	struct ynode *root_path = ynode_scalar(arena, STR("./"), YSTYLE_QUOTED);
	root_path->source = instance->sync->source;
	root_path->span = instance->sync->span;
	put_text(&reference, "kind", source->kind);
	put_text(&reference, "name", source->name);
	ylist_put(&spec, STR("interval"), ynode_scalar(arena, STR("10m"), YSTYLE_PLAIN));
	ylist_put(&spec, STR("path"), path ? ynode_head(arena, path) : root_path);
	ylist_put(&spec, STR("prune"), ynode_scalar(arena, STR("true"), YSTYLE_PLAIN));
	ylist_put(&spec, STR("sourceRef"), reference.parent);
	return make_resource(arena, instance, FLUX_KUSTOMIZE_GROUP, STR("Kustomization"), &spec);
}

static bool
make_root(struct arena *arena, const struct instance *instance, struct flux_root *ret_root)
{
	struct flux_kustomization *kustomization = arena_new(arena, struct flux_kustomization);
	const struct resource *source = make_source(arena, instance);
	const struct resource *resource = source ? make_kustomization(arena, instance, source) : NULL;
	if (!resource) {
		return false;
	}
	*kustomization = (struct flux_kustomization){ .resource = resource,
		.path_node = ynode_at(resource->root, "spec", "path", NULL),
		.spec = ynode_get(resource->root, STR("spec")),
		.name = resource->name,
		.namespace = resource->namespace };
	kustomization->path = flux_clean_path(arena, ynode_str(kustomization->path_node));
	*ret_root = (struct flux_root){ .kustomization = kustomization,
		.source = source,
		.instance = instance->resource,
		.is_certain = true };
	return true;
}

/* The object of the closure that the document became, or NULL. What fails is applied no more. */
static const struct object *
find_way_back(const struct flux_root *root)
{
	for (size_t i = 0; i < root->closure.len; i++) {
		const struct build *build = root->closure.items[i]->build;
		for (size_t j = 0; build->result == BUILD_OK && j < build->objects.len; j++) {
			if (build->objects.items[j].resource == root->instance) {
				return &build->objects.items[j];
			}
		}
	}
	return NULL;
}

/* Does the build end before anything is patched? */
static bool
fails_of_a_file(const struct flux_kustomization *kustomization)
{
	const struct build *build = kustomization->build;
	return build->result == BUILD_FAILS && !ynode_get(kustomization->spec, STR("patches"))
		&& (build->fault == FAULT_MISSING || build->fault == FAULT_REFUSED
			|| build->fault == FAULT_DUPLICATE);
}

/* A build that fails shows no objects, but it leads back all the same if it read the file. */
static bool
fails_on_the_way_back(const struct flux_root *root)
{
	bool leads_back = false;
	for (size_t i = 0; i < root->closure.len && !leads_back; i++) {
		const struct build *build = root->closure.items[i]->build;
		for (size_t j = 0; fails_of_a_file(root->closure.items[i]) && j < build->files.len; j++) {
			leads_back = leads_back || build->files.items[j] == root->instance->file;
		}
	}
	return leads_back && root->instance->namespace.len > 0;
}

/* What the cluster gets of the instance's spec. */
static const struct ynode *
applied_spec(const struct instance *instance, const struct object *object)
{
	const struct ynode *spec = ynode_get(object->node, STR("spec"));
	return str_eq(instance->resource->kind, STR("HelmRelease"))
		? ynode_at(spec, "values", "instance", NULL)
		: spec;
}

/* Is it this repository that the root reads, and does it read it as it is written? */
static bool
is_proven(const struct flux_root *root, const struct instance *instance)
{
	const struct object *object = find_way_back(root);
	if (!object) {
		return fails_on_the_way_back(root);
	}
	if (object->may_differ || !str_eq(object->id.namespace, root->kustomization->namespace)) {
		return false;
	}
	const struct ynode *applied = applied_spec(instance, object);
	return ynode_get(applied, STR("sync")) == instance->sync
		&& ynode_at(applied, "kustomize", "patches", NULL)
		== ynode_at(instance->spec, "kustomize", "patches", NULL);
}

/* The operator installs the last release that spec.distribution.version allows: "2.7.x" says enough, "2.x"
 * does not. */
static struct flux_version
version_of(const struct flux_root *root, const struct instance *instance)
{
	const struct object *object = find_way_back(root);
	const struct ynode *spec = object ? applied_spec(instance, object) : instance->spec;
	struct str constraint = ynode_str(ynode_at(spec, "distribution", "version", NULL));
	bool is_one = !str_has_char(constraint, ' ') && !str_has_char(constraint, '|');
	struct flux_version version = { .file = instance->resource->file };
	return is_one && flux_version_read(constraint, &version) ? version : (struct flux_version){ 0 };
}

void
instances_collect(struct arena *arena, struct artifacts *artifacts, const struct resources *resources,
	struct flux *flux)
{
	for (size_t i = 0; i < resources->len; i++) {
		struct instance instance;
		struct flux_root root;
		if (!read_instance(resources, &resources->items[i], &instance)
			|| !make_root(arena, &instance, &root)) {
			continue;
		}
		closure_collect(artifacts, &root);
		if (root.is_certain && is_proven(&root, &instance)) {
			root.version = version_of(&root, &instance);
			vec_push(arena, &flux->roots, root);
		}
	}
}
