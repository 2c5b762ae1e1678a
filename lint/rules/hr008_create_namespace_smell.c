#include "applied_finding.h"
#include "flux/release.h"

static void
check(struct lint *lint, const struct applied *applied)
{
	struct release release;
	if (!release_read(lint_arena(lint), applied, &release)) {
		return;
	}
	const struct ynode *creates = ynode_at(release.spec, "install", "createNamespace", NULL);
	if (!str_eq(ynode_str(creates), STR("true")) || release.target.len == 0) {
		return;
	}
	const struct applied *namespace = applied->cluster
		? cluster_find(applied->cluster, STR(""), STR("Namespace"), STR(""), release.target)
		: NULL;
	const struct ynode *place = applied_place(applied, creates);
	struct finding *finding = namespace
		? lint_report(lint, place,
			"Helm is told to create namespace \"%.*s\", and Flux applies it, too",
			STR_ARG(release.target))
		: lint_report(lint, place,
			"Helm creates namespace \"%.*s\": without labels, and it stays when the release goes",
			STR_ARG(release.target));
	if (namespace) {
		lint_relate(lint, finding, applied_place(namespace, NULL), "the Namespace");
	}
	lint_help(lint, finding,
		namespace ? "remove createNamespace" : "apply a Namespace and remove createNamespace");
	lint_applied(lint, finding, applied, place);
}

const struct rule rule_HR008 = {
	.code = "HR008",
	.name = "create-namespace-smell",
	.summary = "A HelmRelease has Helm create its namespace.",
	.rationale = "A namespace that comes with `install.createNamespace` belongs to nobody: it has no "
		     "labels (for "
		     "Pod Security, say), nothing else can be applied to it before the release is there, "
		     "such as the "
		     "Secret that the release needs, and it stays behind when the release is "
		     "uninstalled.\n\nA matter of taste: this rule runs only when it is selected.",
	.advice = "Apply a Namespace object, in a Kustomization that the release's one depends on or in the "
		  "same "
		  "one.",
	.reference = "https://fluxcd.io/flux/components/helm/helmreleases/#install-configuration",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.is_strict = true,
	.check_applied = check,
};
