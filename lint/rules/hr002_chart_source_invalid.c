#include "applied_finding.h"
#include "flux/release.h"

/* The rule on the whole of spec came to v2beta2 with chartRef; before, spec.chart is simply required. */
static bool
has_both_ways(const struct applied *applied)
{
	struct str version = applied->object->id.version;
	return str_eq(version, STR("v2")) || str_eq(version, STR("v2beta2"));
}

static void
report_both(struct lint *lint, const struct release *release)
{
	const struct applied *applied = release->applied;
	const struct ynode *place = applied_place(applied, ynode_get(release->spec, STR("chartRef")));
	const struct ynode *chart = applied_place(applied, ynode_get(release->spec, STR("chart")));
	struct finding *finding = lint_report(lint, place,
		"a HelmRelease takes its chart from spec.chart or from spec.chartRef, and this one has both: "
		"the cluster refuses it");
	lint_relate(lint, finding, chart, "the other one");
	lint_help(lint, finding, "remove one of the two");
	lint_applied(lint, finding, applied, place);
}

static void
report_none(struct lint *lint, const struct release *release)
{
	const struct applied *applied = release->applied;
	const struct ynode *place = applied_place(applied, ynode_key(applied->object->written, STR("spec")));
	struct finding *finding = lint_report(lint, place,
		"the HelmRelease has no chart, neither spec.chart nor spec.chartRef: the cluster refuses it");
	lint_help(lint, finding, "add spec.chart with its sourceRef, or spec.chartRef");
	lint_applied(lint, finding, applied, place);
}

static void
check(struct lint *lint, const struct applied *applied)
{
	struct release release;
	if (!release_read(lint_arena(lint), applied, &release) || !has_both_ways(applied)) {
		return;
	}
	const struct ynode *chart = ynode_get(release.spec, STR("chart"));
	const struct ynode *reference = ynode_get(release.spec, STR("chartRef"));
	if (chart && reference && chart->kind == YNODE_MAPPING && reference->kind == YNODE_MAPPING) {
		report_both(lint, &release);
	}
	/* What no root reaches may be a part of a release that something else puts together. */
	if (!chart && !reference && applied->cluster) {
		report_none(lint, &release);
	}
}

const struct rule rule_HR002 = {
	.code = "HR002",
	.name = "chart-source-invalid",
	.summary = "A HelmRelease has both `spec.chart` and `spec.chartRef`, or neither.",
	.rationale =
		"The API of HelmReleases takes exactly one of the two: `spec.chart` names a chart in a "
		"HelmRepository, GitRepository or Bucket, `spec.chartRef` an OCIRepository, HelmChart or "
		"ExternalArtifact that is the chart. With both or none the whole Kustomization that applies "
		"the object fails: *dry-run failed: … either chart or chartRef must be set*.\n\nJudged after "
		"patches, so a base may leave the chart to its overlays.",
	.advice =
		"Keep one. When a release moves from `spec.chart` to `spec.chartRef`, a patch has to remove "
		"the old field: a merge only adds.",
	.reference = "https://fluxcd.io/flux/components/helm/helmreleases/#chart-template",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_applied = check,
};
