#include "aside.h"
#include "flux_objects.h"
#include "path.h"

/* Is gotk-sync.yaml part of a build that is not just its own directory's? Then it may be a base of several
 * clusters, and patched there. */
static bool
is_shared(const struct repository *repository, const struct file *file)
{
	const struct kustomizations *all = repository->kustomizations;
	for (size_t i = 0; i < all->len; i++) {
		const struct build *build = all->items[i].build;
		bool is_own = str_eq(all->items[i].directory, path_parent(file->source.path));
		for (size_t j = 0; !is_own && j < build->files.len; j++) {
			if (build->files.items[j] == file) {
				return true;
			}
		}
	}
	return flux_reaches(repository->flux, file) != NULL;
}

/* Does the kustomization file beside it change the path, or may it? */
static bool
is_patched(const struct repository *repository, const struct flux_kustomization *root)
{
	const struct kustomization *beside = map_get(
		&repository->kustomizations->by_directory, path_parent(root->resource->file->source.path));
	for (size_t i = 0; beside && i < beside->build->objects.len; i++) {
		const struct object *object = &beside->build->objects.items[i];
		if (object->resource == root->resource) {
			const struct ynode *path = ynode_at(object->node, "spec", "path", NULL);
			return object->may_differ || !str_eq(ynode_str(path), ynode_str(root->path_node));
		}
	}
	return beside && beside->build->result != BUILD_OK;
}

/* The path for which bootstrapping would have written the file where it lies; false when for none. */
static bool
path_of_place(const struct flux_kustomization *root, struct str *ret_path)
{
	struct str directory = path_parent(root->resource->file->source.path);
	*ret_path = path_parent(directory);
	return root->namespace.len > 0 && str_eq(path_base(directory), root->namespace);
}

static void
report(struct lint *lint, const struct flux_kustomization *root, struct str place)
{
	const struct files *files = lint_repository(lint)->files;
	struct str path = shown_path(root->path);
	struct str own_path = root->resource->file->source.path;
	bool is_there = files_directory(files, root->path) != NULL;
	const struct ynode *at = root->path_node ? root->path_node : root->resource->root;
	struct finding *finding = lint_report(lint, at,
		"this file lies where it would for the path \"%.*s\", and says \"%.*s\"%s",
		STR_ARG(shown_path(place)), STR_ARG(path),
		is_there ? ": Flux applies that one, and not this directory"
			 : ", which is not there: Flux fails with \"kustomization path not found\"");
	if (is_there) {
		lint_help(lint, finding,
			"for a cluster of its own, bootstrap that with --path=%.*s, which writes the file "
			"anew; for the "
			"same cluster, set spec.path and apply the file by hand once: kubectl apply -f %.*s",
			STR_ARG(shown_path(place)), STR_ARG(own_path));
	} else {
		lint_help(lint, finding,
			"move \"%.*s\" back to \"%.*s\", or set spec.path to \"%.*s\" and apply the file by "
			"hand "
			"once: kubectl apply -f %.*s",
			STR_ARG(shown_path(place)), STR_ARG(path), STR_ARG(shown_path(place)),
			STR_ARG(own_path));
	}
	lint_object(lint, finding, root->resource->root, at);
}

static void
check(struct lint *lint, const struct repository *repository)
{
	for (size_t i = 0; i < repository->flux->roots.len; i++) {
		const struct flux_root *root = &repository->flux->roots.items[i];
		const struct flux_kustomization *own = root->kustomization;
		const struct file *file = own->resource->file;
		struct str place = STR("");
		bool is_moved = root->source && !root->is_in_place && !own->build && own->path_node
			&& applied_is_plain(own->path_node) && path_of_place(own, &place)
			&& !path_is_aside(file->source.path) && !file->is_template;
		if (is_moved && !is_shared(repository, file) && !is_patched(repository, own)) {
			report(lint, own, place);
		}
	}
}

const struct rule rule_FX028 = {
	.code = "FX028",
	.name = "bootstrap-moved",
	.summary = "The `gotk-sync.yaml` of a cluster lies elsewhere than its `spec.path` says.",
	.rationale =
		"`flux bootstrap --path PATH` writes `PATH/flux-system/gotk-sync.yaml` with that same path "
		"in it. When the directory was renamed, moved or copied afterwards, the cluster still "
		"applies the old path: if it is gone, Flux stays at *kustomization path not found* and "
		"applies nothing; if it is still there, without `flux-system`, Flux prunes itself. A copy "
		"for a second cluster has both clusters apply the first one's directory.\n\nSilent where "
		"the old path leads to the file after all, or a kustomization file takes it in, which may "
		"patch the path.",
	.advice =
		"Move the directory back. To give a cluster another path, change `spec.path` in the commit "
		"that "
		"moves the directory, and apply the changed `gotk-sync.yaml` by hand once: the cluster looks "
		"at the old path only, and `flux bootstrap` with another `--path` refuses to overwrite it.",
	.reference = "https://fluxcd.io/flux/installation/bootstrap/generic-git-server/",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_repository = check,
};
