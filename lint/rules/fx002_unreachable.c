#include "flux_objects.h"
#include "kustomize/decode.h"
#include "lost_agents.h"
#include "path.h"
#include "unreached.h"
#include "vec.h"

/* A directory of which Flux reads nothing, and whose parent it reads something of. */
struct shelf {
	struct str directory;
	const struct resource *first;
	size_t count; /* manifests */
};

struct search {
	struct lint *lint;
	const struct repository *repository;
	struct unreached unreached;
	struct lost_agents lost;
	size_t *reached; /* how many of the files before each are reached */
	struct {
		struct shelf *items;
		size_t len, cap;
	} shelves;
};

static void
count_reached(struct search *search)
{
	const struct repository *repository = search->repository;
	size_t count = 0;
	search->reached = arena_new_n(lint_arena(search->lint), size_t, repository->files->len + 1);
	for (size_t i = 0; i < repository->files->len; i++) {
		search->reached[i] = count;
		count += flux_reaches(repository->flux, &repository->files->items[i]) ? 1 : 0;
	}
	search->reached[repository->files->len] = count;
}

/* The topmost directory above `path` that Flux reads nothing of; empty when it reads beside the file. */
static struct str
shelf_of(const struct search *search, struct str path)
{
	struct str found = STR("");
	for (struct str above = path_parent(path); above.len > 0; above = path_parent(above)) {
		const struct directory *directory = files_directory(search->repository->files, above);
		if (search->reached[directory->last] > search->reached[directory->first]) {
			break;
		}
		found = above;
	}
	return found;
}

/* Something that only a cluster can be meant to read. */
static bool
is_manifest(const struct resource *resource)
{
	static const struct str groups[] = { STR_INIT("apps"), STR_INIT("batch"), STR_INIT("policy"),
		STR_INIT("autoscaling"), STR_INIT("networking.k8s.io"), STR_INIT("storage.k8s.io"),
		STR_INIT("apiextensions.k8s.io"), STR_INIT("rbac.authorization.k8s.io") };
	bool is_known = flux_is_group(resource->group)
		|| (resource->group.len == 0 && str_eq(resource->version, STR("v1"))
			&& !str_eq(resource->kind, STR("Config")) && !str_eq(resource->kind, STR("List")));
	for (size_t i = 0; i < countof(groups); i++) {
		is_known = is_known || str_eq(resource->group, groups[i]);
	}
	return is_known && resource->name.len > 0 && !object_is_local(resource->root);
}

static bool
holds_lost_agent(const struct search *search, struct str directory)
{
	for (size_t i = 0; i < search->lost.len; i++) {
		if (path_is_below(search->lost.items[i].resource->file->source.path, directory)) {
			return true;
		}
	}
	return false;
}

static void
look_at(struct search *search, const struct resource *resource)
{
	struct str directory = shelf_of(search, resource->file->source.path);
	size_t count = search->shelves.len;
	if (directory.len == 0 || !unreached_is_lost(&search->unreached, resource->file)) {
		return;
	}
	if (count > 0 && str_eq(search->shelves.items[count - 1].directory, directory)) {
		search->shelves.items[count - 1].count++;
	} else {
		struct shelf shelf = { directory, resource, 1 };
		vec_push(lint_arena(search->lint), &search->shelves, shelf);
	}
}

static void
report(const struct search *search, const struct shelf *shelf)
{
	const struct ynode *name = ynode_at(shelf->first->root, "metadata", "name", NULL);
	struct finding *finding = shelf->count > 1
		? lint_report(search->lint, name,
			"Flux applies nothing of \"%.*s\", where this is the first of %zu manifests",
			STR_ARG(shelf->directory), shelf->count)
		: lint_report(search->lint, name,
			"Flux applies nothing of \"%.*s\", not this manifest either",
			STR_ARG(shelf->directory));
	lint_help(search->lint, finding,
		"have a Kustomization or a kustomization.yaml that Flux reads lead to it, or remove it");
	lint_object(search->lint, finding, shelf->first->root, name);
}

static void
check(struct lint *lint, const struct repository *repository)
{
	struct search search = { .lint = lint, .repository = repository };
	if (!repository->flux->roots_are_known
		|| !unreached_open(lint_arena(lint), repository, &search.unreached)) {
		return;
	}
	lost_agents_collect(lint_arena(lint), repository, &search.lost);
	count_reached(&search);
	for (size_t i = 0; i < repository->resources->len; i++) {
		const struct resource *resource = &repository->resources->items[i];
		if (is_manifest(resource)) {
			look_at(&search, resource);
		}
	}
	for (size_t i = 0; i < search.shelves.len; i++) {
		if (!holds_lost_agent(&search, search.shelves.items[i].directory)) {
			report(&search, &search.shelves.items[i]);
		}
	}
}

const struct rule rule_FX002 = {
	.code = "FX002",
	.name = "resource-unreachable",
	.summary = "A directory with manifests lies where Flux does not look.",
	.rationale =
		"Flux applies what its roots lead to. Manifests elsewhere in the repository are applied by "
		"nobody, and nothing says so: `flux get` is green. That may be what is meant, for a stock "
		"or a cluster to come; or the Kustomization for the directory was forgotten.\n\nSaid once a "
		"directory, at its first manifest, and only when every root of the repository is known and "
		"all that it applies can be told. Silent about documentation, examples, archives, charts "
		"and templates, and about what a comment in a kustomization file, a script with `kubectl` "
		"or another tool's object in the repository names.",
	.advice = "Add a Flux Kustomization with that `spec.path`, list the directory in a "
		  "`kustomization.yaml` that Flux reads, or remove it.",
	.reference = "https://fluxcd.io/flux/guides/repository-structure/",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.any_file = true,
	.check_repository = check,
};
