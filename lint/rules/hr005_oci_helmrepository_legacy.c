#include "applied_finding.h"

static void
check(struct lint *lint, const struct applied *applied)
{
	const struct ynode *type = applied_spec(applied, "type");
	if (!applied_is(applied, FLUX_SOURCE_GROUP, STR("HelmRepository"))
		|| !str_eq(ynode_str(type), STR("oci"))) {
		return;
	}
	const struct ynode *place = applied_place(applied, type);
	struct finding *finding =
		lint_report(lint, place, "HelmRepositories of type oci get no new features any more");
	lint_help(lint, finding,
		"use an OCIRepository for the chart, with the chart's name behind the address, and "
		"spec.chartRef in the HelmRelease");
	lint_applied(lint, finding, applied, place);
}

const struct rule rule_HR005 = {
	.code = "HR005",
	.name = "oci-helmrepository-legacy",
	.summary = "A chart comes from a registry by a HelmRepository of type `oci`.",
	.rationale =
		"Flux keeps this type alive and builds on OCIRepository: only that one pins by digest, "
		"verifies "
		"and caches a chart as an artifact of its own, says in its status what it fetched and when, "
		"and can be shared by several releases through `spec.chartRef` (Flux 2.3 and newer).\n\nA "
		"matter "
		"of taste: this rule runs only when it is selected.",
	.advice = "Replace it by one OCIRepository a chart, and `spec.chart` by `spec.chartRef`. A release "
		  "keeps "
		  "its name and history in the move.",
	.reference = "https://fluxcd.io/flux/components/source/helmrepositories/#helm-oci-repository",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.is_strict = true,
	.check_applied = check,
};
