#include "applied_finding.h"
#include "flux/release.h"
#include "yscalar.h"

/* Where another cluster has the release elsewhere this would part them there. */
static void
mend(struct lint *lint, struct finding *finding, const struct release *release)
{
	const struct applied *applied = release->applied;
	const struct ynode *spec = applied_own_map(applied, "spec");
	if (spec && applied_is_as_written(applied, release->target_node)
		&& ynode_equal(release->target_node, ynode_get(spec, STR("targetNamespace")))
		&& !yscalar_is_ambiguous(release->target) && applied_is_alone(lint, applied)) {
		lint_fix(lint, finding,
			edit_add_entry(lint_arena(lint), applied_text(applied), spec,
				arena_printf(lint_arena(lint), "storageNamespace: %.*s",
					STR_ARG(release->target))));
	}
}

static void
check(struct lint *lint, const struct applied *applied)
{
	struct release release;
	if (!release_read(lint_arena(lint), applied, &release) || !release_is_settled(&release)
		|| release.storage_node || !release.target_node || release.target.len == 0
		|| release.storage.len == 0 || str_eq(release.target, release.storage)) {
		return;
	}
	const struct ynode *place = applied_place(applied, release.target_node);
	struct finding *finding = lint_report(lint, place,
		"the release goes to namespace \"%.*s\", and Helm's record of it to \"%.*s\"",
		STR_ARG(release.target), STR_ARG(release.storage));
	lint_help(lint, finding,
		"for a new release set spec.storageNamespace, too; on an installed one that removes it and "
		"installs it anew");
	mend(lint, finding, &release);
	lint_applied(lint, finding, applied, place);
}

const struct rule rule_HR009 = {
	.code = "HR009",
	.name = "storage-namespace-mismatch",
	.summary = "Helm's record of a release lies in another namespace than the release.",
	.rationale =
		"`spec.targetNamespace` moves the chart's objects only. The record stays in the namespace of "
		"the "
		"HelmRelease, so `helm list` and `helm history` find nothing where the application is, and "
		"whoever "
		"may read Secrets beside the HelmReleases reads the values of all of them. `flux create "
		"helmrelease` sets both since Flux 2.7.\n\nA matter of taste: this rule runs only when it is "
		"selected.",
	.advice = "Set `spec.storageNamespace` to the same namespace before the first installation. Later it "
		  "uninstalls the release and installs it anew: the fix is to be asked for, for releases "
		  "that are "
		  "new.",
	.reference = "https://fluxcd.io/flux/components/helm/helmreleases/#storage-namespace",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.fix = FIX_UNSAFE,
	.is_strict = true,
	.check_applied = check,
};
