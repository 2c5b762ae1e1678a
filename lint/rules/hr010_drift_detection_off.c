#include "applied_finding.h"
#include "flux/release.h"

static void
check(struct lint *lint, const struct applied *applied)
{
	struct release release;
	if (!release_read(lint_arena(lint), applied, &release) || !release_is_settled(&release)) {
		return;
	}
	const struct ynode *mode = ynode_at(release.spec, "driftDetection", "mode", NULL);
	if (mode && !(applied_is_plain(mode) && str_eq(ynode_str(mode), STR("disabled")))) {
		return;
	}
	const struct ynode *place = applied_place(applied, mode);
	struct finding *finding = lint_report(
		lint, place, "what is changed in the cluster by hand stays until the next release");
	lint_help(lint, finding, "set spec.driftDetection.mode to \"warn\" or \"enabled\"");
	lint_applied(lint, finding, applied, place);
}

const struct rule rule_HR010 = {
	.code = "HR010",
	.name = "drift-detection-off",
	.summary = "A HelmRelease does not look for changes that were made in the cluster.",
	.rationale = "A Flux Kustomization puts back what somebody changed; a HelmRelease does not unless "
		     "`spec.driftDetection.mode` says so: it acts when chart or values change.\n\nA matter "
		     "of taste, for "
		     "charts with webhooks or autoscalers need exceptions: this rule runs only when it is "
		     "selected.",
	.advice = "Start with `warn`, which writes events, and list what others may change in "
		  "`driftDetection.ignore`; then `enabled`.",
	.reference = "https://fluxcd.io/flux/components/helm/helmreleases/#drift-detection",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.is_strict = true,
	.check_applied = check,
};
