#include "flux_objects.h"

/* Does the build read the file in which `root` starts? */
static bool
takes_in(const struct build *build, const struct flux_root *root)
{
	for (size_t i = 0; i < build->files.len; i++) {
		if (build->files.items[i] == root->kustomization->resource->file) {
			return true;
		}
	}
	return false;
}

static struct finding *
report(struct lint *lint, const struct flux_kustomization *own, const struct flux_root *other)
{
	const struct ynode *at = own->path_node ? own->path_node : own->resource->root;
	bool fails = own->build->result == BUILD_FAILS && own->build->fault == FAULT_DUPLICATE;
	struct finding *finding = lint_report(lint, at, "\"%.*s\" takes in another cluster's \"%.*s\": %s",
		STR_ARG(shown_path(own->path)), STR_ARG(other->kustomization->resource->file->source.path),
		fails ? "Flux fails with \"may not add resource with an already registered id\""
		      : "this cluster applies what that one is for");
	if (!fails) {
		finding->severity = SEVERITY_WARNING;
	}
	lint_help(lint, finding,
		"give each cluster a directory of its own that holds no other's: flux bootstrap "
		"--path=clusters/NAME");
	lint_object(lint, finding, own->resource->root, at);
	return finding;
}

/* One finding for all the clusters that a root takes in. */
static void
check_root(struct lint *lint, const struct flux *flux, const struct flux_kustomization *own)
{
	struct finding *finding = NULL;
	for (size_t i = 0; own->build && i < flux->roots.len; i++) {
		const struct flux_root *other = &flux->roots.items[i];
		const struct flux_kustomization *start = other->kustomization;
		if (other->instance || start->resource->file == own->resource->file
			|| !takes_in(own->build, other)) {
			continue;
		}
		finding = finding ? finding : report(lint, own, other);
		lint_relate(lint, finding, start->path_node ? start->path_node : start->resource->root,
			"another cluster starts here, at \"%.*s\"", STR_ARG(shown_path(start->path)));
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct flux *flux = repository->flux;
	for (size_t i = 0; i < flux->roots.len; i++) {
		check_root(lint, flux, flux->roots.items[i].kustomization);
	}
}

const struct rule rule_FX029 = {
	.code = "FX029",
	.name = "several-clusters-under-one-path",
	.summary = "The path of a cluster takes in the `flux-system` of another one.",
	.rationale =
		"A root at `./` or `clusters/`, with the clusters' own directories below it, applies all "
		"of them: their `flux-system` objects have the same names, so that the build ends with *may "
		"not add resource with an already registered id* and nothing is applied. Where the names "
		"differ it is worse: one cluster gets what the other is for. It comes from bootstrapping "
		"without `--path`, or with `path=…` where `--path=…` was meant, in a repository that "
		"another cluster uses already.",
	.advice = "Give each cluster a directory of its own, beside the others: `flux bootstrap … "
		  "--path=clusters/NAME`. Take the `flux-system` directory of the wrong root out only after "
		  "its cluster was bootstrapped anew.",
	.reference = "https://fluxcd.io/flux/guides/repository-structure/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
