#include "flux_objects.h"

/* A chart that brings custom kinds. Charts that put their kinds into a value are listed with the value that
 * must be on; where that is off, the kinds come from elsewhere. */
struct provider {
	struct str chart, group;
	const char *values[2][2]; /* one of these must be true; none: they come in any case */
	const char *off[2];       /* this must not be false */
};

static const struct provider providers[] = {
	{ STR_INIT("kube-prometheus-stack"), STR_INIT("monitoring.coreos.com"), { { 0 } },
		{ "crds", "enabled" } },
	{ STR_INIT("prometheus-operator-crds"), STR_INIT("monitoring.coreos.com"), { { 0 } }, { 0 } },
	{ STR_INIT("cert-manager"), STR_INIT("cert-manager.io"),
		{ { "installCRDs", NULL }, { "crds", "enabled" } }, { 0 } },
	{ STR_INIT("external-secrets"), STR_INIT("external-secrets.io"), { { 0 } }, { "installCRDs", NULL } },
	{ STR_INIT("metallb"), STR_INIT("metallb.io"), { { 0 } }, { "crds", "enabled" } },
	{ STR_INIT("traefik"), STR_INIT("traefik.io"), { { 0 } }, { 0 } },
	{ STR_INIT("cloudnative-pg"), STR_INIT("postgresql.cnpg.io"), { { 0 } }, { "crds", "create" } },
	{ STR_INIT("keda"), STR_INIT("keda.sh"), { { 0 } }, { "crds", "install" } },
	{ STR_INIT("kyverno"), STR_INIT("kyverno.io"), { { 0 } }, { "crds", "install" } },
	{ STR_INIT("sealed-secrets"), STR_INIT("bitnami.com"), { { 0 } }, { 0 } },
	{ STR_INIT("velero"), STR_INIT("velero.io"), { { 0 } }, { 0 } },
};

static const struct ynode *
value_at(const struct applied *release, const char *const *path)
{
	const struct ynode *values = applied_spec(release, "values");
	return path[0] ? ynode_at(values, path[0], path[1], NULL) : NULL;
}

static bool
is_written(const struct ynode *node, const char *word)
{
	return str_eq(ynode_str(node), str_from(word));
}

/* Does the release surely bring the provider's kinds? With valuesFrom nobody knows. */
static bool
brings_kinds(const struct applied *release, const struct provider *provider)
{
	bool needs_value = provider->values[0][0] != NULL;
	bool is_on = !needs_value || is_written(value_at(release, provider->values[0]), "true")
		|| is_written(value_at(release, provider->values[1]), "true");
	return is_on && !is_written(value_at(release, provider->off), "false")
		&& !applied_spec(release, "valuesFrom") && !applied_is_suspended(release)
		&& !is_written(ynode_get(applied_spec(release, "install"), STR("crds")), "Skip");
}

static bool
is_chart(const struct applied *applied, const struct provider *provider)
{
	const struct ynode *chart = applied_is_release(applied) ? applied_spec(applied, "chart") : NULL;
	return str_eq(ynode_str(ynode_at(chart, "spec", "chart", NULL)), provider->chart);
}

/* Could the kinds be there before the build is applied, from the build itself or from another one? */
static bool
come_otherwise(const struct cluster *cluster, const struct applied *release, struct str group)
{
	for (size_t i = 0; i < cluster->objects.len; i++) {
		const struct applied *applied = &cluster->objects.items[i];
		bool is_kind =
			applied_is(applied, STR("apiextensions.k8s.io"), STR("CustomResourceDefinition"));
		if (is_kind && str_eq(ynode_str(applied_spec(applied, "group")), group)) {
			return true;
		}
		for (size_t j = 0; applied->by != release->by && j < countof(providers); j++) {
			if (str_eq(providers[j].group, group) && is_chart(applied, &providers[j])) {
				return true;
			}
		}
	}
	return false;
}

static void
report(struct lint *lint, const struct applied *first, size_t count, const struct applied *release)
{
	const struct identity *id = &first->object->id;
	struct arena *arena = lint_arena(lint);
	struct str more = count > 1 ? arena_printf(arena, " and %zu more", count - 1) : STR("");
	struct finding *finding = lint_report(lint, applied_name_node(first),
		"the Kustomization \"%.*s\" applies %.*s \"%.*s\"%.*s together with the release that brings "
		"the "
		"kind: on a new cluster it fails with \"no matches for kind\", and applies neither",
		STR_ARG(first->by->name), STR_ARG(id->kind), STR_ARG(id->name), STR_ARG(more));
	lint_relate(lint, finding, applied_name_node(release), "the chart of this release brings \"%.*s\"",
		STR_ARG(id->group));
	lint_help(lint, finding,
		"move it to a Kustomization of its own with dependsOn on \"%.*s\", which needs wait: true",
		STR_ARG(first->by->name));
	lint_object(lint, finding, first->object->resource->root, applied_name_node(first));
}

static void
check_release(struct lint *lint, const struct applied *release, const struct provider *provider)
{
	const struct cluster *cluster = release->cluster;
	const struct applied *first = NULL;
	size_t count = 0;
	for (size_t i = 0; i < cluster->objects.len; i++) {
		const struct applied *applied = &cluster->objects.items[i];
		if (applied->by == release->by && str_eq(applied->object->id.group, provider->group)) {
			first = first ? first : applied;
			count++;
		}
	}
	if (first && brings_kinds(release, provider) && !come_otherwise(cluster, release, provider->group)) {
		report(lint, first, count, release);
	}
}

static void
check(struct lint *lint, const struct applied *applied)
{
	for (size_t i = 0; applied->cluster && i < countof(providers); i++) {
		if (applied->cluster->root->is_complete && is_chart(applied, &providers[i])) {
			check_release(lint, applied, &providers[i]);
		}
	}
}

const struct rule rule_FX014 = {
	.code = "FX014",
	.name = "crd-and-cr-same-kustomization",
	.summary =
		"A Kustomization applies objects of a custom kind together with the HelmRelease that brings "
		"the kind.",
	.rationale =
		"Flux applies the CRDs and Namespaces of a build first, and asks the API server about all "
		"the rest before it applies any of it. A CRD that lies in the build is there by then; one "
		"that a chart brings is not, for its HelmRelease belongs to the rest: *no matches for kind* "
		"stops the whole Kustomization, the HelmRelease too. On a cluster that has the kinds "
		"already nothing is seen of it; a new one, or one that is restored, never gets "
		"there.\n\nSaid of well-known charts only, and where no other build of the cluster brings "
		"the kinds.",
	.advice = "Put the custom objects into another directory with a Kustomization of its own, which "
		  "depends on the first (`dependsOn`); that needs `wait: true`, so that it is ready only "
		  "when the "
		  "release is.",
	.reference = "https://fluxcd.io/flux/guides/repository-structure/",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_applied = check,
};
