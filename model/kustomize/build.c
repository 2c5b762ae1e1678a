#include "kustomize/builder.h"

#include "kustomize/decode.h"
#include "kustomize/metadata.h"
#include "kustomize/transform.h"
#include "path.h"
#include "vec.h"

struct builder *
builder_new(struct arena *arena, const struct view *view, const struct resources *resources)
{
	struct builder *builder = arena_new(arena, struct builder);
	*builder = (struct builder){ .arena = arena, .view = view, .resources = resources };
	builder->first = arena_new_n(arena, const struct resource *, view->files->len + 1);
	builder->decoded = arena_new_n(arena, const struct decoded *, view->files->len + 1);
	for (size_t i = resources->len; i > 0; i--) {
		const struct resource *resource = &resources->items[i - 1];
		builder->first[resource->file - view->files->items] = resource;
	}
	return builder;
}

bool
builder_is_spent(const struct builder *builder)
{
	return builder->held >= BUILD_HELD_MAX;
}

const struct decoded *
builder_decode(struct builder *builder, const struct file *file)
{
	const struct decoded **slot = &builder->decoded[file - builder->view->files->items];
	if (!*slot) {
		struct decoded *decoded = arena_new(builder->arena, struct decoded);
		decode_file(builder->arena, file, decoded);
		*slot = decoded;
	}
	return *slot;
}

void
build_fail(struct build *build, const struct file *file, const struct ynode *at, struct str why)
{
	if (build->result != BUILD_FAILS) {
		build->result = BUILD_FAILS;
		build->file = file;
		build->at = at;
		build->why = why;
	}
}

void
build_leave_incomplete(struct build *build, const struct file *file, const struct ynode *at, struct str why)
{
	if (build->result == BUILD_OK) {
		build->result = BUILD_INCOMPLETE;
		build->file = file;
		build->at = at;
		build->why = why;
	}
}

static const struct resource *
resource_of(struct builder *builder, const struct file *file, const struct ynode *root)
{
	const struct resource *end = builder->resources->items + builder->resources->len;
	const struct resource *resource = builder->first[file - builder->view->files->items];
	if (builder->next && builder->next < end && builder->next->root == root) {
		return builder->next++; /* documents are asked for in order, and a file may hold 100,000 */
	}
	for (; resource && resource < end && resource->file == file; resource++) {
		if (resource->root == root) {
			builder->next = resource + 1;
			return resource;
		}
	}
	struct resource *made = arena_new(builder->arena, struct resource);
	const struct ynode *metadata = metadata_field(root, STR("metadata"));
	*made = (struct resource){ .file = file, .root = root, .kind = metadata_kind(root) };
	made->name = ynode_str(metadata_field(metadata, STR("name")));
	made->namespace = ynode_str(metadata_field(metadata, STR("namespace")));
	return made;
}

/* Takes one from what all builds together may hold. */
static bool
has_room(struct site *site)
{
	if (builder_is_spent(site->builder)) {
		build_leave_incomplete(site->build, site->layer->file, NULL, STR("too many objects"));
		return false;
	}
	site->builder->held++;
	return true;
}

static void
add_file(struct site *site, const struct file *file)
{
	if (has_room(site)) {
		vec_push(site->builder->arena, &site->build->files, file);
	}
}

static bool
add_object(struct site *site, const struct object *object)
{
	if (!has_room(site)) {
		return false;
	}
	vec_push(site->builder->arena, &site->build->objects, *object);
	return true;
}

static void
include_file(struct site *site, const struct layer_entry *entry, const struct file *file)
{
	const struct decoded *decoded = builder_decode(site->builder, file);
	add_file(site, file);
	if (decoded->verdict == DECODE_REFUSED) {
		bool is_first = site->build->result != BUILD_FAILS;
		build_fail(site->build, file, decoded->at, decoded->why);
		site->build->span = is_first ? decoded->span : site->build->span;
	} else if (decoded->verdict == DECODE_UNKNOWN) {
		build_leave_incomplete(
			site->build, file, NULL, STR("it is not known how kustomize reads this file"));
	}
	for (size_t i = 0; decoded->verdict == DECODE_OK && i < decoded->objects.len; i++) {
		const struct ynode *root = decoded->objects.items[i];
		if (object_is_local(root)) {
			continue;
		}
		const struct resource *resource = resource_of(site->builder, file, root);
		struct object object = {
			.id = { resource->group, resource->version, resource->kind, resource->namespace,
				resource->name },
			.resource = resource,
			.written = root,
			.node = root,
			.entry = entry->node,
		};
		if (!add_object(site, &object)) {
			return;
		}
	}
}

static const struct build *build_directory(
	struct builder *builder, const struct frame *outer, struct str directory);

static bool
is_cycle(const struct frame *frame, struct str directory)
{
	for (; frame; frame = frame->outer) {
		if (path_is_below(frame->directory, directory)) {
			return true;
		}
	}
	return false;
}

static void
adopt(struct site *site, const struct layer_entry *entry, const struct build *inner)
{
	struct build *build = site->build;
	bool is_worse = inner->result == BUILD_FAILS
		? build->result != BUILD_FAILS
		: inner->result != build->result && build->result == BUILD_OK;
	if (is_worse) {
		build->result = inner->result;
		build->file = inner->file;
		build->at = inner->at;
		build->span = inner->span;
		build->why = inner->why;
	}
	build->has_generated = build->has_generated || inner->has_generated;
	for (size_t i = 0; i < inner->files.len; i++) {
		add_file(site, inner->files.items[i]);
	}
	for (size_t i = 0; i < inner->objects.len; i++) {
		struct object object = inner->objects.items[i];
		object.entry = entry->node;
		object.inner = &inner->objects.items[i];
		if (!add_object(site, &object)) {
			return;
		}
	}
}

static void
include_directory(struct site *site, const struct layer_entry *entry, struct str directory)
{
	if (is_cycle(site->frame, directory)) {
		build_fail(site->build, site->layer->file, entry->node,
			STR("cycle detected: it includes a directory that includes it"));
		return;
	}
	const struct build *inner = build_directory(site->builder, site->frame, directory);
	bool is_component = inner->kustomization && inner->kustomization->docs
		&& str_eq(metadata_kind(inner->kustomization->docs->root), STR("Component"));
	if (is_component) {
		build_fail(site->build, site->layer->file, entry->node,
			STR("a Component is listed as a resource"));
	}
	adopt(site, entry, inner);
}

/* http, git and scp addresses, as kustomize's loader tells them from paths. */
static bool
is_remote(struct str path)
{
	return str_has_char(path, ':') || str_has_char(path, '?') || str_starts(path, STR("github.com/"))
		|| str_find(path, STR("//")) < path.len;
}

/* A link on the way (Flux drops links, kubectl follows them) or a submodule: what lies there is not in sight.
 */
static bool
is_out_of_sight(const struct view *view, struct str path)
{
	if (files_get(view->files, STR(".gitmodules"))) {
		return true;
	}
	for (; path.len > 0; path = path_parent(path)) {
		const struct file *file = files_get(view->files, path);
		if (file && file->kind != FS_REGULAR) {
			return true;
		}
	}
	return false;
}

/* The cleaned path of an entry; false when there is nothing local to follow. */
static bool
resolve(struct site *site, const struct layer_entry *entry, struct str *ret_path)
{
	const struct file *file = site->layer->file;
	struct str base = entry->from_root ? STR("") : site->layer->directory;
	if (entry->path.len == 0) {
		build_fail(site->build, file, entry->node, STR("an entry is empty"));
		return false;
	}
	if (!entry->from_root && (str_starts(entry->path, STR("/")) || is_remote(entry->path))) {
		build_leave_incomplete(
			site->build, file, entry->node, STR("it lies outside this repository"));
		return false;
	}
	if (!path_join(site->builder->arena, base, entry->path, ret_path)) {
		build_leave_incomplete(site->build, file, entry->node, STR("its path leaves the repository"));
		return false;
	}
	return true;
}

static void
report_missing(struct site *site, const struct layer_entry *entry, struct str path)
{
	const struct file *file = site->layer->file;
	if (is_out_of_sight(site->builder->view, path)) {
		build_leave_incomplete(
			site->build, file, entry->node, STR("a link or a submodule hides what is there"));
	} else if (!entry->is_optional) {
		build_fail(site->build, file, entry->node,
			arena_printf(site->builder->arena, "\"%.*s\" does not exist", STR_ARG(path)));
	}
}

static void
include_resource(struct site *site, const struct layer_entry *entry)
{
	struct str path;
	if (!resolve(site, entry, &path)) {
		return;
	}
	const struct file *file = view_file(site->builder->view, path);
	if (file) {
		include_file(site, entry, file);
	} else if (files_directory(site->builder->view->files, path)) {
		include_directory(site, entry, path);
	} else {
		report_missing(site, entry, path);
	}
}

/* A component's resources join those of who includes it, and its transformers see them all. */
static void
include_component(struct site *site, const struct layer_entry *entry)
{
	struct builder *builder = site->builder;
	struct layer layer = { 0 };
	const struct file *second;
	if (!resolve(site, entry, &layer.directory)) {
		return;
	}
	const struct file *file = view_kustomization(builder->view, builder->arena, layer.directory, &second);
	if (!file) {
		report_missing(site, entry, layer.directory);
		return;
	}
	if (second || is_cycle(site->frame, layer.directory)) {
		build_fail(site->build, file, NULL,
			second ? STR("Found multiple kustomization files") : STR("cycle detected"));
		return;
	}
	layer_read(builder->arena, builder->view, file, false, &layer);
	if (!layer.is_component && !layer.failure.len && !layer.unmodelled.len) {
		build_fail(site->build, site->layer->file, entry->node,
			STR("a Kustomization is listed as a component"));
	}
	struct frame frame = { layer.directory, site->frame, site->frame ? site->frame->depth + 1 : 0 };
	struct site inner = { builder, &frame, &layer, site->build };
	site_accumulate(&inner);
}

/* Files that bring no object: their absence is no rule's business here. */
static void
note_read_files(struct site *site)
{
	for (size_t i = 0; i < site->layer->read.len; i++) {
		struct str path = STR("");
		const struct layer_entry *entry = &site->layer->read.items[i];
		bool is_local = !str_starts(entry->path, STR("/"))
			&& path_join(site->builder->arena, site->layer->directory, entry->path, &path);
		const struct file *file = is_local ? view_file(site->builder->view, path) : NULL;
		if (file) {
			add_file(site, file);
		}
	}
}

void
site_accumulate(struct site *site)
{
	const struct layer *layer = site->layer;
	if (layer->file) {
		add_file(site, layer->file);
	}
	if (builder_is_spent(site->builder) || ++site->builder->steps > BUILD_STEPS_MAX
		|| site->frame->depth > BUILD_DEPTH_MAX) {
		build_leave_incomplete(
			site->build, layer->file, NULL, STR("too many directories include one another"));
		return;
	}
	if (layer->failure.len) {
		build_fail(site->build, layer->file, layer->failure_at, layer->failure);
	}
	if (layer->unmodelled.len) {
		build_leave_incomplete(site->build, layer->file, layer->unmodelled_at, layer->unmodelled);
	}
	site->build->has_generated = site->build->has_generated || layer->has_generated;
	for (size_t i = 0; i < layer->resources.len; i++) {
		include_resource(site, &layer->resources.items[i]);
	}
	for (size_t i = 0; i < layer->components.len; i++) {
		include_component(site, &layer->components.items[i]);
	}
	note_read_files(site);
	layer_transform(site->builder->arena, layer, site->build);
}

static const struct build *
build_directory(struct builder *builder, const struct frame *outer, struct str directory)
{
	const struct file *second;
	struct build *build = map_get(&builder->builds, directory);
	if (build) {
		return build;
	}
	build = arena_new(builder->arena, struct build);
	build->directory = directory;
	build->kustomization = view_kustomization(builder->view, builder->arena, directory, &second);
	const struct file *const found[] = { build->kustomization, second };
	if (!build->kustomization || second) {
		for (size_t i = 0; i < countof(found) && found[i]; i++) {
			vec_push(builder->arena, &build->files, found[i]);
		}
		build_fail(build, build->kustomization, NULL,
			second ? STR("Found multiple kustomization files")
			       : arena_printf(builder->arena, "no kustomization file in \"%.*s\"",
				       STR_ARG(directory)));
		return build;
	}
	struct layer layer = { .directory = directory };
	struct frame frame = { directory, outer, outer ? outer->depth + 1 : 0 };
	struct site site = { builder, &frame, &layer, build };
	layer_read(builder->arena, builder->view, build->kustomization, false, &layer);
	site_accumulate(&site);
	if (build->result != BUILD_FAILS) {
		map_put(builder->arena, &builder->builds, directory, build);
	}
	return build;
}

const struct build *
kustomize_build(struct builder *builder, struct str directory)
{
	return build_directory(builder, NULL, directory);
}
