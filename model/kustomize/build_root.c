/* The build of a Flux Kustomization's path (fluxcd/pkg/kustomize, kustomize_generator.go). */
#include "kustomize/builder.h"
#include "kustomize/decode.h"
#include "tojson.h"
#include "vec.h"

/* A variable that another Kustomization fills in before Flux reads the text. */
static bool
has_variable(const struct ynode *node)
{
	if (!node) {
		return false;
	}
	if (node->kind == YNODE_SCALAR) {
		struct str text = ynode_str(node);
		return str_find(text, STR("${")) < text.len;
	}
	for (const struct ynode *child = node->first; child; child = child->next) {
		if (has_variable(child)) {
			return true;
		}
	}
	return false;
}

static void
add_items(struct ylist *list, const struct ynode *items)
{
	for (const struct ynode *item = items; item; item = item->next) {
		ylist_add(list, item);
	}
}

static void
add_doubt(struct arena *arena, struct layer *layer, const struct ynode *patch)
{
	vec_push(arena, &layer->doubts, patch);
}

/* Patches of the spec come behind those of the file; what cannot be evaluated is doubt. */
static void
lay_patches(struct arena *arena, const struct ynode *spec, struct layer *layer, struct ylist *root)
{
	static const struct str legacy[] = { STR_INIT("patchesJson6902"), STR_INIT("patchesStrategicMerge") };
	struct ylist list = ylist_sequence(arena);
	add_items(&list, kustomization_items(layer->root, STR("patches")));
	const struct ynode *item = kustomization_items(spec, STR("patches"));
	for (; item; item = item->next) {
		if (has_variable(item)) {
			add_doubt(arena, layer, item);
		} else {
			ylist_add(&list, item);
		}
	}
	for (size_t i = 0; i < countof(legacy); i++) { /* of v1beta2: mappings, not text */
		for (item = kustomization_items(spec, legacy[i]); item; item = item->next) {
			add_doubt(arena, layer, item);
		}
	}
	if (list.parent->len > 0) {
		ylist_put(root, STR("patches"), list.parent);
	}
}

static bool
is_among(const struct ynode *items, struct str name)
{
	for (; items; items = items->next) {
		if (str_eq(kustomization_text(items, STR("name")), name)) {
			return true;
		}
	}
	return false;
}

/* Of one name the spec's image counts. */
static void
lay_images(struct arena *arena, const struct ynode *spec, struct layer *layer, struct ylist *root)
{
	const struct ynode *own = kustomization_items(layer->root, STR("images"));
	const struct ynode *over = kustomization_items(spec, STR("images"));
	struct ylist list = ylist_sequence(arena);
	for (const struct ynode *item = own; item; item = item->next) {
		if (!is_among(over, kustomization_text(item, STR("name")))) {
			ylist_add(&list, item);
		}
	}
	add_items(&list, over);
	if (over) {
		ylist_put(root, STR("images"), list.parent);
	}
}

static void
lay_text(struct ylist *root, const struct ynode *spec, struct str from, struct str to)
{
	if (kustomization_text(spec, from).len > 0) {
		ylist_put(root, to, kustomization_field(spec, from));
	}
}

static void
lay_over(struct arena *arena, const struct ynode *spec, struct layer *layer)
{
	struct ylist root = ylist_mapping(arena);
	add_items(&root, layer->root ? layer->root->first : NULL);
	lay_text(&root, spec, STR("targetNamespace"), STR("namespace"));
	lay_text(&root, spec, STR("namePrefix"), STR("namePrefix"));
	lay_text(&root, spec, STR("nameSuffix"), STR("nameSuffix"));
	lay_patches(arena, spec, layer, &root);
	lay_images(arena, spec, layer, &root);
	bool is_optional = kustomization_bool(spec, STR("ignoreMissingComponents"));
	const struct ynode *item = kustomization_items(spec, STR("components"));
	for (; item; item = item->next) {
		struct layer_entry entry = { ynode_str(item), item, false, is_optional };
		vec_push(arena, &layer->components, entry);
	}
	layer->root = root.parent;
}

static void
refuse(struct builder *builder, const struct file *file, struct build *build)
{
	const struct decoded *decoded = builder_decode(builder, file);
	build_fail(build, FAULT_REFUSED, file, decoded->at, decoded->why);
	build->span = decoded->span;
	build->is_refused = true;
}

static void
read_layer(struct builder *builder, const struct build_overlay *overlay, struct build *build,
	struct layer *layer)
{
	struct tojson_error error;
	const struct ynode *spec = overlay->spec ? tojson(builder->arena, overlay->spec, &error) : NULL;
	if (build->kustomization) {
		layer_read(builder->arena, build->kustomization, true, layer);
	}
	for (size_t i = 0; overlay->entries && i < overlay->entry_count; i++) {
		struct layer_entry entry = { overlay->entries[i], NULL, true, false };
		vec_push(builder->arena, &layer->walked, entry);
	}
	if (spec) {
		lay_over(builder->arena, spec, layer);
	}
}

const struct build *
kustomize_build_root(struct builder *builder, struct str directory, const struct build_overlay *overlay)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	const struct file *second = NULL;
	struct build *build = arena_new(builder->arena, struct build);
	struct layer layer = { .directory = directory };
	build->directory = directory;
	if (!overlay->entries) {
		build->kustomization = view_kustomization(builder->view, builder->arena, directory, &second);
	}
	read_layer(builder, overlay, build, &layer);
	if (overlay->refused) {
		refuse(builder, overlay->refused, build);
	}
	struct frame frame = { directory, NULL, 0 };
	struct accumulator acc;
	struct site site = { builder, &frame, &layer, build, &acc };
	accumulator_start(&acc, &scratch);
	site_accumulate(&site);
	if (second) {
		vec_push(builder->arena, &build->files, second);
		build_fail(build, FAULT_OTHER, second, NULL,
			STR("several kustomization files in one directory"));
	}
	if (!site_failed(&site)) {
		site_finish(&site);
	}
	site_freeze(&site, NULL);
	return build;
}
