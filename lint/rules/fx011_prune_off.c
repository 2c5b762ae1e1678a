#include "flux_objects.h"

static void
check(struct lint *lint, const struct applied *applied)
{
	const struct ynode *prune = applied_is_kustomization(applied) ? applied_spec(applied, "prune") : NULL;
	if (!prune || prune->source == 0 || !str_eq(ynode_str(prune), STR("false"))) {
		return;
	}
	struct finding *finding = lint_report(lint, prune,
		"what is removed from Git stays in the cluster: \"%.*s\" does not prune",
		STR_ARG(applied->object->id.name));
	lint_help(lint, finding,
		"set prune: true; annotate what must stay with "
		"\"kustomize.toolkit.fluxcd.io/prune: disabled\"");
	lint_object(lint, finding, applied->object->resource->root, prune);
}

const struct rule rule_FX011 = {
	.code = "FX011",
	.name = "prune-not-set",
	.summary = "A Kustomization does not prune what is removed from Git.",
	.rationale =
		"With `prune: false` the cluster keeps whatever was applied once: renamed objects run "
		"twice, and what was taken back is still there. Git does not tell what the cluster runs "
		"any more.\n\nThere are good reasons for it, CRDs and storage among them; so this rule runs "
		"only when it is selected. A Kustomization without the field is no valid one.",
	.advice = "Set `prune: true`, and except single objects from it with the annotation "
		  "`kustomize.toolkit.fluxcd.io/prune: disabled`.",
	.reference = "https://fluxcd.io/flux/components/kustomize/kustomizations/#prune",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.is_strict = true,
	.check_applied = check,
};
