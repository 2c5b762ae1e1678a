#include "rule.h"

enum { WATCH_MAJOR = 2, WATCH_MINOR = 7 };

/* Has the cluster a Flux that looks for the label? */
static bool
is_watched(const struct flux_version *version)
{
	return version->major > WATCH_MAJOR
		|| (version->major == WATCH_MAJOR && version->minor >= WATCH_MINOR);
}

static void
check_reference(struct lint *lint, const struct applied *applied, const struct ynode *reference)
{
	const struct ynode *kind = ynode_get(reference, STR("kind"));
	const struct ynode *name = ynode_get(reference, STR("name"));
	if (!applied_is_plain(kind) || !applied_is_plain(name)) {
		return;
	}
	const struct applied *found = cluster_find(
		applied->cluster, STR(""), ynode_str(kind), applied->object->id.namespace, ynode_str(name));
	if (!found || found->object->may_differ || found->object->is_generated) {
		return;
	}
	const struct ynode *labels = ynode_at(found->object->node, "metadata", "labels", NULL);
	if (ynode_get(labels, STR("reconcile.fluxcd.io/watch"))) {
		return;
	}
	const struct ynode *written = found->object->written;
	const struct ynode *metadata = ynode_key(written, STR("metadata"));
	struct finding *finding = lint_report(lint, metadata ? metadata : written,
		"a change of this %.*s reaches \"%.*s\" only with its next interval",
		STR_ARG(ynode_str(kind)), STR_ARG(applied->object->id.name));
	if (name->source) {
		lint_relate(lint, finding, name, "the %.*s that reads it", STR_ARG(applied->object->id.kind));
	}
	lint_help(lint, finding, "add the label \"reconcile.fluxcd.io/watch: Enabled\"");
	lint_object(lint, finding, found->object->resource->root, metadata ? metadata : written);
}

static void
check(struct lint *lint, const struct applied *applied)
{
	bool is_release = applied_is(applied, STR("helm.toolkit.fluxcd.io"), STR("HelmRelease"));
	bool is_kustomization = applied_is(applied, STR("kustomize.toolkit.fluxcd.io"), STR("Kustomization"));
	if (!applied->cluster || !(is_release || is_kustomization)
		|| !is_watched(&applied->cluster->root->version)) {
		return;
	}
	const struct ynode *list = is_release
		? applied_spec(applied, "valuesFrom")
		: ynode_get(applied_spec(applied, "postBuild"), STR("substituteFrom"));
	const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? list->first : NULL;
	for (; item; item = item->next) {
		check_reference(lint, applied, item);
	}
}

const struct rule rule_FX021 = {
	.code = "FX021",
	.name = "watch-label-missing",
	.summary = "Flux does not notice at once when a ConfigMap or Secret changes that it takes values or "
		   "variables from.",
	.rationale =
		"From Flux 2.7 on a ConfigMap or Secret under `spec.postBuild.substituteFrom` of a "
		"Kustomization "
		"or `spec.valuesFrom` of a HelmRelease is looked at when it changes, if it has the label "
		"`reconcile.fluxcd.io/watch: Enabled`. Without it the change waits for the next interval of "
		"the "
		"object that reads it, which may be hours.\n\nA matter of taste: the rule runs only when it "
		"is "
		"selected, and only where `gotk-components.yaml` says that Flux is new enough. A controller "
		"whose "
		"`--watch-configs-label-selector` was changed is not known of.",
	.advice = "Add the label.",
	.reference = "https://fluxcd.io/flux/components/helm/helmreleases/#values-references",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.is_strict = true,
	.check_applied = check,
};
