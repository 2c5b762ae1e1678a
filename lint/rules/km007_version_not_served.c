#include "refusal_text.h"

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct refusals *refusals = repository->refusals;
	for (size_t i = 0; i < refusals->versions.len; i++) {
		const struct unserved *unserved = &refusals->versions.items[i];
		const struct object *object = unserved->object;
		const struct ynode *written = place_in(object, ynode_get(object->node, STR("apiVersion")));
		struct finding *finding = lint_report(lint, written,
			"no CustomResourceDefinition serves a %.*s of %.*s/%.*s", STR_ARG(object->id.kind),
			STR_ARG(object->id.group), STR_ARG(object->id.version));
		lint_object(lint, finding, object->written, written);
		lint_relate(lint, finding, ynode_get(unserved->definition->resource->root, STR("spec")),
			"this is the definition");
		finding->severity = unserved->is_certain ? finding->severity : SEVERITY_WARNING;
		if (unserved->served.len > 0) {
			lint_help(lint, finding, "it serves %.*s", STR_ARG(unserved->served));
		}
	}
}

const struct rule rule_KM007 = {
	.code = "KM007",
	.name = "object-version-not-served",
	.summary = "An object is of a version that its CustomResourceDefinition does not serve.",
	.rationale =
		"The server knows no such kind: `no matches for kind ... in version ...`, and what is "
		"applied together with it is not applied either. A definition lists its versions, and "
		"each is served or not; a new release of an operator stops serving the old ones.\n\nThe "
		"definition is one that the same root applies, or one built beside the object. Flux's own"
		" kinds are left to the rule on Flux's removed versions. To verify: `kubectl api-"
		"resources`.\n\nA warning where no Flux root is known to apply it.",
	.advice = "Write a version that is served, and the fields that it has.",
	.reference = "https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/"
		     "custom-resource-definition-versioning/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
