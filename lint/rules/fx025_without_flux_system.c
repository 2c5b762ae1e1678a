#include "flux_objects.h"
#include "path.h"

/* What a root's own manifests are, and which of them its cluster would lose. */
struct loss {
	const struct repository *repository;
	const struct cluster *cluster;
	const struct file *lost; /* gotk-sync.yaml, or gotk-components.yaml beside it */
	const struct file *list; /* the kustomization file that would have to name it; NULL: a walk */
	struct str entry;        /* what the list lacks */
};

/* Is Flux itself installed by a chart or an operator, whatever gotk-components.yaml says? */
static bool
comes_otherwise(const struct loss *loss)
{
	const struct flux *flux = loss->repository->flux;
	for (size_t i = 0; i < flux->declared.len; i++) {
		if (flux->declared.items[i].kind == FLUX_DECLARED_INSTANCE) {
			return true;
		}
	}
	for (size_t i = 0; i < loss->cluster->objects.len; i++) {
		const struct applied *applied = &loss->cluster->objects.items[i];
		const struct ynode *spec = ynode_get(applied->object->node, STR("spec"));
		struct str chart = ynode_str(ynode_at(spec, "chart", "spec", "chart", NULL));
		if (applied_is_release(applied) && str_find(chart, STR("flux")) < chart.len) {
			return true;
		}
	}
	return false;
}

/* Does the cluster get it from nowhere, and was it not excepted from pruning? */
static bool
is_lost(const struct cluster *cluster, const struct resource *resource)
{
	for (size_t i = 0; i < cluster->objects.len; i++) {
		if (cluster->objects.items[i].object->resource == resource) {
			return false;
		}
	}
	return !cluster_find(cluster, resource->group, resource->kind, resource->namespace, resource->name)
		&& !str_eq(node_mark(resource->root, "kustomize.toolkit.fluxcd.io/prune"), STR("disabled"));
}

/* The Deployment of `file` that applies what Flux applies. */
static const struct resource *
find_controller(const struct resources *resources, const struct file *file)
{
	for (size_t i = 0; file && i < resources->len; i++) {
		const struct resource *resource = &resources->items[i];
		if (resource->file == file && resource_is(resource, STR("apps"), STR("Deployment"))
			&& str_eq(resource->name, STR("kustomize-controller"))) {
			return resource;
		}
	}
	return NULL;
}

/* The file that the cluster loses, or NULL. */
static const struct file *
find_lost(const struct loss *loss)
{
	static const struct str names[] = { STR_INIT("gotk-components.yaml"), STR_INIT("") };
	const struct resource *root = loss->cluster->root->kustomization->resource;
	const struct file *components =
		files_first_of(loss->repository->files, path_parent(root->file->source.path), names);
	const struct resource *controller = find_controller(loss->repository->resources, components);
	if (is_lost(loss->cluster, root)) {
		return root->file;
	}
	return controller && is_lost(loss->cluster, controller) ? components : NULL;
}

/* The kustomization file that is nearest to the lost file of those that the build reads, and what it would
 * have to name: the file, or its directory where that has a kustomization file of its own. */
static void
find_list(struct loss *loss)
{
	const struct build *build = loss->cluster->root->kustomization->build;
	struct str directory = path_parent(loss->lost->source.path);
	const struct file *beside = files_first_of(loss->repository->files, directory, kustomization_names);
	bool reads_beside = false;
	for (size_t i = 0; beside && i < build->files.len; i++) {
		reads_beside = reads_beside || build->files.items[i] == beside;
	}
	loss->list = reads_beside ? beside : build->kustomization;
	loss->entry = beside && !reads_beside ? directory : loss->lost->source.path;
	struct str home = loss->list ? path_parent(loss->list->source.path) : STR("");
	if (home.len > 0 && path_is_below(loss->entry, home)) {
		loss->entry = str_skip(loss->entry, home.len + 1);
	}
}

static void
advise(struct lint *lint, struct finding *finding, const struct loss *loss)
{
	struct arena *arena = lint_arena(lint);
	struct str text = loss->list->source.text;
	const struct ynode *root = loss->list->docs ? loss->list->docs->root : NULL;
	const struct ynode *list = ynode_get(root, STR("resources"));
	lint_help(lint, finding, "add \"%.*s\" to resources of \"%.*s\"", STR_ARG(loss->entry),
		STR_ARG(loss->list->source.path));
	if (list || root) {
		lint_fix(lint, finding,
			list ? edit_append_item(arena, text, list, loss->entry)
			     : edit_add_list(arena, text, root, STR("resources"), loss->entry));
	}
}

static struct finding *
report(struct lint *lint, const struct loss *loss)
{
	const struct flux_kustomization *own = loss->cluster->root->kustomization;
	const struct ynode *start = own->path_node ? own->path_node : own->resource->root;
	const struct file *list = loss->list;
	const struct ynode *key = list && list->docs ? ynode_key(list->docs->root, STR("resources")) : NULL;
	const struct ynode *at = list ? key : start;
	struct str message = arena_printf(lint_arena(lint),
		"nothing at \"%.*s\" leads Flux to its own \"%.*s\": it removes itself if it applied that "
		"before, and if not, is never updated from Git",
		STR_ARG(shown_path(own->path)), STR_ARG(loss->lost->source.path));
	struct finding *finding = at
		? lint_report(lint, at, "%.*s", STR_ARG(message))
		: lint_report_at(lint, list, (struct span){ 0, 0 }, "%.*s", STR_ARG(message));
	lint_relate_file(lint, finding, loss->lost, list ? "this file" : "an ignore pattern leaves it out");
	if (list) {
		lint_relate(lint, finding, start, "Flux starts here, and prunes");
		advise(lint, finding, loss);
	} else {
		lint_help(lint, finding,
			"take the pattern out of .sourceignore, or out of spec.ignore of the source");
	}
	return finding;
}

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct clusters *clusters = repository->clusters;
	for (size_t i = 0; i < clusters->items.len; i++) {
		struct loss loss = { .repository = repository, .cluster = &clusters->items.items[i] };
		const struct flux_root *root = loss.cluster->root;
		const struct ynode *spec = root->kustomization->spec;
		bool prunes = !root->instance /* the operator makes the root's own objects */
			&& str_eq(ynode_str(ynode_get(spec, STR("prune"))), STR("true"))
			&& !flux_is_suspended(root->kustomization);
		loss.lost =
			prunes && root->kustomization->build->result == BUILD_OK ? find_lost(&loss) : NULL;
		if (loss.lost && !comes_otherwise(&loss)) {
			find_list(&loss);
			struct finding *finding = report(lint, &loss);
			finding->severity = root->is_complete ? SEVERITY_ERROR : SEVERITY_WARNING;
		}
	}
}

const struct rule rule_FX025 = {
	.code = "FX025",
	.name = "cluster-kustomization-without-flux-system",
	.summary = "What a cluster's root applies does not hold Flux's own manifests, so that Flux removes "
		   "itself.",
	.rationale =
		"The Kustomization that `flux bootstrap` makes prunes: an object that it applied once and "
		"that its path does not lead to any more is deleted. Without a `kustomization.yaml` at the "
		"path, Flux takes everything below, `flux-system/` too. With one, it takes what that lists: "
		"a list without `flux-system` has Flux delete its own controllers, its CRDs, and with these "
		"all Kustomizations, sources and releases of the cluster. Where it never was in the list, "
		"Flux "
		"stays, and what is committed to update it never arrives.\n\nA warning where not all can be "
		"told that the cluster gets. Silent where the root does not prune, where the objects have "
		"`kustomize.toolkit.fluxcd.io/prune: disabled`, and where an operator or a chart installs "
		"Flux. To see what a cluster would lose: `flux diff kustomization flux-system --path PATH`.",
	.advice = "List `flux-system` under `resources` of the `kustomization.yaml` at the cluster's path, "
		  "before it is merged. Where Flux is gone already, run `flux bootstrap` again with the same "
		  "path: what is in Git comes back, what was made by hand does not.",
	.reference = "https://fluxcd.io/flux/installation/configuration/boostrap-customization/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.fix = FIX_UNSAFE,
	.check_repository = check,
};
