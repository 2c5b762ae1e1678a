#include "applied_finding.h"
#include "flux_resource_paths.h"

/* What the clusters of this repository have of the kind and name. */
struct search {
	const struct flux_resource_path *path;
	bool is_found;                   /* it is there, or something of the name may be */
	const struct applied *elsewhere; /* the one of that name in another namespace */
	size_t count;                    /* of those */
};

static void
look_at(struct search *search, const struct applied *applied)
{
	const struct identity *id = &applied->object->id;
	if (!applied_is(applied, search->path->group, search->path->kind)) {
		return;
	}
	bool is_known = applied_text_is_plain(id->name) && applied_text_is_plain(id->namespace);
	if (!is_known) {
		search->is_found = true;
	} else if (str_eq(id->name, search->path->name)) {
		search->is_found = search->is_found || str_eq(id->namespace, search->path->namespace);
		search->elsewhere = applied;
		search->count++;
	}
}

static void
check_path(struct lint *lint, const struct flux_resource_path *path)
{
	const struct clusters *clusters = lint_repository(lint)->clusters;
	struct search search = { .path = path };
	if (path->name.len == 0) {
		return;
	}
	for (size_t i = 0; i < clusters->items.len; i++) {
		const struct cluster *cluster = &clusters->items.items[i];
		for (size_t j = 0; j < cluster->objects.len; j++) {
			look_at(&search, &cluster->objects.items[j]);
		}
	}
	for (size_t i = 0; i < clusters->loose.len; i++) {
		look_at(&search, &clusters->loose.items[i]);
	}
	if (search.is_found || search.count != 1 || search.elsewhere->object->id.namespace.len == 0) {
		return;
	}
	const struct identity *id = &search.elsewhere->object->id;
	struct finding *finding = report_flux_resource_path(lint, path,
		arena_printf(lint_arena(lint), "the %.*s \"%.*s\" is in namespace \"%.*s\", not in \"%.*s\"",
			STR_ARG(path->kind), STR_ARG(path->name), STR_ARG(id->namespace),
			STR_ARG(path->namespace)));
	lint_relate(lint, finding,
		applied_place(
			search.elsewhere, ynode_at(search.elsewhere->object->node, "metadata", "name", NULL)),
		"this is the only one of that name");
	lint_help(lint, finding,
		"write namespaces/%.*s: the namespace of the object itself, not its target namespace",
		STR_ARG(id->namespace));
}

static void
check(struct lint *lint, const struct repository *repository)
{
	each_flux_resource_path(lint, repository, check_path);
}

const struct rule rule_CI005 = {
	.code = "CI005",
	.name = "flux-resource-path-unknown",
	.summary = "`flux_resource_path` of an environment names a Flux object in another namespace than its "
		   "own.",
	.rationale =
		"The Kubernetes dashboard of an environment asks the cluster for exactly the object at "
		"`flux_resource_path`. A HelmRelease lives in its own `metadata.namespace`, which need not "
		"be the `targetNamespace` that it installs to; with the wrong one the dashboard shows no "
		"status.\n\nIt is said when this repository has one object of that kind and name, and it is "
		"in another namespace. An object that is not here at all may come from elsewhere.\n\nTo "
		"verify: `kubectl get helmreleases --all-namespaces` shows where it is.",
	.advice = "Write the namespace that stands in the object's metadata, after all that kustomize makes "
		  "of it.",
	.reference = "https://docs.gitlab.com/ci/yaml/#environmentkubernetes",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.any_file = true,
	.check_repository = check,
};
