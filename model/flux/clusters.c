#include "flux/clusters.h"

#include "aside.h"
#include "flux/parts.h"
#include "path.h"
#include "vec.h"

struct collecting {
	struct arena *arena;
	const struct flux *flux;
	const struct resources *resources;
	const struct kustomizations *kustomizations;
	const struct map *listed;
	struct clusters *clusters;
};

static struct str
key_of(struct arena *arena, struct str group, struct str kind, struct str namespace, struct str name)
{
	return arena_printf(arena, "%.*s/%.*s/%.*s/%.*s", STR_ARG(group), STR_ARG(kind), STR_ARG(namespace),
		STR_ARG(name));
}

/* Which of the closure the object is, when it is a Kustomization that was followed. */
static const struct flux_kustomization *
followed(const struct flux_root *root, const struct object *object)
{
	for (size_t i = 0; str_eq(object->id.group, FLUX_KUSTOMIZE_GROUP) && i < root->closure.len; i++) {
		const struct flux_kustomization *one = root->closure.items[i];
		if (one->object ? one->object == object : one->resource == object->resource) {
			return one;
		}
	}
	return NULL;
}

static void
add_build(struct collecting *c, struct cluster *cluster, const struct flux_kustomization *by)
{
	for (size_t i = 0; i < by->build->objects.len; i++) {
		const struct object *object = &by->build->objects.items[i];
		struct applied applied = { object, cluster, by, followed(cluster->root, object) };
		vec_push(c->arena, &cluster->objects, applied);
	}
}

static void
add_cluster(struct collecting *c, struct cluster *cluster)
{
	for (size_t i = 0; i < cluster->root->closure.len; i++) {
		const struct flux_kustomization *by = cluster->root->closure.items[i];
		if (!ynode_get(by->spec, STR("kubeConfig"))) {
			add_build(c, cluster, by);
		}
	}
	for (size_t i = 0; i < cluster->objects.len; i++) {
		struct applied *applied = &cluster->objects.items[i];
		const struct identity *id = &applied->object->id;
		struct str key = key_of(c->arena, id->group, id->kind, id->namespace, id->name);
		if (!applied->object->may_be_renamed && !map_get(&cluster->by_identity, key)) {
			map_put(c->arena, &cluster->by_identity, key, applied);
		}
	}
}

/* Could it be for a cluster, and is it seen by nobody so far? */
static bool
may_be_loose(const struct collecting *c, const struct file *file)
{
	return !flux_reaches(c->flux, file) && !file->is_template && !file->syntax
		&& !path_is_aside(file->source.path) && !files_in_chart(c->flux->files, file->source.path)
		&& !str_eq(path_base(file->source.path), STR("gotk-sync.yaml"));
}

static void
add_loose(struct collecting *c, const struct object *object, const struct file *file)
{
	struct applied applied = { .object = object };
	vec_push(c->arena, &c->clusters->loose, applied);
	c->clusters->holds_loose[file - c->flux->files->items] = true;
}

static void
add_loose_build(struct collecting *c, const struct build *build)
{
	for (size_t i = 0; i < build->objects.len; i++) {
		const struct object *object = &build->objects.items[i];
		const struct file *file = object->resource->file;
		if (flux_is_group(object->id.group) && !object->may_differ && !object->is_generated
			&& may_be_loose(c, file)) {
			add_loose(c, object, file);
		}
	}
}

/* The directories of kustomization files that no other one's build reads. */
static void
add_outermost_builds(struct collecting *c)
{
	const struct kustomizations *all = c->kustomizations;
	struct map inner = { 0 };
	for (size_t i = 0; i < all->len; i++) {
		const struct build *build = all->items[i].build;
		for (size_t j = 0; j < build->files.len; j++) {
			const struct file *file = build->files.items[j];
			if (file != all->items[i].file) {
				map_put(c->arena, &inner, file->source.path, c);
			}
		}
	}
	for (size_t i = 0; i < all->len; i++) {
		const struct kustomization *one = &all->items[i];
		if (one->build->result == BUILD_OK && !one->is_component
			&& !map_get(&inner, one->file->source.path) && may_be_loose(c, one->file)) {
			add_loose_build(c, one->build);
		}
	}
}

static bool
is_read_by_a_build(const struct collecting *c, const struct file *file)
{
	return map_get(c->listed, file->source.path) != NULL
		|| map_get(&c->kustomizations->by_directory, path_parent(file->source.path)) != NULL;
}

/* Written where no kustomization file is: not a patch, then, and nobody's base. */
static void
add_plain_files(struct collecting *c)
{
	for (size_t i = 0; i < c->resources->len; i++) {
		const struct resource *resource = &c->resources->items[i];
		if (!flux_is_group(resource->group) || resource->name.len == 0
			|| !may_be_loose(c, resource->file) || is_read_by_a_build(c, resource->file)) {
			continue;
		}
		struct object *object = arena_new(c->arena, struct object);
		*object = (struct object){
			.id = { .group = resource->group,
				.version = resource->version,
				.kind = resource->kind,
				.namespace = resource->namespace,
				.name = resource->name },
			.resource = resource,
			.written = resource->root,
			.node = resource->root,
		};
		add_loose(c, object, resource->file);
	}
}

const struct clusters *
clusters_collect(struct arena *arena, const struct flux *flux, const struct resources *resources,
	const struct kustomizations *kustomizations, const struct map *listed)
{
	struct clusters *clusters = arena_new(arena, struct clusters);
	struct collecting c = { arena, flux, resources, kustomizations, listed, clusters };
	clusters->holds_loose = arena_new_n(arena, bool, flux->files->len + 1);
	for (size_t i = 0; i < flux->roots.len; i++) {
		struct cluster cluster = { .root = &flux->roots.items[i] };
		if (cluster.root->is_certain) {
			vec_push(arena, &clusters->items, cluster);
		}
	}
	for (size_t i = 0; i < clusters->items.len; i++) {
		add_cluster(&c, &clusters->items.items[i]);
	}
	add_outermost_builds(&c);
	add_plain_files(&c);
	return clusters;
}

const struct applied *
cluster_find(const struct cluster *cluster, struct str group, struct str kind, struct str namespace,
	struct str name)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	return map_get(&cluster->by_identity, key_of(&scratch, group, kind, namespace, name));
}

bool
applied_is(const struct applied *applied, struct str group, struct str kind)
{
	const struct identity *id = &applied->object->id;
	return str_eq(id->group, group) && str_eq(id->kind, kind);
}

const struct ynode *
applied_spec(const struct applied *applied, const char *key)
{
	return ynode_at(applied->object->node, "spec", key, NULL);
}

bool
applied_is_suspended(const struct applied *applied)
{
	return flux_spec_suspends(ynode_get(applied->object->node, STR("spec")));
}

bool
applied_is_plain(const struct ynode *node)
{
	node = ynode_follow(node);
	return node && node->kind == YNODE_SCALAR && applied_text_is_plain(ynode_str(node));
}

bool
applied_text_is_plain(struct str text)
{
	return !flux_has_variable(text);
}

struct str
applied_reference_namespace(const struct applied *applied, const struct ynode *reference)
{
	struct str namespace = ynode_str(ynode_get(reference, STR("namespace")));
	return namespace.len > 0 ? namespace : applied->object->id.namespace;
}
