#include "applied_finding.h"
#include "dependencies.h"

/* Is the Kustomization ready only when what it applies is? */
static bool
waits(const struct applied *applied)
{
	const struct ynode *wait = applied_spec(applied, "wait");
	return (wait && !str_eq(ynode_str(wait), STR("false"))) || applied_items(applied, "healthChecks")
		|| applied->object->may_differ;
}

/* Does `target` apply it? It cannot wait for what waits for it. */
static bool
is_applied_by(const struct applied *applied, const struct applied *target)
{
	const struct flux_kustomization *by = applied->by;
	while (by && by != target->applies) {
		by = by->parent;
	}
	return by != NULL;
}

/* May what it applies become ready only after one that depends on it? Then it would wait for ever. */
static bool
may_wait_in_a_circle(const struct flux_kustomization *kustomization)
{
	const struct build *build = kustomization->build;
	if (build->result != BUILD_OK) {
		return true;
	}
	for (size_t i = 0; i < build->objects.len; i++) {
		const struct object *object = &build->objects.items[i];
		const struct ynode *spec = ynode_get(object->node, STR("spec"));
		bool waits_for_others = object->may_differ || flux_spec_suspends(spec)
			|| !str_eq(object->id.kind, STR("HelmRelease")) || ynode_get(spec, STR("dependsOn"));
		bool is_flux = str_eq(object->id.group, FLUX_HELM_GROUP)
			|| str_eq(object->id.group, FLUX_KUSTOMIZE_GROUP);
		if (is_flux && waits_for_others) {
			return true;
		}
	}
	return false;
}

static void
mend(struct lint *lint, struct finding *finding, const struct applied *target)
{
	const struct ynode *spec = applied_own_map(target, "spec");
	if (spec && !applied_spec(target, "wait") && !ynode_key(spec, STR("wait")) && target->applies
		&& !applied_is_suspended(target) && !applied_is_bootstrapped(target)
		&& applied_is_alone(lint, target) && !may_wait_in_a_circle(target->applies)) {
		lint_fix(lint, finding,
			edit_add_entry(lint_arena(lint), applied_text(target), spec, STR("wait: true")));
	}
}

static void
check(struct lint *lint, const struct applied *applied)
{
	bool is_judged = applied->cluster && applied_is_kustomization(applied);
	const struct ynode *item = is_judged ? applied_items(applied, "dependsOn") : NULL;
	for (; item; item = item->next) {
		struct reference on;
		const struct applied *target = dependency_read(applied, item, &on)
			? cluster_find(applied->cluster, on.group, on.kind, on.namespace, on.name)
			: NULL;
		if (!target || waits(target) || is_applied_by(applied, target)) {
			continue;
		}
		struct finding *finding = lint_report(lint, on.at,
			"\"%.*s\" is ready once it is applied, not when it works: this dependency waits for "
			"the "
			"former only",
			STR_ARG(on.name));
		lint_relate(lint, finding, applied_name_node(target), "it has neither wait nor healthChecks");
		lint_help(lint, finding, "set wait: true there, or list healthChecks");
		mend(lint, finding, target);
		lint_object(lint, finding, applied->object->resource->root, on.at);
	}
}

const struct rule rule_FX010 = {
	.code = "FX010",
	.name = "depends-on-without-wait",
	.summary = "A Kustomization depends on one that does not wait for what it applies.",
	.rationale =
		"A Kustomization without `wait: true` and without `healthChecks` is ready as soon as the API "
		"server took its objects. One that depends on it starts then, whether the Deployments, "
		"HelmReleases and CRDs of the first are there or not: webhooks that do not answer yet, and "
		"*no matches for kind* where the CRDs come from a chart.\n\nWhere it is only the order of "
		"objects that matters the dependency does its work without; so this rule runs only when it "
		"is selected.",
	.advice =
		"Set `wait: true` on the Kustomization that is depended on, with a `timeout` that suits it. "
		"That is a fix to be asked for: what never becomes ready holds up everything behind it. It "
		"is "
		"not offered where the Kustomization applies others, or releases that depend on others, for "
		"these may be waiting for one that would wait for them.",
	.reference = "https://fluxcd.io/flux/components/kustomize/kustomizations/#wait",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.fix = FIX_UNSAFE,
	.is_strict = true,
	.check_applied = check,
};
