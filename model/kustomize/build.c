#include "kustomize/loader.h"

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
	builder->config = config_new_default(arena);
	for (size_t i = resources->len; i > 0; i--) {
		const struct resource *resource = &resources->items[i - 1];
		builder->first[resource->file - view->files->items] = resource;
	}
	return builder;
}

void
builder_set_habits(struct builder *builder, unsigned habits)
{
	builder->habits = habits;
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

static const struct resource *
resource_of(struct builder *builder, const struct file *file, const struct ynode *root)
{
	const struct resources *all = builder->resources;
	const struct resource *end = all->len > 0 ? all->items + all->len : NULL;
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

static void
fail_file(struct site *site, const struct file *file, const struct decoded *decoded)
{
	bool is_first = site->build->result != BUILD_FAILS;
	build_fail(site->build, FAULT_REFUSED, file, decoded->at, decoded->why);
	site->build->span = is_first ? decoded->span : site->build->span;
}

static void
include_file(struct site *site, const struct layer_entry *entry, const struct file *file)
{
	const struct decoded *decoded = builder_decode(site->builder, file);
	site_add_file(site, file);
	if (decoded->verdict == DECODE_REFUSED) {
		fail_file(site, file, decoded);
		return;
	}
	if (decoded->verdict == DECODE_UNKNOWN) {
		build_leave_incomplete(
			site->build, file, NULL, STR("it is not known how kustomize reads this file"));
		site->acc->is_open = true;
		return;
	}
	for (size_t i = 0; i < decoded->objects.len; i++) {
		const struct ynode *root = decoded->objects.items[i];
		struct member *member = arena_new(site->acc->arena, struct member);
		*member = (struct member){ .object = { .resource = resource_of(site->builder, file, root),
						   .written = root,
						   .node = root,
						   .entry = entry->node } };
		member->tree = knode_take(&site->acc->pool, root);
		member_refresh(member);
		if (!site_add_member(site, member, entry->node)) {
			return;
		}
	}
}

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

/* The result of what is included counts for who includes it. */
static void
take_result(struct build *build, const struct build *inner)
{
	bool is_worse = inner->result == BUILD_FAILS
		? build->result != BUILD_FAILS
		: inner->result != build->result && build->result == BUILD_OK;
	if (is_worse) {
		build->result = inner->result;
		build->fault = inner->fault;
		build->file = inner->file;
		build->at = inner->at;
		build->span = inner->span;
		build->why = inner->why;
	}
}

static void
include_directory(struct site *site, const struct layer_entry *entry, struct str directory)
{
	if (is_cycle(site->frame, directory)) {
		site_fail(site, FAULT_CYCLE, entry->node, STR("it includes a directory that includes it"));
		return;
	}
	const struct accumulated *inner = accumulate_directory(site->builder, site->frame, directory);
	const struct file *file = inner->build.kustomization;
	for (size_t i = 0; i < inner->build.files.len; i++) {
		site_add_file(site, inner->build.files.items[i]);
	}
	struct layer layer = { 0 };
	if (!file) {
		site_fail(site, FAULT_MISSING, entry->node, inner->build.why);
		return;
	}
	layer_read(site->builder->arena, file, false, &layer);
	if (layer.is_component && !layer.failure.len) {
		site_fail(site, FAULT_COMPONENT, entry->node, STR("a Component is listed as a resource"));
		return;
	}
	take_result(site->build, &inner->build);
	(void)site_adopt(site, entry, inner);
}

static void
fail_entry(struct site *site, const struct layer_entry *entry, const struct location *found)
{
	struct arena *arena = site->builder->arena;
	if (found->result == LOAD_FORBIDDEN) {
		site_fail(site, FAULT_RESTRICTED, entry->node,
			arena_printf(arena, "\"%.*s\" lies outside of the directory", STR_ARG(entry->path)));
	} else if (!entry->is_optional) {
		site_fail(site, FAULT_MISSING, entry->node,
			arena_printf(arena, "\"%.*s\" does not exist",
				STR_ARG(found->path.len > 0 ? found->path : entry->path)));
	}
}

static void
include_resource(struct site *site, const struct layer_entry *entry)
{
	if (entry->path.len == 0) {
		site_fail(site, FAULT_MISSING, entry->node, STR("an entry is empty"));
		return;
	}
	struct location found = site_locate(site, entry->path, entry->from_root);
	if (found.result == LOAD_FILE) {
		include_file(site, entry, found.file);
	} else if (found.result == LOAD_DIRECTORY) {
		include_directory(site, entry, found.path);
	} else if (found.result == LOAD_UNKNOWN) {
		site_leave(site, entry->node, found.why);
		site->acc->is_open = true;
	} else {
		fail_entry(site, entry, &found);
	}
}

/* A component's resources join those of who includes it, and its transformers see them all. */
static void
accumulate_component(struct site *site, const struct layer_entry *entry, struct str directory)
{
	struct builder *builder = site->builder;
	struct layer layer = { .directory = directory };
	const struct file *second;
	const struct file *file = view_kustomization(builder->view, builder->arena, directory, &second);
	if (!file || second || is_cycle(site->frame, directory)) {
		site_fail(site,
			!file            ? FAULT_MISSING
				: second ? FAULT_OTHER
					 : FAULT_CYCLE,
			entry->node,
			!file            ? STR("no kustomization file in this directory")
				: second ? STR("several kustomization files in this directory")
					 : STR("it includes a directory that includes it"));
		return;
	}
	layer_read(builder->arena, file, false, &layer);
	if (!layer.is_component && !layer.failure.len && !layer.unmodelled.len) {
		site_fail(
			site, FAULT_COMPONENT, entry->node, STR("a Kustomization is listed as a component"));
	}
	struct frame frame = { directory, site->frame, site->frame->depth + 1 };
	struct site inner = { builder, &frame, &layer, site->build, site->acc };
	site_accumulate(&inner);
	if (!site_failed(site)) {
		(void)site_check_ids(site, entry->node);
	}
}

static void
include_component(struct site *site, const struct layer_entry *entry)
{
	struct location found = site_locate(site, entry->path, false);
	if (entry->path.len == 0) {
		site_fail(site, FAULT_MISSING, entry->node, STR("an entry is empty"));
	} else if (found.result == LOAD_DIRECTORY) {
		accumulate_component(site, entry, found.path);
	} else if (found.result == LOAD_UNKNOWN) {
		site_leave(site, entry->node, found.why);
		site->acc->is_open = true;
	} else if (found.result == LOAD_FILE || found.result == LOAD_FORBIDDEN) {
		site_fail(site, FAULT_MISSING, entry->node, STR("a component must be a directory"));
	} else {
		fail_entry(site, entry, &found);
	}
}

static void
include_list(struct site *site, struct str field)
{
	const struct ynode *item = kustomization_items(site->layer->root, field);
	for (; item; item = item->next) {
		struct layer_entry entry = { .path = ynode_type(item, YDIALECT_SIGS_YAML) == YTYPE_NULL
				? STR("")
				: ynode_str(item),
			.node = item };
		if (str_eq(field, STR("components"))) {
			include_component(site, &entry);
		} else {
			include_resource(site, &entry);
		}
	}
}

/* Fields whose working is not modelled. */
static void
leave_plugins(struct site *site)
{
	static const struct str fields[] = { STR_INIT("generators"), STR_INIT("transformers"),
		STR_INIT("validators") };
	const struct ynode *root = site->layer->root;
	for (size_t i = 0; i < countof(fields); i++) {
		if (kustomization_items(root, fields[i])) {
			site_leave(site, kustomization_key(root, fields[i]), "plugins are not modelled");
			site->acc->is_open = true;
		}
	}
	if (kustomization_field(root, STR("openapi"))) {
		site_leave(
			site, kustomization_key(root, STR("openapi")), "schemas of others are not modelled");
		site->acc->is_open = true;
	}
	struct str charts = STR("helmCharts");
	const struct ynode *chart = kustomization_items(root, charts);
	chart = chart ? chart : kustomization_items(root, STR("helmChartInflationGenerator"));
	if (chart && site->builder->habits & BUILDER_MAY_RUN_HELM) {
		site_leave(site, chart, "charts are not modelled");
		site->acc->is_open = true;
	} else if (chart) {
		site_fail(
			site, FAULT_OTHER, chart, STR("charts need --enable-helm, which is not given here"));
	}
}

/* Built-in or not, a transformer of a file of its own may do anything to all that has come together. */
static void
leave_transformed(struct site *site)
{
	if (!kustomization_items(site->layer->root, STR("transformers"))) {
		return;
	}
	for (size_t i = 0; i < site->acc->members.len; i++) {
		struct object *object = &site->acc->members.items[i]->object;
		object->may_differ = object->may_steer_differ = object->may_be_renamed = true;
	}
}

static void
accumulate(struct site *site)
{
	const struct layer *layer = site->layer;
	for (size_t i = 0; i < layer->walked.len; i++) {
		include_resource(site, &layer->walked.items[i]);
	}
	include_list(site, STR("resources"));
	include_list(site, STR("bases"));
	site_configure(site);
	leave_plugins(site);
	if (!site_failed(site)) {
		site_generate(site);
	}
	include_list(site, STR("components"));
	for (size_t i = 0; i < layer->components.len; i++) {
		include_component(site, &layer->components.items[i]);
	}
	if (!site_failed(site)) {
		site_transform(site);
	}
	leave_transformed(site);
	if (!site_failed(site)) {
		site_add_vars(site);
	}
	if (site->acc->pool.is_spent) {
		site_leave(site, NULL, "the objects are too large");
		site->acc->is_open = true;
	}
}

void
site_accumulate(struct site *site)
{
	const struct layer *layer = site->layer;
	if (layer->file) {
		site_add_file(site, layer->file);
	}
	if (builder_is_spent(site->builder) || ++site->builder->steps > BUILD_STEPS_MAX
		|| site->frame->depth > BUILD_DEPTH_MAX) {
		build_leave_incomplete(
			site->build, layer->file, NULL, STR("too many directories include one another"));
		site->acc->is_open = true;
		return;
	}
	if (layer->failure.len) {
		build_fail(site->build, layer->fault, layer->file, layer->failure_at, layer->failure);
	}
	if (layer->unmodelled.len) {
		build_leave_incomplete(site->build, layer->file, layer->unmodelled_at, layer->unmodelled);
		site->acc->is_open = true;
	}
	accumulate(site);
}
