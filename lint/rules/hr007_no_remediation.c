#include "applied_finding.h"
#include "flux/release.h"

/* Does a failed install or upgrade get another try? What is not known does. */
static bool
is_tried_again(const struct ynode *action)
{
	const struct ynode *retries = ynode_at(action, "remediation", "retries", NULL);
	const struct ynode *strategy = ynode_at(action, "strategy", "name", NULL);
	struct str count = ynode_str(retries), name = ynode_str(strategy);
	bool has_retries = retries && (!applied_is_plain(retries) || !str_eq(count, STR("0")));
	bool has_strategy = strategy && (!applied_is_plain(strategy) || str_eq(name, STR("RetryOnFailure")));
	return has_retries || has_strategy || (action && !ynode_is(action, YNODE_MAPPING));
}

static bool
says(const struct ynode *list, struct str word)
{
	const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? list->first : NULL;
	for (; item; item = item->next) {
		if (str_find(ynode_str(item), word) < ynode_str(item).len) {
			return true;
		}
	}
	return false;
}

/* A feature gate of helm-controller makes trying again the default. */
static bool
is_default(const struct cluster *cluster)
{
	for (size_t i = 0; cluster && i < cluster->objects.len; i++) {
		const struct object *object = cluster->objects.items[i].object;
		const struct ynode *containers =
			ynode_at(object->node, "spec", "template", "spec", "containers", NULL);
		if (!str_eq(object->id.name, STR("helm-controller"))
			|| !ynode_is(containers, YNODE_SEQUENCE)) {
			continue;
		}
		for (const struct ynode *one = containers->first; one; one = one->next) {
			if (says(ynode_get(one, STR("args")), STR("DefaultToRetryOnFailure=true"))) {
				return true;
			}
		}
	}
	return false;
}

/* The lines that are missing, in the mapping that lacks them. One action at a time: the next round sees to
 * the other. */
static const struct edit *
mend(struct lint *lint, const struct applied *applied, const char *action)
{
	struct arena *arena = lint_arena(lint);
	const struct ynode *spec = ynode_get(applied->object->written, STR("spec"));
	const struct ynode *own = ynode_get(spec, str_from(action));
	if (!applied_is_as_written(applied, spec)
		|| !ynode_equal(own, ynode_at(applied->object->node, "spec", action, NULL))) {
		return NULL;
	}
	if (!own) {
		return edit_add_entry(arena, applied_text(applied), spec,
			arena_printf(arena, "%s:\n  remediation:\n    retries: 3", action));
	}
	bool is_clear = !ynode_get(own, STR("remediation")) && !ynode_get(own, STR("strategy"));
	return is_clear ? edit_add_entry(arena, applied_text(applied), own, STR("remediation:\n  retries: 3"))
			: NULL;
}

static void
check(struct lint *lint, const struct applied *applied)
{
	struct release release;
	if (!release_read(lint_arena(lint), applied, &release) || !release_is_agent(&release)
		|| !release_is_settled(&release)) {
		return;
	}
	bool installs = is_tried_again(ynode_get(release.spec, STR("install")));
	bool upgrades = is_tried_again(ynode_get(release.spec, STR("upgrade")));
	if ((installs && upgrades) || is_default(applied->cluster)) {
		return;
	}
	const char *action = installs ? "upgrade" : "install";
	const struct ynode *place = applied_place(applied, ynode_key(release.spec, str_from(action)));
	struct finding *finding =
		lint_report(lint, place, "when %s of the agent fails, Flux does not try again",
			installs           ? "an upgrade"
				: upgrades ? "the installation"
					   : "the installation or an upgrade");
	lint_help(lint, finding, "give spec.%s.remediation.retries%s", action,
		installs || upgrades ? "" : " and spec.upgrade.remediation.retries");
	lint_fix(lint, finding, mend(lint, applied, action));
	lint_applied(lint, finding, applied, place);
}

const struct rule rule_HR007 = {
	.code = "HR007",
	.name = "no-remediation",
	.summary = "The release of the agent is not tried again when it fails.",
	.rationale =
		"A HelmRelease has no retries unless it asks for them. The first failure (the token's Secret "
		"is not there yet, the registry does not answer, a webhook times out) leaves it at *install "
		"retries exhausted*, and there it stays until its spec changes: the agent that would deploy "
		"everything else is missing, and nobody is told.\n\nOf other charts nothing is said, and "
		"nothing "
		"where helm-controller runs with the feature gate `DefaultToRetryOnFailure=true`. A release "
		"that "
		"no known root applies may get its retries from a patch, and is left alone.",
	.advice =
		"Set `spec.install.remediation.retries` and `spec.upgrade.remediation.retries`, to 3 say: a "
		"failed installation is removed before the next try, a failed upgrade rolled back. Or from "
		"Flux 2.7 on `strategy: {name: RetryOnFailure}` in both, which leaves things in place.",
	.reference = "https://fluxcd.io/flux/components/helm/helmreleases/#configuring-failure-handling",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.check_applied = check,
};
