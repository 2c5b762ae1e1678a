#include "kustomize_faults.h"
#include "substituted.h"

/* Is there an object at all that Flux would substitute in? */
static bool
has_objects(const struct flux_kustomization *kustomization)
{
	for (size_t i = 0; i < kustomization->build->objects.len; i++) {
		const struct object *object = &kustomization->build->objects.items[i];
		if (!object->may_differ && !substitution_skips(object)) {
			return true;
		}
	}
	return false;
}

static void
report(struct lint *lint, const struct applied *applied, const struct substitution_name *name)
{
	const struct object *object = name->config_map ? name->config_map : applied->object;
	const struct ynode *place = place_in(object, name->key);
	struct finding *finding =
		lint_report(lint, place, "Flux takes no variable \"%.*s\" and fails: \"var name is invalid\"",
			STR_ARG(ynode_str(name->key)));
	if (applied_is_suspended(applied)) {
		finding->severity = SEVERITY_WARNING;
	}
	if (name->config_map) {
		lint_relate(lint, finding, applied->object->resource->root,
			"the Kustomization that takes its variables from here");
		lint_help(lint, finding,
			"use letters, digits and \"_\" in all keys of the ConfigMap, or keep the others in "
			"another one");
	} else {
		lint_help(lint, finding, "use letters, digits and \"_\", and no digit at the start");
	}
	lint_object(lint, finding, object->resource->root, place);
}

static void
check_closure(struct lint *lint, const struct applied *applied)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct substitution substitution;
	substitution_read(&scratch, applied->cluster->root, applied->applies, &substitution);
	for (size_t i = 0; has_objects(applied->applies) && i < substitution.refused.len; i++) {
		report(lint, applied, &substitution.refused.items[i]);
	}
}

static void
check(struct lint *lint, const struct applied *applied)
{
	if (applied->applies) {
		check_closure(lint, applied);
		return;
	}
	if (!applied_is(applied, FLUX_KUSTOMIZE_GROUP, STR("Kustomization"))) {
		return;
	}
	const struct ynode *map = ynode_get(applied_spec(applied, "postBuild"), STR("substitute"));
	const struct ynode *key = ynode_is(map, YNODE_MAPPING) ? map->first : NULL;
	for (; key && key->next; key = key->next->next) {
		struct str text = ynode_str(key);
		struct substitution_name name = { key, NULL };
		if (!envsubst_is_name(text) && !str_has_char(text, '$') && !str_has_char(text, '{')) {
			report(lint, applied, &name);
		}
	}
}

const struct rule rule_FX032 = {
	.code = "FX032",
	.name = "invalid-variable-name",
	.summary = "A name in `spec.postBuild` of a Flux Kustomization, or in a ConfigMap that it takes "
		   "variables from, cannot be a variable's.",
	.rationale =
		"Before it substitutes, Flux holds every name against "
		"`^[_[:alpha:]][_[:alpha:][:digit:]]*$`, "
		"used or not. One that has a dash or a dot, such as the key `cluster-name` or "
		"`settings.yaml` "
		"of a ConfigMap under `substituteFrom`, ends the whole Kustomization: *var name is invalid, "
		"must match …*.",
	.advice = "Rename the variable; keep keys of another kind in a ConfigMap of their own.",
	.reference = "https://fluxcd.io/flux/components/kustomize/kustomizations/"
		     "#post-build-variable-substitution",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_applied = check,
};
