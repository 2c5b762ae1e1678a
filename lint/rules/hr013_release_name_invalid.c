#include "applied_finding.h"
#include "flux/release.h"
#include "names.h"

static void
check(struct lint *lint, const struct applied *applied)
{
	struct release release;
	if (!release_read(lint_arena(lint), applied, &release) || !applied_is_plain(release.name_node)) {
		return;
	}
	struct str name = ynode_str(release.name_node);
	if (name.len == 0 || name_is_release(name)) {
		return;
	}
	const struct ynode *place = applied_place(applied, release.name_node);
	struct finding *finding;
	if (name.len > RELEASE_BYTES_MAX) {
		finding = lint_report(lint, place,
			"a release is called by at most %d bytes, and \"%.*s\" has %zu", RELEASE_BYTES_MAX,
			STR_ARG(name), name.len);
		lint_help(lint, finding, "give a shorter name");
	} else {
		finding = lint_report(
			lint, place, "Helm takes \"%.*s\" for no name of a release", STR_ARG(name));
		lint_help(lint, finding,
			"use a-z, 0-9 and \"-\", with a letter or digit at both ends; a name of dots and "
			"such "
			"words is one, too");
	}
	lint_applied(lint, finding, applied, place);
}

const struct rule rule_HR013 = {
	.code = "HR013",
	.name = "release-name-invalid",
	.summary = "A `spec.releaseName` is longer than 53 bytes, or has what Helm refuses in a name.",
	.rationale =
		"Helm's releases have names of at most 53 bytes, for charts put words behind them: lower "
		"case "
		"letters, digits and `-`, in parts with `.` between. The cluster refuses a HelmRelease with "
		"a longer "
		"one; with a wrong letter the object is taken, and the installation fails with *invalid "
		"release name*.\n\nA name that is derived because none is given is cut by the controller: "
		"see HR017.",
	.advice = "Give a name that Helm takes. Another name is another release: an installed one is removed "
		  "and "
		  "installed anew.",
	.reference = "https://fluxcd.io/flux/components/helm/helmreleases/#release-name",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_applied = check,
};
