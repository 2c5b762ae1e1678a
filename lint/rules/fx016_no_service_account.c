#include "flux_objects.h"

static void
check(struct lint *lint, const struct applied *applied)
{
	bool applies = applied_is_kustomization(applied) || applied_is_release(applied);
	if (!applies || applied_is_bootstrapped(applied) || applied_spec(applied, "serviceAccountName")
		|| applied_spec(applied, "kubeConfig")) {
		return;
	}
	const struct ynode *at = applied_name_node(applied);
	struct finding *finding = lint_report(lint, at,
		"the %.*s \"%.*s\" names no service account: it is applied with the rights of Flux itself",
		STR_ARG(applied->object->id.kind), STR_ARG(applied->object->id.name));
	lint_help(lint, finding, "set serviceAccountName to one that may do what is needed, and no more");
	lint_object(lint, finding, applied->object->resource->root, at);
}

const struct rule rule_FX016 = {
	.code = "FX016",
	.name = "missing-service-account",
	.summary = "A Kustomization or HelmRelease names no service account.",
	.rationale =
		"Without `serviceAccountName` Flux applies with its own rights, those of a cluster-admin as "
		"`flux bootstrap` sets it up: who may commit below that path may do anything in the "
		"cluster. With `--default-service-account`, as multi-tenancy wants it, the object is "
		"applied with the rights of that account of its namespace instead, and fails where there "
		"is none.\n\nFor a cluster without tenants that is what is meant; so this rule runs only "
		"when it is selected.",
	.advice = "Make a ServiceAccount with a RoleBinding in the tenant's namespace, and name it.",
	.reference = "https://fluxcd.io/flux/installation/configuration/multitenancy/",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.is_strict = true,
	.check_applied = check,
};
