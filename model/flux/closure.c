/* Everything that follows from one root, as kustomize-controller would find it object by object. */
#include "flux/parts.h"
#include "flux/substitution.h"
#include "kustomize/metadata.h"
#include "vec.h"

enum { CLOSURE_MAX = 10 * 1000 };

/* A Kustomization object whose source has not been found yet. */
struct pending {
	const struct object *object;
	const struct flux_kustomization *parent;
};

struct closure {
	struct arena *arena;
	struct artifact *artifact;
	const struct files *files;
	struct flux_root *root;
	struct map seen;    /* what is in the closure or in `pending`: one entry an object */
	struct map visited; /* builds, by their addresses: several Kustomizations may share one */
	struct {
		struct pending *items;
		size_t len, cap;
	} pending;
	struct {
		const struct object **items;
		size_t len, cap;
	} sources; /* source objects of all builds so far */
};

static void
leave_incomplete(struct closure *closure, const struct ynode *at, struct str why)
{
	struct flux_root *root = closure->root;
	if (root->is_complete) {
		root->is_complete = false;
		root->why_incomplete = why;
		root->incomplete_at = at;
	}
}

static struct str
text_at(const struct ynode *map, struct str key)
{
	return ynode_str(ynode_get(map, key));
}

static struct str
namespace_of(const struct ynode *reference, struct str own)
{
	struct str namespace = text_at(reference, STR("namespace"));
	return namespace.len > 0 ? namespace : own;
}

static const struct object *
find_source(const struct closure *closure, struct str kind, struct str namespace, struct str name)
{
	for (size_t i = 0; i < closure->sources.len; i++) {
		const struct object *source = closure->sources.items[i];
		if (str_eq(source->id.kind, kind) && str_eq(source->id.namespace, namespace)
			&& str_eq(source->id.name, name)) {
			return source;
		}
	}
	return NULL;
}

/* An artifact in a registry or bucket may be pushed from here. */
static enum source_verdict
judge_artifact(const struct closure *closure, const struct object *source)
{
	struct str url = ynode_str(ynode_at(source->node, "spec", "url", NULL));
	struct str bucket = ynode_str(ynode_at(source->node, "spec", "bucketName", NULL));
	const struct ynode *ours = closure->root->source->root;
	if (source_is_akin(closure->arena, ours, url) || source_is_akin(closure->arena, ours, bucket)
		|| flux_has_variable(url) || signs_of_artifact_push(closure->files)) {
		return SOURCE_UNKNOWN;
	}
	return SOURCE_EXTERNAL;
}

/* A text of the Kustomization with what its parent's variables put into it; false: not known, or not yet. */
static bool
read_text(const struct closure *closure, const struct pending *pending, struct str written,
	struct str *ret_text)
{
	*ret_text = written;
	return !flux_has_variable(written)
		|| (substitution_text(closure->arena, closure->root, pending->parent, pending->object,
			    written, ret_text)
			&& !flux_has_variable(*ret_text));
}

static struct str
path_of(const struct pending *pending)
{
	return ynode_str(ynode_at(pending->object->node, "spec", "path", NULL));
}

/* What the object's sourceRef leads to; *ret_found is false when the source is not among those found so far.
 */
static enum source_verdict
judge_source(const struct closure *closure, const struct pending *pending, bool *ret_found)
{
	const struct flux_root *root = closure->root;
	const struct ynode *reference = ynode_at(pending->object->node, "spec", "sourceRef", NULL);
	struct str kind = text_at(reference, STR("kind"));
	struct str name, namespace;
	bool is_git = str_eq(kind, STR("GitRepository"));
	*ret_found = read_text(closure, pending, text_at(reference, STR("name")), &name)
		&& read_text(
			closure, pending, namespace_of(reference, pending->object->id.namespace), &namespace);
	if (!*ret_found || namespace.len == 0) {
		return SOURCE_UNKNOWN;
	}
	if (is_git && str_eq(name, root->source->name) && str_eq(namespace, root->source->namespace)) {
		return SOURCE_SAME;
	}
	const struct object *source = find_source(closure, kind, namespace, name);
	if (!source) {
		*ret_found = false;
		return SOURCE_UNKNOWN;
	}
	if (source->may_steer_differ) {
		return SOURCE_UNKNOWN;
	}
	if (is_git) {
		return source_compare(closure->arena, root->source->root, source->node);
	}
	bool is_static = str_eq(kind, STR("OCIRepository")) || str_eq(kind, STR("Bucket"));
	return is_static ? judge_artifact(closure, source) : SOURCE_UNKNOWN;
}

static void
note_build(struct closure *closure, const struct flux_kustomization *kustomization)
{
	const struct build *build = kustomization->build;
	vec_push(closure->arena, &closure->root->closure, kustomization);
	if (build->result == BUILD_FAILS) {
		leave_incomplete(closure, build->at, STR("a build on the way fails"));
	} else if (build->result == BUILD_INCOMPLETE) {
		leave_incomplete(closure, build->at, build->why);
	}
}

static void
follow(struct closure *closure, const struct pending *pending, struct str path)
{
	const struct object *object = pending->object;
	const struct ynode *spec = ynode_get(object->node, STR("spec"));
	struct flux_kustomization *child = arena_new(closure->arena, struct flux_kustomization);
	*child = (struct flux_kustomization){ .resource = object->resource,
		.path_node = ynode_get(spec, STR("path")),
		.spec = spec,
		.object = object,
		.parent = pending->parent,
		.name = object->id.name,
		.namespace = object->id.namespace };
	child->path = flux_clean_path(closure->arena, path);
	child->build = artifact_build(closure->arena, closure->artifact, child->path, spec);
	note_build(closure, child);
}

/* May Flux read something else than what is written here? */
static bool
is_uncertain(const struct pending *pending)
{
	const struct object *object = pending->object;
	const struct ynode *parent_spec = ynode_get(pending->parent->resource->root, STR("spec"));
	return object->may_steer_differ || flux_is_left_alone(object->node)
		|| ynode_get(parent_spec, STR("kubeConfig")); /* its children live in another cluster */
}

/* A path of ours in a repository that goes by another name: it may be a copy of this one. */
static bool
has_path_of_ours(const struct closure *closure, const struct pending *pending)
{
	struct str clean = flux_clean_path(closure->arena, path_of(pending));
	return clean.len > 0 && files_directory(closure->files, clean);
}

/* Adds what the pending objects lead to; true when that is anything new. */
static bool
resolve_pending(struct closure *closure)
{
	size_t kept = 0;
	size_t before = closure->root->closure.len;
	for (size_t i = 0; i < closure->pending.len; i++) {
		struct pending pending = closure->pending.items[i];
		bool found;
		struct str path = { 0 };
		enum source_verdict verdict = judge_source(closure, &pending, &found);
		bool is_ours = found && verdict == SOURCE_SAME && !is_uncertain(&pending);
		if (!found || (is_ours && !read_text(closure, &pending, path_of(&pending), &path))) {
			closure->pending.items[kept++] = pending;
		} else if (is_ours) {
			follow(closure, &pending, path);
		} else if (verdict != SOURCE_EXTERNAL || has_path_of_ours(closure, &pending)) {
			leave_incomplete(closure, pending.object->written,
				STR("it is not known what this Kustomization applies"));
		}
	}
	closure->pending.len = kept;
	return closure->root->closure.len > before;
}

/* A chart of this repository, or one that is handed Flux objects as values, may bring Kustomizations. */
static bool
release_may_steer(const struct closure *closure, const struct object *object)
{
	const struct ynode *spec = ynode_get(object->node, STR("spec"));
	struct str kind = ynode_str(ynode_at(spec, "chart", "spec", "sourceRef", "kind", NULL));
	if (str_eq(kind, STR("GitRepository")) || !spec) {
		return true;
	}
	struct str text = object->resource->file->source.text;
	struct str own = { text.ptr + spec->span.start, spec->span.end - spec->span.start };
	return spec->source == closure->files->items[object->resource->file - closure->files->items].id
		&& str_find(own, STR("kustomize.toolkit.fluxcd.io")) < own.len;
}

static void
visit_object(struct closure *closure, const struct object *object, const struct flux_kustomization *parent)
{
	const struct identity *id = &object->id;
	if (object->resource == closure->root->kustomization->resource) {
		return;
	}
	if (str_eq(id->group, FLUX_SOURCE_GROUP)) {
		vec_push(closure->arena, &closure->sources, object);
	} else if (str_eq(id->group, FLUX_KUSTOMIZE_GROUP) && str_eq(id->kind, STR("Kustomization"))) {
		struct str key = arena_printf(closure->arena, "%u:%u:%.*s/%.*s", object->written->source,
			object->written->span.start, STR_ARG(id->namespace), STR_ARG(id->name));
		if (!map_put(closure->arena, &closure->seen, key, closure)) {
			struct pending pending = { object, parent };
			vec_push(closure->arena, &closure->pending, pending);
		}
	} else if (str_eq(id->kind, STR("ResourceSet"))) {
		leave_incomplete(closure, object->written, STR("a ResourceSet may make Kustomizations"));
	} else if (str_eq(id->kind, STR("HelmRelease")) && release_may_steer(closure, object)) {
		leave_incomplete(closure, object->written, STR("its chart may bring Kustomizations"));
	}
}

static void
visit_build(struct closure *closure, const struct flux_kustomization *kustomization)
{
	const struct build *build = kustomization->build;
	struct str address = { (const char *)&kustomization->build, sizeof(build) };
	if (map_put(closure->arena, &closure->visited, address, closure)) {
		return;
	}
	for (size_t i = 0; i < build->objects.len; i++) {
		visit_object(closure, &build->objects.items[i], kustomization);
	}
}

static const struct object *
find_object(const struct build *build, const struct resource *resource)
{
	for (size_t i = 0; i < build->objects.len; i++) {
		if (build->objects.items[i].resource == resource) {
			return &build->objects.items[i];
		}
	}
	return NULL;
}

/* Does something on the way to the cluster change the root's own objects? Bootstrapping builds the directory
 * of gotk-sync.yaml, later the root builds it itself. */
static bool
is_patched(const struct flux_root *root, const struct build *build)
{
	const struct object *kustomization = find_object(build, root->kustomization->resource);
	const struct object *source = find_object(build, root->source);
	return (kustomization && flux_is_steered(kustomization)) || (source && flux_is_steered(source));
}

/* What an artifact holds beyond this repository, or does not hold of it. */
static bool
is_plain_source(const struct resource *source)
{
	const struct ynode *spec = ynode_get(source->root, STR("spec"));
	return !ynode_get(spec, STR("include")) && !ynode_get(spec, STR("sparseCheckout"))
		&& !flux_has_variable(text_at(spec, STR("ignore")));
}

static bool
reads_file(const struct build *build, const struct file *file)
{
	for (size_t i = 0; i < build->files.len; i++) {
		if (build->files.items[i] == file) {
			return true;
		}
	}
	return false;
}

static bool
leave_uncertain(struct closure *closure, const char *why)
{
	closure->root->is_certain = false;
	leave_incomplete(closure, NULL, str_from(why));
	return false;
}

/* The root's own build and flux_kustomization; false when it is not certain. */
static bool
start(struct closure *closure)
{
	struct flux_root *root = closure->root;
	const struct resource *resource = root->kustomization->resource;
	struct flux_kustomization *own = arena_new(closure->arena, struct flux_kustomization);
	const struct build *beside =
		kustomize_build(closure->artifact->builder, path_parent(resource->file->source.path));
	const struct object *applied = find_object(beside, resource);
	*own = *root->kustomization;
	own->spec = ynode_get(applied ? applied->node : resource->root, STR("spec"));
	own->build = artifact_build(closure->arena, closure->artifact, own->path, own->spec);
	if (!root->instance && !root->is_in_place && !reads_file(own->build, resource->file)) {
		return leave_uncertain(closure, "it is not where its path says");
	}
	if (!is_plain_source(root->source) || is_patched(root, beside) || is_patched(root, own->build)) {
		return leave_uncertain(closure, "a patch or its source changes what this root applies");
	}
	applied = find_object(own->build, resource);
	own->spec = applied ? ynode_get(applied->node, STR("spec")) : own->spec;
	root->kustomization = own;
	note_build(closure, own);
	return true;
}

void
closure_collect(struct artifacts *artifacts, struct flux_root *root)
{
	struct closure closure = { .arena = artifacts->arena, .files = artifacts->files, .root = root };
	root->is_complete = true;
	if (!root->is_certain) {
		leave_incomplete(&closure, NULL, STR("its source or path is not plain"));
		return;
	}
	closure.artifact =
		artifact_get(artifacts, ynode_str(ynode_at(root->source->root, "spec", "ignore", NULL)));
	if (!start(&closure)) {
		return;
	}
	size_t next = 0;
	do {
		for (; next < root->closure.len; next++) {
			visit_build(&closure, root->closure.items[next]);
		}
	} while (root->closure.len < CLOSURE_MAX && resolve_pending(&closure));
	if (closure.pending.len > 0) {
		root->is_lacking_source = root->is_complete && closure.pending.len == 1;
		leave_incomplete(&closure, closure.pending.items[0].object->written,
			flux_has_variable(path_of(&closure.pending.items[0]))
				? STR("its path holds a variable that is not known")
				: STR("its source is not found in what this root applies"));
	}
}
