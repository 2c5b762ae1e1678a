#include "applied_finding.h"
#include "flux/release.h"

/* Whoever says how a chart's definitions are installed has a chart with some. */
static void
check(struct lint *lint, const struct applied *applied)
{
	struct release release;
	if (!release_read(lint_arena(lint), applied, &release) || !release_is_settled(&release)) {
		return;
	}
	const struct ynode *first = ynode_at(release.spec, "install", "crds", NULL);
	const struct ynode *later = ynode_at(release.spec, "upgrade", "crds", NULL);
	if (!applied_is_plain(first) || str_eq(ynode_str(first), STR("Skip")) || later) {
		return;
	}
	const struct ynode *place = applied_place(applied, first);
	struct finding *finding = lint_report(
		lint, place, "the chart's CRDs are installed once and never again: an upgrade skips them");
	lint_help(lint, finding, "set spec.upgrade.crds to \"CreateReplace\", or to \"Skip\" to say so");
	lint_applied(lint, finding, applied, place);
}

const struct rule rule_HR011 = {
	.code = "HR011",
	.name = "crds-policy",
	.summary = "A HelmRelease says how CRDs are installed, and not how they are upgraded.",
	.rationale = "`install.crds` is `Create` unless it is set, `upgrade.crds` is `Skip`: after an "
		     "upgrade the new "
		     "controllers meet the CustomResourceDefinitions of the first version, and fields that "
		     "the new "
		     "chart's documentation shows are refused. Who wrote the first of the two has most "
		     "likely meant "
		     "both.\n\nReplacing a definition can lose objects when the chart drops a version of it, "
		     "so this "
		     "is a choice: the rule runs only when it is selected.",
	.advice = "Set `spec.upgrade.crds: CreateReplace`, or state `Skip` and apply the definitions "
		  "otherwise.",
	.reference = "https://fluxcd.io/flux/components/helm/helmreleases/"
		     "#controlling-the-lifecycle-of-custom-resource-definitions",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.is_strict = true,
	.check_applied = check,
};
