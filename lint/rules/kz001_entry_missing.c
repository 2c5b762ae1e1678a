#include "kpt/packages.h"
#include "kustomize_faults.h"
#include "path.h"

enum { DISTANCE_MAX = 2 };

/* The file or directory in the same place that is spelled most alike; empty when none is near. */
static struct str
nearest(const struct files *files, struct str path)
{
	struct str home = path_parent(path), found = STR("");
	const struct directory *directory = files_directory(files, home);
	size_t best = DISTANCE_MAX;
	for (size_t i = directory ? directory->first : 0; directory && i < directory->last; i++) {
		struct str rest = str_skip(files->items[i].source.path, home.len > 0 ? home.len + 1 : 0);
		struct str name = str_cut(&rest, '/');
		size_t distance = str_distance(name, path_base(path), best);
		if (distance > 0 && distance <= best) {
			best = distance - 1;
			found = name;
		}
	}
	return found;
}

/* The file that only `kpt live init` makes, in a package of kpt. GitLab's own package for the agent lists it.
 */
static bool
is_inventory(const struct files *files, const struct entry *entry)
{
	static const struct str kptfile[] = { STR_INIT("Kptfile"), { NULL, 0 } };
	struct str path = entry->location.path;
	return str_eq(path_base(path), STR("resourcegroup.yaml"))
		&& files_first_of(files, path_parent(path), kptfile);
}

/* Another last name in the path, as it is written. */
static void
suggest(struct lint *lint, struct finding *finding, const struct repository *repository,
	const struct kustomization *k, const struct entry *entry)
{
	struct arena *arena = lint_arena(lint);
	struct str name = nearest(repository->files, entry->location.path);
	struct str base = path_base(entry->path), written = ynode_str(entry->node);
	if (is_inventory(repository->files, entry)) {
		lint_help(lint, finding,
			"run kpt live init, which makes this file, and commit it, or take it out");
		return;
	}
	if (name.len == 0 || base.len == 0 || !str_ends(written, base)) {
		lint_help(lint, finding, "correct the path, or take it out");
		return;
	}
	struct str value =
		arena_printf(arena, "%.*s%.*s", (int)(written.len - base.len), written.ptr, STR_ARG(name));
	lint_help(lint, finding, "did you mean \"%.*s\"?", STR_ARG(value));
	lint_fix(lint, finding, edit_scalar(arena, k->file->source.text, entry->node, value));
}

/* What a package of kpt makes a Secret of is put there before it is applied, and is not in Git. */
static bool
is_kept_out(struct lint *lint, const struct repository *repository, const struct kustomization *k,
	const struct entry *entry)
{
	struct kpt_packages packages;
	if (entry->use != ENTRY_SOURCE || repository_reading(repository, k->file) == READING_SURELY) {
		return false;
	}
	kpt_packages_collect(lint_arena(lint), repository->files, &packages);
	return kpt_package_of(&packages, k->file->source.path) != NULL;
}

static bool
has_pattern(struct str path)
{
	return str_has_char(path, '*') || str_has_char(path, '?') || str_has_char(path, '[');
}

static void
check_entry(struct lint *lint, const struct repository *repository, const struct kustomization *k,
	const struct entry *entry)
{
	const struct location *location = &entry->location;
	bool is_included = entry->use == ENTRY_RESOURCE || entry->use == ENTRY_COMPONENT;
	const struct file *second;
	if (location->result == LOAD_MISSING && !has_pattern(entry->path)
		&& !is_kept_out(lint, repository, k, entry)) {
		struct finding *finding =
			lint_report(lint, entry->node, "\"%.*s\" does not exist", STR_ARG(location->path));
		suggest(lint, finding, repository, k, entry);
	} else if (location->result == LOAD_DIRECTORY && is_included
		&& !view_kustomization(
			&repository->kustomizations->view, lint_arena(lint), location->path, &second)) {
		struct finding *finding = lint_report(lint, entry->node,
			"the directory \"%.*s\" has no kustomization file", STR_ARG(location->path));
		lint_help(lint, finding, "add a \"kustomization.yaml\" to it that lists its files");
	} else if (entry->use == ENTRY_COMPONENT && location->result == LOAD_FILE) {
		struct finding *finding = lint_report(lint, entry->node,
			"\"%.*s\" is a file, and a component is a directory", STR_ARG(location->path));
		lint_help(lint, finding, "list it under resources");
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct kustomizations *all = repository->kustomizations;
	for (size_t i = 0; i < all->len; i++) {
		for (size_t j = 0; j < all->items[i].entries.len; j++) {
			check_entry(lint, repository, &all->items[i], &all->items[i].entries.items[j]);
		}
	}
}

const struct rule rule_KZ001 = {
	.code = "KZ001",
	.name = "resource-entry-missing",
	.summary = "A kustomization names a file or directory that is not there.",
	.rationale =
		"kustomize looks for each entry from the directory of the kustomization file, letter by "
		"letter, and ends at the first that is missing: `lstat …: no such file or directory`. A "
		"directory must hold a kustomization file of its own. The whole build ends, so that "
		"nothing of the directory is applied. To verify: `kubectl kustomize DIRECTORY`.\n\nA warning "
		"where no Flux root is known to build it.",
	.advice = "Correct the path, or take the entry out. `kustomization.yaml` is the name that a "
		  "directory needs.",
	.reference = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.check_repository = check,
};
