#include "flux_objects.h"

static void
check(struct lint *lint, const struct applied *applied)
{
	const struct identity *id = &applied->object->id;
	const struct ynode *suspend = applied_spec(applied, "suspend");
	if (!applied->cluster || !flux_is_group(id->group) || !applied_is_suspended(applied)
		|| suspend->source == 0) {
		return;
	}
	struct finding *finding =
		lint_report(lint, suspend, "the %.*s \"%.*s\" is suspended: Flux leaves it as it is",
			STR_ARG(id->kind), STR_ARG(id->name));
	lint_help(lint, finding, "take suspend out when what it was for is done");
	lint_object(lint, finding, applied->object->resource->root, suspend);
}

const struct rule rule_FX020 = {
	.code = "FX020",
	.name = "suspended-resource",
	.summary = "A Flux object is suspended in Git.",
	.rationale =
		"`suspend: true` has Flux leave the object alone: no change of it, or of what it applies, "
		"arrives in the cluster, nothing is pruned, and what drifts stays as it is. Committed, it "
		"outlasts `flux resume`, which changes the cluster only: the next reconciliation suspends "
		"the object again. It is often left over from some repair.",
	.advice = "Remove the field, or set it to `false`. Where the object is not needed, remove it.",
	.reference = "https://fluxcd.io/flux/components/kustomize/kustomizations/#suspend",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.check_applied = check,
};
