#include "edit.h"
#include "flux/api.h"
#include "flux_resource_paths.h"

/* How the clusters of this repository whose Flux is known take the version. */
struct served {
	bool by_some, by_none; /* by_none: one is known at least */
	bool lacks_successor;
};

static struct served
ask_clusters(
	const struct repository *repository, const struct flux_api *api, const struct flux_api *successor)
{
	struct served served = { 0 };
	size_t known = 0;
	for (size_t i = 0; i < repository->clusters->items.len; i++) {
		struct flux_version flux = repository->clusters->items.items[i].root->version;
		if (flux.major + flux.minor == 0) {
			continue;
		}
		known++;
		served.by_some |= flux_api_state(api, flux) != FLUX_API_REMOVED;
		served.lacks_successor |= flux_api_state(successor, flux) == FLUX_API_MISSING;
	}
	served.by_none = known > 0 && !served.by_some;
	return served;
}

static void
mend(struct lint *lint, struct finding *finding, const struct flux_resource_path *path,
	const struct flux_api *successor)
{
	struct str rest = str_skip(ynode_str(path->value), path->group.len + 1 + path->version.len);
	lint_fix(lint, finding,
		edit_scalar(lint_arena(lint), path->job->file->source.text, path->value,
			arena_printf(lint_arena(lint), "%.*s/%.*s%.*s", STR_ARG(path->group),
				STR_ARG(successor->version), STR_ARG(rest))));
}

static void
check_version(struct lint *lint, const struct flux_resource_path *path)
{
	struct str version = path->version;
	const struct flux_api *api = flux_api_find(path->group, path->kind, version);
	const struct flux_api *successor = api ? flux_api_successor(api, (struct flux_version){ 0 }) : NULL;
	if (!api || !api->removed_since || !successor) {
		return;
	}
	struct served served = ask_clusters(lint_repository(lint), api, successor);
	if (served.by_some) {
		return; /* HR001 tells when it goes */
	}
	struct finding *finding = report_flux_resource_path(lint, path,
		arena_printf(lint_arena(lint),
			"%.*s %.*s is gone since Flux %u.%u%s the dashboard shows no Flux status",
			STR_ARG(path->kind), STR_ARG(version), FLUX_RELEASE_MAJOR(api->removed_since),
			FLUX_RELEASE_MINOR(api->removed_since), served.by_none ? ":" : ", with which"));
	finding->severity = served.by_none ? SEVERITY_ERROR : SEVERITY_WARNING;
	lint_help(lint, finding, "write %.*s/%.*s/…%s", STR_ARG(path->group), STR_ARG(successor->version),
		str_eq(version, STR("v2beta1"))
			? "; \"glab cluster agent bootstrap\" writes v2beta1 by default"
			: "");
	if (!served.lacks_successor) {
		mend(lint, finding, path, successor);
	}
}

static void
check_path(struct lint *lint, const struct flux_resource_path *path)
{
	check_version(lint, path);
	if (path->is_plain && (path->namespace.len == 0 || path->name.len == 0)) {
		struct finding *finding = report_flux_resource_path(lint, path,
			STR("this is no path of a HelmRelease or Kustomization: the dashboard shows no Flux "
			    "status"));
		finding->severity = SEVERITY_WARNING;
		lint_help(lint, finding,
			"write helm.toolkit.fluxcd.io/v2/namespaces/NAMESPACE/helmreleases/NAME or "
			"kustomize.toolkit.fluxcd.io/v1/namespaces/NAMESPACE/kustomizations/NAME");
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	each_flux_resource_path(lint, repository, check_path);
}

const struct rule rule_CI004 = {
	.code = "CI004",
	.name = "flux-resource-path-stale",
	.summary = "`flux_resource_path` of an environment names an API version that Flux no longer serves.",
	.rationale =
		"The Kubernetes dashboard of an environment asks the cluster for the object at "
		"`flux_resource_path`, with the API version that stands in it. Flux 2.7 and 2.8 removed the "
		"beta versions, so the request fails and the dashboard shows neither the status of the "
		"release nor its buttons. The deployment itself goes on. `glab cluster agent bootstrap` "
		"writes "
		"`v2beta1` by default, whatever Flux runs.\n\nIt is an error when this repository holds the "
		"manifests of a Flux that no longer serves the version, a warning when it holds none, and "
		"nothing is said when it serves it.\n\nTo verify: `kubectl get --raw "
		"/apis/helm.toolkit.fluxcd.io/v2beta1` answers *NotFound*.",
	.advice = "Write `helm.toolkit.fluxcd.io/v2` (from Flux 2.3 on) or `kustomize.toolkit.fluxcd.io/v1` "
		  "(from 2.0 on). For glab give `--environment-flux-resource-path`.",
	.reference = "https://docs.gitlab.com/ci/yaml/#environmentkubernetes",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.any_file = true,
	.check_repository = check,
};
