#include "kustomize_faults.h"

#include "map.h"
#include "path.h"

/* Has this place been told of? */
static bool
is_told(struct arena *arena, struct map *told, const struct build *build)
{
	struct span span = build->at ? build->at->span : build->span;
	struct str key = arena_printf(arena, "%u:%u", build->file->id, span.start);
	return map_put(arena, told, key, told) != NULL;
}

static void
report(struct lint *lint, const struct build *build, const char *help)
{
	bool has_place = build->at && build->at->source == build->file->id;
	struct span span = has_place ? build->at->span : build->span;
	struct str why = str_first(build->why, str_find(build->why, STR(" in object {{")));
	struct finding *finding =
		lint_report_at(lint, build->file, span, "kustomize fails: %.*s", STR_ARG(why));
	lint_help(lint, finding, "%s", help);
	if (build->kustomization && build->kustomization != build->file) {
		lint_relate_file(lint, finding, build->kustomization, "a build that ends here");
	}
}

bool
is_listed_before(const struct kustomization *kustomization, const struct entry *entry)
{
	bool is_place = entry->location.result == LOAD_FILE || entry->location.result == LOAD_DIRECTORY;
	const struct entry *other = kustomization->entries.items;
	for (; is_place && other < entry; other++) {
		if (other->use == entry->use && other->location.result == entry->location.result
			&& str_eq(other->location.path, entry->location.path)) {
			return true;
		}
	}
	return false;
}

/* The finding about the list says more than the one about the objects. */
static bool
fails_of_listing_twice(const struct repository *repository, const struct build *build)
{
	const struct kustomization *k =
		map_get(&repository->kustomizations->by_directory, path_parent(build->file->source.path));
	for (size_t i = 0; k && build->fault == FAULT_DUPLICATE && i < k->entries.len; i++) {
		const struct entry *entry = &k->entries.items[i];
		if (build->at && entry->node->span.start == build->at->span.start
			&& entry->use == ENTRY_RESOURCE && is_listed_before(k, entry)) {
			return true;
		}
	}
	return false;
}

/* Does the Flux Kustomization bring in objects that the file of its path does not name? */
static bool
brings_objects(const struct ynode *spec, struct str directory)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct str path = ynode_str(ynode_get(spec, STR("path"))), clean;
	const struct ynode *components = ynode_get(spec, STR("components"));
	return ynode_is(components, YNODE_SEQUENCE) && components->len > 0
		&& (str_has_char(path, '$') || !path_join(&scratch, STR(""), path, &clean)
			|| str_eq(clean, directory));
}

/* Does any Flux Kustomization, as it is written or as it is applied? */
static bool
is_given_objects(const struct repository *repository, struct str directory)
{
	const struct flux *flux = repository->flux;
	for (size_t i = 0; i < repository->resources->len; i++) {
		const struct resource *resource = &repository->resources->items[i];
		if (resource_is(resource, FLUX_KUSTOMIZE_GROUP, STR("Kustomization"))
			&& brings_objects(ynode_get(resource->root, STR("spec")), directory)) {
			return true;
		}
	}
	for (size_t i = 0; i < flux->roots.len; i++) {
		for (size_t j = 0; j < flux->roots.items[i].closure.len; j++) {
			if (brings_objects(flux->roots.items[i].closure.items[j]->spec, directory)) {
				return true;
			}
		}
	}
	return false;
}

bool
is_completed_by_flux(const struct repository *repository, const struct kustomization *kustomization)
{
	struct str directory = kustomization->directory;
	return !map_get(&repository->kustomizations->included, directory)
		&& is_given_objects(repository, directory);
}

struct fault_search {
	struct lint *lint;
	const struct repository *repository;
	enum build_fault fault;
	bool (*is_wanted)(const struct build *);
	const char *help;
	struct arena *arena;
	struct map told;
};

static bool
is_fault(struct fault_search *search, const struct build *build)
{
	return build->result == BUILD_FAILS && build->fault == search->fault && build->file
		&& !build->is_refused && (!search->is_wanted || search->is_wanted(build))
		&& !fails_of_listing_twice(search->repository, build)
		&& !is_told(search->arena, &search->told, build);
}

static void
report_flux_builds(struct fault_search *search)
{
	const struct flux *flux = search->repository->flux;
	for (size_t i = 0; i < flux->roots.len; i++) {
		for (size_t j = 0; j < flux->roots.items[i].closure.len; j++) {
			const struct build *build = flux->roots.items[i].closure.items[j]->build;
			if (build && is_fault(search, build)) {
				report(search->lint, build, search->help);
			}
		}
	}
}

void
report_faults(struct lint *lint, const struct repository *repository, enum build_fault fault,
	bool (*is_wanted)(const struct build *), const char *help)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct fault_search search = { lint, repository, fault, is_wanted, help, &scratch, { 0 } };
	const struct kustomizations *all = repository->kustomizations;
	for (size_t i = 0; i < all->len; i++) {
		const struct kustomization *one = &all->items[i];
		if (!one->is_component && one->build->result == BUILD_FAILS
			&& (fault != FAULT_TARGET || !is_completed_by_flux(repository, one))
			&& is_fault(&search, one->build)) {
			report(lint, one->build, help);
		}
	}
	report_flux_builds(&search);
}

static bool
is_flux_path(const struct repository *repository, const struct file *file)
{
	const struct flux *flux = repository->flux;
	for (size_t i = 0; i < flux->roots.len; i++) {
		for (size_t j = 0; j < flux->roots.items[i].closure.len; j++) {
			const struct build *build = flux->roots.items[i].closure.items[j]->build;
			if (build && build->kustomization == file) {
				return true;
			}
		}
	}
	return false;
}

bool
is_read_leniently(const struct repository *repository, const struct kustomization *kustomization)
{
	return is_flux_path(repository, kustomization->file)
		&& !map_get(&repository->kustomizations->included, kustomization->directory);
}

const struct ynode *
place_in(const struct object *object, const struct ynode *node)
{
	return node && node->source == object->resource->file->id ? node : object->written;
}

static void
check_objects(
	struct lint *lint, const struct build *build, void (*check)(struct lint *, const struct object *))
{
	for (size_t i = 0; build->result != BUILD_FAILS && i < build->objects.len; i++) {
		check(lint, &build->objects.items[i]);
	}
}

void
each_built_object(struct lint *lint, const struct repository *repository,
	void (*check)(struct lint *, const struct object *))
{
	const struct kustomizations *all = repository->kustomizations;
	for (size_t i = 0; i < all->len; i++) {
		if (!all->items[i].is_component && !map_get(&all->included, all->items[i].directory)) {
			check_objects(lint, all->items[i].build, check);
		}
	}
	const struct flux *flux = repository->flux;
	for (size_t i = 0; i < flux->roots.len; i++) {
		for (size_t j = 0; j < flux->roots.items[i].closure.len; j++) {
			const struct build *build = flux->roots.items[i].closure.items[j]->build;
			if (build && !build->kustomization) {
				check_objects(lint, build, check);
			}
		}
	}
}
