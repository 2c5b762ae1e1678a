#include "edit.h"
#include "flux/api.h"
#include "rule.h"
#include "scripts/ci_jobs.h"

enum { PARTS = 6 }; /* GROUP/VERSION/namespaces/NAMESPACE/PLURAL/NAME */

struct kind {
	struct str group, plural, kind;
};

static const struct kind kinds[] = {
	{ STR_INIT("helm.toolkit.fluxcd.io"), STR_INIT("helmreleases"), STR_INIT("HelmRelease") },
	{ STR_INIT("kustomize.toolkit.fluxcd.io"), STR_INIT("kustomizations"), STR_INIT("Kustomization") },
};

static const struct kind *
kind_of_group(struct str group)
{
	for (size_t i = 0; i < countof(kinds); i++) {
		if (str_eq(kinds[i].group, group)) {
			return &kinds[i];
		}
	}
	return NULL;
}

struct place {
	struct lint *lint;
	const struct ci_job *job;
	const struct ynode *value;
};

static struct finding *
report(const struct place *place, struct str message)
{
	struct finding *finding = lint_report(place->lint, place->value, "%.*s", STR_ARG(message));
	lint_object(place->lint, finding, place->job->root, place->value);
	return finding;
}

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
check_version(const struct place *place, const struct kind *kind, struct str version)
{
	struct arena *arena = lint_arena(place->lint);
	const struct flux_api *api = flux_api_find(kind->group, kind->kind, version);
	const struct flux_api *successor = api ? flux_api_successor(api, (struct flux_version){ 0 }) : NULL;
	if (!api || !api->removed_since || !successor) {
		return;
	}
	struct served served = ask_clusters(lint_repository(place->lint), api, successor);
	if (served.by_some) {
		return; /* HR001 tells when it goes */
	}
	struct finding *finding = report(place,
		arena_printf(arena, "%.*s %.*s is gone since Flux %u.%u%s the dashboard shows no Flux status",
			STR_ARG(kind->kind), STR_ARG(version), FLUX_RELEASE_MAJOR(api->removed_since),
			FLUX_RELEASE_MINOR(api->removed_since), served.by_none ? ":" : ", with which"));
	finding->severity = served.by_none ? SEVERITY_ERROR : SEVERITY_WARNING;
	lint_help(place->lint, finding, "write %.*s/%.*s/…%s", STR_ARG(kind->group),
		STR_ARG(successor->version),
		str_eq(version, STR("v2beta1"))
			? "; \"glab cluster agent bootstrap\" writes v2beta1 by default"
			: "");
	struct str rest = str_skip(ynode_str(place->value), kind->group.len + 1 + version.len);
	if (!served.lacks_successor) {
		lint_fix(place->lint, finding,
			edit_scalar(arena, place->job->file->source.text, place->value,
				arena_printf(arena, "%.*s/%.*s%.*s", STR_ARG(kind->group),
					STR_ARG(successor->version), STR_ARG(rest))));
	}
}

static void
check_path(const struct place *place)
{
	struct str text = ynode_str(place->value), rest = text, parts[PARTS];
	size_t count = 0;
	for (; rest.ptr && count < PARTS; count++) {
		parts[count] = str_cut(&rest, '/');
	}
	const struct kind *kind = count > 0 ? kind_of_group(parts[0]) : NULL;
	if (kind && count > 2 && ci_text_is_plain(parts[1])) {
		check_version(place, kind, parts[1]);
	}
	if (!ci_text_is_plain(text) || text.len == 0) {
		return;
	}
	bool whole = count == PARTS && !rest.ptr && str_eq(parts[2], STR("namespaces")) && parts[3].len > 0
		&& parts[PARTS - 1].len > 0;
	if (!kind || !whole || !str_eq(parts[4], kind->plural)) {
		struct finding *finding = report(place,
			STR("this is no path of a HelmRelease or Kustomization: the dashboard shows no Flux "
			    "status"));
		finding->severity = SEVERITY_WARNING;
		lint_help(place->lint, finding,
			"write helm.toolkit.fluxcd.io/v2/namespaces/NAMESPACE/helmreleases/NAME or "
			"kustomize.toolkit.fluxcd.io/v1/namespaces/NAMESPACE/kustomizations/NAME");
	}
}

static void
check_value(const struct place *place)
{
	if (place->value && place->value->kind == YNODE_SCALAR) {
		check_path(place);
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	struct ci_jobs jobs;
	ci_jobs_collect(lint_arena(lint), repository->files, &jobs);
	for (size_t i = 0; i < jobs.len; i++) {
		const struct ynode *kubernetes =
			ynode_at(jobs.items[i].body, "environment", "kubernetes", NULL);
		struct place place = { lint, &jobs.items[i],
			ynode_get(kubernetes, STR("flux_resource_path")) };
		check_value(&place);
		place.value = ynode_at(kubernetes, "dashboard", "flux_resource_path", NULL);
		check_value(&place);
	}
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
