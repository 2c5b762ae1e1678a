#include "flux_objects.h"

static void
check_reference(struct lint *lint, const struct applied *applied, const struct ynode *node)
{
	struct reference source;
	const struct identity *id = &applied->object->id;
	if (!reference_read(applied, node, &source) || id->namespace.len == 0
		|| !applied_text_is_plain(id->namespace) || str_eq(source.namespace, id->namespace)) {
		return;
	}
	const struct ynode *at = ynode_get(node, STR("namespace"));
	struct finding *finding = lint_report(lint, at,
		"the %.*s \"%.*s\" of namespace \"%.*s\" reads a source of \"%.*s\"", STR_ARG(id->kind),
		STR_ARG(id->name), STR_ARG(id->namespace), STR_ARG(source.namespace));
	lint_help(lint, finding,
		"put the source into the same namespace, or leave cross-namespace references on");
	lint_object(lint, finding, applied->object->resource->root, at);
}

static void
check(struct lint *lint, const struct applied *applied)
{
	each_source_reference(lint, applied, check_reference);
}

const struct rule rule_FX015 = {
	.code = "FX015",
	.name = "cross-namespace-source",
	.summary = "A Kustomization or HelmRelease reads a source of another namespace.",
	.rationale =
		"Where tenants share a cluster, Flux runs with `--no-cross-namespace-refs=true`: an object "
		"that names a source of another namespace then stays at *AccessDenied: cross-namespace "
		"references have been blocked*. Without that flag everyone who may write a Kustomization "
		"can read what any source holds.\n\nShared sources in `flux-system` are usual where there "
		"are no tenants; so this rule runs only when it is selected.",
	.advice = "Give each tenant sources in its own namespace.",
	.reference = "https://fluxcd.io/flux/installation/configuration/multitenancy/",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.is_strict = true,
	.check_applied = check,
};
