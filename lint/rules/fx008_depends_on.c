#include "flux_objects.h"

static void
check_item(struct lint *lint, const struct applied *applied, const struct ynode *item)
{
	struct reference on;
	if (!reference_read(applied, item, &on)) {
		return;
	}
	on.group = applied->object->id.group;
	on.kind = applied->object->id.kind;
	if (reference_is_met(&on)) {
		return;
	}
	struct str message = arena_printf(lint_arena(lint),
		"nothing here makes the %.*s \"%.*s/%.*s\" that this one waits for", STR_ARG(on.kind),
		STR_ARG(on.namespace), STR_ARG(on.name));
	(void)reference_report(lint, &on, message);
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
		"on the Kustomization that applies the HelmRelease, which has to wait for it (`wait: true`).",
	.reference = "https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.check_applied = check,
};
