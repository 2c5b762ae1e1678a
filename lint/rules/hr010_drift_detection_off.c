#include "applied_finding.h"
#include "flux/release.h"

/* Only says what differs: "enabled" would put it back. v2beta1 takes the field and does not use it, and where
 * something else has a part in it, that may take it as a whole. */
static void
mend(struct lint *lint, struct finding *finding, const struct release *release)
{
	const struct applied *applied = release->applied;
	const struct ynode *spec = applied_own_map(applied, "spec");
	const struct ynode *own = ynode_get(spec, STR("driftDetection"));
	if (!spec || str_eq(applied->object->id.version, STR("v2beta1"))
		|| !ynode_equal(own, ynode_get(release->spec, STR("driftDetection")))) {
		return;
	}
	if (!own) {
		lint_fix(lint, finding,
			edit_add_entry(lint_arena(lint), applied_text(applied), spec,
				STR("driftDetection:\n  mode: warn")));
	} else if (own == ynode_key(spec, STR("driftDetection"))->next && !ynode_extra(own)) {
		lint_fix(lint, finding,
			edit_add_entry(lint_arena(lint), applied_text(applied), own, STR("mode: warn")));
	}
}

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
	if (!mode) {
		mend(lint, finding, &release);
	}
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
		  "`driftDetection.ignore`; then `enabled`. `warn` is added where no mode is stated.",
	.reference = "https://fluxcd.io/flux/components/helm/helmreleases/#drift-detection",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.fix = FIX_SAFE,
	.is_strict = true,
	.check_applied = check,
};
