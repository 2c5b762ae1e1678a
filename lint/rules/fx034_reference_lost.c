#include "flux_objects.h"

static void
check_reference(struct lint *lint, const struct applied *applied, const struct reference *reference)
{
	const struct object *renamed = reference_is_met(reference) ? NULL : reference_find_renamed(reference);
	if (!renamed || renamed->may_differ) {
		return;
	}
	struct finding *finding = lint_report(lint, reference->at,
		"%.*s \"%.*s/%.*s\" is not there: this Kustomization applies it as \"%.*s/%.*s\"",
		STR_ARG(reference->kind), STR_ARG(reference->namespace), STR_ARG(reference->name),
		STR_ARG(renamed->id.namespace), STR_ARG(renamed->id.name));
	if (!applied->cluster->root->is_complete) {
		finding->severity = SEVERITY_WARNING;
	}
	lint_relate(
		lint, finding, renamed->written, renamed->is_generated ? "generated here" : "written here");
	lint_help(lint, finding,
		"a prefix, suffix, namespace or hash changes names, but not what refers to them from Flux "
		"objects: "
		"take it away, name what comes out, or list the field under nameReference of "
		"\"configurations\"");
	lint_object(lint, finding, applied->object->resource->root, reference->at);
}

static void
check_source(struct lint *lint, const struct applied *applied, const struct ynode *node)
{
	struct reference reference;
	if (node && reference_read(applied, node, &reference)) {
		reference.group = FLUX_SOURCE_GROUP;
		reference.kind = ynode_str(ynode_get(node, STR("kind")));
		check_reference(lint, applied, &reference);
	}
}

/* They lie in the namespace of the object that reads them. */
static void
check_values(struct lint *lint, const struct applied *applied, const struct ynode *list)
{
	const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? ynode_follow(list)->first : NULL;
	for (; item; item = item->next) {
		struct reference reference;
		bool is_optional = str_eq(ynode_str(ynode_get(item, STR("optional"))), STR("true"));
		if (!is_optional && reference_read(applied, item, &reference)) {
			reference.kind = ynode_str(ynode_get(item, STR("kind")));
			check_reference(lint, applied, &reference);
		}
	}
}

static void
check(struct lint *lint, const struct applied *applied)
{
	const struct ynode *node = applied->object->node;
	if (!applied->cluster) {
		return;
	}
	each_source_reference(lint, applied, check_source);
	if (applied_is_release(applied)) {
		check_values(lint, applied, ynode_at(node, "spec", "valuesFrom", NULL));
	} else if (applied_is_kustomization(applied)) {
		check_values(lint, applied, ynode_at(node, "spec", "postBuild", "substituteFrom", NULL));
	}
}

const struct rule rule_FX034 = {
	.code = "FX034",
	.name = "reference-lost",
	.summary = "A Flux object refers to another by a name or namespace that a transformer has changed.",
	.rationale =
		"`namePrefix`, `nameSuffix`, `namespace` (and `targetNamespace` of a Flux Kustomization) and "
		"the "
		"hash of generated ConfigMaps change objects, and in built-in Kubernetes kinds what refers "
		"to them. "
		"Of HelmReleases and Kustomizations kustomize knows nothing: `sourceRef`, `chartRef`, "
		"`valuesFrom` "
		"and `substituteFrom` keep the old name. The release then waits for ever for a source that "
		"is not "
		"there. The two files of `glab cluster agent bootstrap` below a Kustomization with "
		"`targetNamespace` are the usual case: the HelmRepository moves, `sourceRef.namespace` does "
		"not.\n\nSaid when the same build holds the object under its old name and no object of the "
		"cluster "
		"has that name in the end. A warning where not all that the cluster gets is known.",
	.advice = "Keep sources and releases out of the reach of the transformer, or write the name that "
		  "comes out. "
		  "For generated ConfigMaps and Secrets: `disableNameSuffixHash`, or a `configurations` file "
		  "with "
		  "`nameReference` for `spec/valuesFrom/name` of HelmRelease.",
	.reference = "https://fluxcd.io/flux/guides/helmreleases/"
		     "#refer-to-values-in-configmaps-generated-with-kustomize",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_applied = check,
};
