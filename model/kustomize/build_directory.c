/* Builds of directories, remembered. */
#include "kustomize/builder.h"

#include "vec.h"

void
accumulator_start(struct accumulator *acc, struct arena *arena)
{
	*acc = (struct accumulator){ .arena = arena, .pool = { .arena = arena } };
}

/* Fails where there is no kustomization file, or more than one. */
static bool
find_kustomization(struct builder *builder, struct build *build)
{
	const struct file *second;
	build->kustomization = view_kustomization(builder->view, builder->arena, build->directory, &second);
	const struct file *const found[] = { build->kustomization, second };
	if (build->kustomization && !second) {
		return true;
	}
	for (size_t i = 0; i < countof(found) && found[i]; i++) {
		vec_push(builder->arena, &build->files, found[i]);
	}
	build_fail(build, build->kustomization ? FAULT_OTHER : FAULT_MISSING, build->kustomization, NULL,
		second ? STR("several kustomization files in one directory")
		       : arena_printf(builder->arena, "no kustomization file in \"%.*s\"",
			       STR_ARG(build->directory)));
	return false;
}

const struct accumulated *
accumulate_directory(struct builder *builder, const struct frame *outer, struct str directory)
{
	struct accumulated *made = map_get(&builder->accumulated, directory);
	if (made) {
		return made;
	}
	made = arena_new(builder->arena, struct accumulated);
	made->build.directory = directory;
	if (!find_kustomization(builder, &made->build)) {
		return made;
	}
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct accumulator acc;
	struct layer layer = { .directory = directory };
	struct frame frame = { directory, outer, outer ? outer->depth + 1 : 0 };
	struct site site = { builder, &frame, &layer, &made->build, &acc };
	accumulator_start(&acc, &scratch);
	layer_read(builder->arena, made->build.kustomization, false, &layer);
	site_accumulate(&site);
	site_freeze(&site, &made->trails);
	made->config = acc.config;
	made->is_open = acc.is_open;
	for (size_t i = 0; i < acc.vars.len; i++) {
		vec_push(builder->arena, &made->vars, acc.vars.items[i]);
	}
	if (made->build.result != BUILD_FAILS) {
		map_put(builder->arena, &builder->accumulated, directory, made);
	}
	return made;
}

const struct build *
kustomize_build(struct builder *builder, struct str directory)
{
	struct build *build = map_get(&builder->builds, directory);
	if (build) {
		return build;
	}
	const struct accumulated *made = accumulate_directory(builder, NULL, directory);
	build = arena_new(builder->arena, struct build);
	*build = made->build;
	if (build->result == BUILD_FAILS || !build->kustomization) {
		return build;
	}
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct accumulator acc;
	struct layer layer = { .directory = directory, .file = build->kustomization };
	struct frame frame = { directory, NULL, 0 };
	struct site site = { builder, &frame, &layer, build, &acc };
	accumulator_start(&acc, &scratch);
	layer_read(builder->arena, build->kustomization, false, &layer);
	build->objects.items = NULL;
	build->objects.len = build->objects.cap = 0;
	(void)site_adopt(&site, NULL, made);
	site_finish(&site);
	site_freeze(&site, NULL);
	map_put(builder->arena, &builder->builds, directory, build);
	return build;
}
