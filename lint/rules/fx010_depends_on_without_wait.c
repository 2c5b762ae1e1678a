#include "flux_objects.h"

/* Is the Kustomization ready only when what it applies is? */
static bool
waits(const struct applied *applied)
{
	const struct ynode *wait = applied_spec(applied, "wait");
	return (wait && !str_eq(ynode_str(wait), STR("false"))) || applied_items(applied, "healthChecks")
		|| applied->object->may_differ;
}

static void
check(struct lint *lint, const struct applied *applied)
{
	bool is_judged = applied->cluster && applied_is_kustomization(applied);
	const struct ynode *item = is_judged ? applied_items(applied, "dependsOn") : NULL;
	for (; item; item = item->next) {
		struct reference on;
		const struct applied *target = reference_read(applied, item, &on)
			? cluster_find(applied->cluster, FLUX_KUSTOMIZE_GROUP, STR("Kustomization"),
				on.namespace, on.name)
			: NULL;
		if (!target || waits(target)) {
			continue;
		}
		struct finding *finding = lint_report(lint, on.at,
			"\"%.*s\" is ready once it is applied, not when it works: this dependency waits for "
			"the "
			"former only",
			STR_ARG(on.name));
		lint_relate(lint, finding, applied_name_node(target), "it has neither wait nor healthChecks");
		lint_help(lint, finding, "set wait: true there, or list healthChecks");
		lint_object(lint, finding, applied->object->resource->root, on.at);
	}
}

const struct rule rule_FX010 = {
	.code = "FX010",
	.name = "depends-on-without-wait",
	.summary = "A Kustomization depends on one that does not wait for what it applies.",
	.rationale =
		"A Kustomization without `wait: true` and without `healthChecks` is ready as soon as the API "
		"server took its objects. One that depends on it starts then, whether the Deployments, "
		"HelmReleases and CRDs of the first are there or not: webhooks that do not answer yet, and "
		"*no matches for kind* where the CRDs come from a chart.\n\nWhere it is only the order of "
		"objects that matters the dependency does its work without; so this rule runs only when it "
		"is selected.",
	.advice =
		"Set `wait: true` on the Kustomization that is depended on, with a `timeout` that suits it.",
	.reference = "https://fluxcd.io/flux/components/kustomize/kustomizations/#wait",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.is_strict = true,
	.check_applied = check,
};
