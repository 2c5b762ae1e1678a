#include "applied_finding.h"
#include "flux/release.h"

static void
check(struct lint *lint, const struct applied *applied)
{
	struct release release;
	if (!release_read(lint_arena(lint), applied, &release) || !release_is_settled(&release)
		|| release.name_node || release.name.len == 0
		|| str_eq(release.name, applied->object->id.name)) {
		return;
	}
	const struct ynode *place = applied_place(applied, release.target_node);
	struct finding *finding = lint_report(lint, place,
		"without spec.releaseName the release is called \"%.*s\"", STR_ARG(release.name));
	lint_help(lint, finding,
		"state spec.releaseName: \"%.*s\" keeps an installed release, any other name makes a new one",
		STR_ARG(release.name));
	lint_applied(lint, finding, applied, place);
}

const struct rule rule_HR017 = {
	.code = "HR017",
	.name = "release-name-derived",
	.summary = "A HelmRelease gives no `spec.releaseName`, and its release is called otherwise than the "
		   "object.",
	.rationale =
		"With `spec.targetNamespace` the release is called by that namespace, `-` and the object's "
		"name; "
		"what is longer than 53 bytes is cut to 40 and gets a hash behind it. Charts put the "
		"release's name before the names of what they make, so Services, Secrets and ServiceAccounts "
		"are not called what the HelmRelease leads one to expect.\n\nA matter of taste: this rule "
		"runs only "
		"when it is selected.",
	.advice = "State the name. For what is installed already it must be the derived one: another one "
		  "removes the release and installs it anew.",
	.reference = "https://fluxcd.io/flux/components/helm/helmreleases/#release-name",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.is_strict = true,
	.check_applied = check,
};
