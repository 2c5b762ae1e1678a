#include "flux_objects.h"
#include "path.h"
#include "substituted.h"

/* The link on the way to `path`, or NULL. */
static const struct file *
find_link(const struct files *files, struct str path)
{
	for (; path.len > 0; path = path_parent(path)) {
		const struct file *file = files_get(files, path);
		if (file && file->kind == FS_SYMLINK) {
			return file;
		}
	}
	return NULL;
}

static void
soften(struct finding *finding, const struct flux_kustomization *kustomization)
{
	if (flux_is_suspended(kustomization)) {
		finding->severity = SEVERITY_WARNING;
	}
}

/* spec.path leads over a link. */
static void
check_path(struct lint *lint, const struct repository *repository, const struct flux_kustomization *k)
{
	const struct file *link = find_link(repository->files, k->path);
	if (k->build->fault != FAULT_LINK || !k->path_node || !link || !flux_is_known(k)) {
		return;
	}
	struct finding *finding = lint_report(lint, k->path_node,
		"\"%.*s\" is a symbolic link, which Flux drops: \"kustomization path not found\"",
		STR_ARG(link->source.path));
	soften(finding, k);
	lint_help(lint, finding, "give the path of the directory that the link points to");
	lint_object(lint, finding, k->resource->root, k->path_node);
}

static void
check_entries(struct lint *lint, const struct repository *repository, const struct flux_kustomization *k,
	const struct kustomization *list)
{
	for (size_t i = 0; i < list->entries.len; i++) {
		const struct entry *entry = &list->entries.items[i];
		const struct location *location = &entry->location;
		const struct file *link = location->is_remote || location->path.len == 0
			? NULL
			: find_link(repository->files, location->path);
		if (location->result != LOAD_UNKNOWN || !link) {
			continue;
		}
		struct finding *finding = lint_report(lint, entry->node,
			"\"%.*s\" is a symbolic link, which Flux drops: the build of \"%.*s\" fails",
			STR_ARG(link->source.path), STR_ARG(k->name));
		soften(finding, k);
		lint_help(lint, finding,
			"name what the link points to: Flux, unlike kubectl, takes files from outside of the "
			"directory");
	}
}

/* What a walk would have found. A link to another kind of file is nobody's manifest. */
static void
check_walk(struct lint *lint, const struct repository *repository, const struct flux_kustomization *k)
{
	const struct directory *directory = files_directory(repository->files, k->path);
	for (size_t i = directory ? directory->first : 0; directory && i < directory->last; i++) {
		const struct file *file = &repository->files->items[i];
		struct str extension = path_extension(file->source.path);
		bool is_opaque = false;
		for (struct str above = path_parent(file->source.path); above.len > k->path.len;
			above = path_parent(above)) {
			is_opaque = is_opaque || map_get(&repository->kustomizations->by_directory, above);
		}
		if (file->kind != FS_SYMLINK || is_opaque
			|| !(str_eq(extension, STR(".yaml")) || str_eq(extension, STR(".yml")))) {
			continue;
		}
		struct finding *finding = lint_report_at(lint, file, (struct span){ 0, 0 },
			"it is a symbolic link, which Flux drops: \"%.*s\" does not apply what it points to",
			STR_ARG(k->name));
		finding->severity = SEVERITY_WARNING;
		lint_help(
			lint, finding, "put the file itself here, or add a kustomization.yaml that names it");
	}
}

static void
check_kustomization(struct lint *lint, const struct flux_root *root, const struct flux_kustomization *k)
{
	const struct repository *repository = lint_repository(lint);
	(void)root;
	check_path(lint, repository, k);
	for (size_t i = 0; i < k->build->files.len; i++) {
		const struct file *file = k->build->files.items[i];
		const struct kustomization *list =
			map_get(&repository->kustomizations->by_directory, path_parent(file->source.path));
		if (list && list->file == file) {
			check_entries(lint, repository, k, list);
		}
	}
	if (!k->build->kustomization && k->build->result == BUILD_OK) {
		check_walk(lint, repository, k);
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	each_followed(lint, repository, check_kustomization);
}

const struct rule rule_FX027 = {
	.code = "FX027",
	.name = "symlink-dropped",
	.summary = "Flux is led to a symbolic link, which its source leaves out.",
	.rationale =
		"source-controller packs regular files and directories only: a symbolic link is left out of "
		"the "
		"artifact without a word, wherever it points. A `spec.path` that leads over one is not "
		"found, an "
		"entry of a kustomization file that is one does not exist, and a link to a manifest is not "
		"applied. `kubectl kustomize` and `flux build` follow links on your machine and so do not "
		"show "
		"it.",
	.advice =
		"Name what the link points to: for Flux `../` may lead anywhere in the repository. Or put a "
		"copy, or a directory with a kustomization file, in its place.",
	.reference = "https://github.com/fluxcd/flux2/issues/4088",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.any_file = true,
	.check_repository = check,
};
