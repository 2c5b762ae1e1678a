/* The build of a Flux Kustomization's path (fluxcd/pkg/kustomize, kustomize_generator.go). */
#include "kustomize/builder.h"
#include "kustomize/decode.h"
#include "vec.h"

static struct str
text_at(const struct ynode *spec, struct str field)
{
	return ynode_str(ynode_get(spec, field));
}

static void
add_components(struct arena *arena, const struct ynode *spec, struct layer *layer)
{
	const struct ynode *list = ynode_get(spec, STR("components"));
	bool is_optional = str_eq(text_at(spec, STR("ignoreMissingComponents")), STR("true"));
	const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? list->first : NULL;
	for (; item; item = item->next) {
		struct layer_entry entry = { ynode_str(item), item, false, is_optional };
		vec_push(arena, &layer->components, entry);
	}
}

static void
add_patches(struct builder *builder, const struct ynode *spec, struct layer *layer)
{
	static const struct str lists[] = { STR_INIT("patches"), STR_INIT("patchesJson6902") };
	for (size_t i = 0; i < countof(lists); i++) {
		const struct ynode *list = ynode_get(spec, lists[i]);
		const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? list->first : NULL;
		for (; item; item = item->next) {
			const struct file *file;
			patches_add_item(builder->arena, builder->view, layer->directory, item,
				&layer->patches, &file);
		}
	}
	if (ynode_get(spec, STR("patchesStrategicMerge"))) {
		patches_add_any(builder->arena, &layer->patches); /* v1beta2: mappings, not text */
	}
}

static void
lay_over(struct builder *builder, const struct ynode *spec, struct layer *layer)
{
	struct str namespace = text_at(spec, STR("targetNamespace"));
	struct str prefix = text_at(spec, STR("namePrefix"));
	struct str suffix = text_at(spec, STR("nameSuffix"));
	layer->namespace = namespace.len > 0 ? namespace : layer->namespace;
	layer->prefix = prefix.len > 0 ? prefix : layer->prefix;
	layer->suffix = suffix.len > 0 ? suffix : layer->suffix;
	add_patches(builder, spec, layer);
	add_components(builder->arena, spec, layer);
}

const struct build *
kustomize_build_root(struct builder *builder, struct str directory, const struct build_overlay *overlay)
{
	const struct file *second = NULL;
	struct build *build = arena_new(builder->arena, struct build);
	struct layer layer = { .directory = directory };
	build->directory = directory;
	if (!overlay->entries) {
		build->kustomization = view_kustomization(builder->view, builder->arena, directory, &second);
	}
	if (build->kustomization) {
		layer_read(builder->arena, builder->view, build->kustomization, true, &layer);
	}
	for (size_t i = 0; overlay->entries && i < overlay->entry_count; i++) {
		struct layer_entry entry = { overlay->entries[i], NULL, true, false };
		vec_push(builder->arena, &layer.resources, entry);
	}
	if (overlay->refused) {
		const struct decoded *decoded = builder_decode(builder, overlay->refused);
		build_fail(build, overlay->refused, decoded->at, decoded->why);
		build->span = decoded->span;
		build->is_refused = true;
	}
	lay_over(builder, overlay->spec, &layer);
	struct frame frame = { directory, NULL, 0 };
	struct site site = { builder, &frame, &layer, build };
	site_accumulate(&site);
	if (second) {
		vec_push(builder->arena, &build->files, second);
		build_fail(build, second, NULL, STR("Found multiple kustomization files"));
	}
	return build;
}
