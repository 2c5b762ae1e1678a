#include "applied_finding.h"
#include "dependencies.h"

/* Does another item name it, or mean to? */
static bool
is_named_twice(const struct lint *lint, const struct reference *r, const struct applied *near)
{
	for (const struct ynode *item = applied_items(r->from, "dependsOn"); item; item = item->next) {
		struct reference other;
		if (!dependency_read(r->from, item, &other)) {
			return true;
		}
		const struct applied *meant = reference_is_met(&other)
			? cluster_find(r->from->cluster, r->group, r->kind, other.namespace, other.name)
			: reference_only_near(lint, &other);
		if (other.at != r->at && meant == near) {
			return true;
		}
	}
	return false;
}

static void
mend(struct lint *lint, struct finding *finding, const struct reference *r)
{
	const struct applied *near = reference_only_near(lint, r);
	if (near && applied_is_as_written(r->from, r->at) && applied_is_alone(lint, r->from)
		&& !is_named_twice(lint, r, near) && !applied_waits_for(near, r->from)) {
		lint_fix(lint, finding,
			edit_scalar(lint_arena(lint), applied_text(r->from), r->at, near->object->id.name));
	}
}

static void
check_item(struct lint *lint, const struct applied *applied, const struct ynode *item)
{
	struct reference on;
	if (!dependency_read(applied, item, &on) || reference_is_met(&on)) {
		return;
	}
	struct str message = arena_printf(lint_arena(lint),
		"nothing here makes the %.*s \"%.*s/%.*s\" that this one waits for", STR_ARG(on.kind),
		STR_ARG(on.namespace), STR_ARG(on.name));
	mend(lint, reference_report(lint, &on, message), &on);
}

static void
check(struct lint *lint, const struct applied *applied)
{
	bool is_judged = applied->cluster && applied->cluster->root->is_complete
		&& (applied_is_kustomization(applied) || applied_is_release(applied));
	const struct ynode *item = is_judged ? applied_items(applied, "dependsOn") : NULL;
	for (; item; item = item->next) {
		check_item(lint, applied, item);
	}
}

const struct rule rule_FX008 = {
	.code = "FX008",
	.name = "depends-on-unresolved",
	.summary = "`dependsOn` names something that this repository does not make in the cluster.",
	.rationale =
		"A Kustomization waits for Kustomizations, a HelmRelease for HelmReleases, in its own "
		"namespace unless the item says another. Where there is none of that name it stays at "
		"*dependency 'NAMESPACE/NAME' not found*, for ever: nothing below it is applied, and an "
		"update of it neither.\n\nInformation, for the dependency may be made by something else; a "
		"warning where an object of nearly the same name, of the same name in another namespace, or "
		"of another kind is there. Said only where all is known that the cluster gets from this "
		"repository.",
	.advice =
		"Correct name or namespace. A Kustomization that needs what a HelmRelease installs depends "
		"on the Kustomization that applies the HelmRelease, which has to wait for it (`wait: true`). "
		"The name is corrected where a single one is near and this makes no circle: a fix that is to "
		"be asked for, as something else may make the other.",
	.reference = "https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.fix = FIX_UNSAFE,
	.check_applied = check,
};
