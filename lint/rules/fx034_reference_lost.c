#include "rule.h"

#define SOURCE_GROUP STR("source.toolkit.fluxcd.io")

/* What an object refers to. */
struct reference {
	const struct ynode *at; /* the name */
	struct str group, kind, namespace, name;
};

/* Its name and namespace as they stand in its file, before any transformer. */
static bool
was_written_as(const struct object *object, const struct reference *reference)
{
	const struct resource *resource = object->resource;
	struct str name = resource->name, namespace = resource->namespace;
	if (object->is_generated) { /* its place is the generator */
		name = ynode_str(ynode_get(object->written, STR("name")));
		namespace = ynode_str(ynode_get(object->written, STR("namespace")));
	}
	return str_eq(object->id.group, reference->group) && str_eq(object->id.kind, reference->kind)
		&& str_eq(name, reference->name)
		&& (namespace.len == 0 || str_eq(namespace, reference->namespace));
}

/* What this Kustomization makes of the object that the reference means; NULL when it applies no such one. */
static const struct object *
find_renamed(const struct build *build, const struct reference *reference)
{
	for (size_t i = 0; i < build->objects.len; i++) {
		if (was_written_as(&build->objects.items[i], reference)) {
			return &build->objects.items[i];
		}
	}
	return NULL;
}

static void
check_reference(struct lint *lint, const struct applied *applied, const struct reference *reference)
{
	if (!applied_is_plain(reference->at) || reference->namespace.len == 0
		|| cluster_find(applied->cluster, reference->group, reference->kind, reference->namespace,
			reference->name)) {
		return;
	}
	const struct object *renamed = find_renamed(applied->by->build, reference);
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
	struct reference reference = { .at = ynode_get(node, STR("name")),
		.group = SOURCE_GROUP,
		.kind = ynode_str(ynode_get(node, STR("kind"))),
		.namespace = applied_reference_namespace(applied, node),
		.name = ynode_str(ynode_get(node, STR("name"))) };
	if (reference.at) {
		check_reference(lint, applied, &reference);
	}
}

/* They lie in the namespace of the object that reads them. */
static void
check_values(struct lint *lint, const struct applied *applied, const struct ynode *list)
{
	const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? ynode_follow(list)->first : NULL;
	for (; item; item = item->next) {
		struct reference reference = { .at = ynode_get(item, STR("name")),
			.group = STR(""),
			.kind = ynode_str(ynode_get(item, STR("kind"))),
			.namespace = applied->object->id.namespace,
			.name = ynode_str(ynode_get(item, STR("name"))) };
		bool is_optional = str_eq(ynode_str(ynode_get(item, STR("optional"))), STR("true"));
		if (reference.at && !is_optional) {
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
	if (applied_is(applied, STR("helm.toolkit.fluxcd.io"), STR("HelmRelease"))) {
		check_source(lint, applied, ynode_at(node, "spec", "chart", "spec", "sourceRef", NULL));
		check_source(lint, applied, ynode_at(node, "spec", "chartRef", NULL));
		check_values(lint, applied, ynode_at(node, "spec", "valuesFrom", NULL));
	} else if (applied_is(applied, STR("kustomize.toolkit.fluxcd.io"), STR("Kustomization"))) {
		check_source(lint, applied, applied_spec(applied, "sourceRef"));
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
