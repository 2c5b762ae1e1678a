#include "flux_objects.h"

static void
check(struct lint *lint, const struct applied *applied)
{
	if (!applied_is_kustomization(applied) || applied_is_bootstrapped(applied)) {
		return;
	}
	bool has_timeout = applied_spec(applied, "timeout") != NULL;
	bool has_retry = applied_spec(applied, "retryInterval") != NULL;
	if (has_timeout && has_retry) {
		return;
	}
	const struct ynode *at = applied_name_node(applied);
	const char *what = has_timeout ? "retryInterval"
		: has_retry            ? "timeout"
				       : "timeout and retryInterval";
	struct finding *finding = lint_report(
		lint, at, "the Kustomization \"%.*s\" states no %s", STR_ARG(applied->object->id.name), what);
	lint_help(lint, finding, "set timeout and retryInterval, to 5m and 2m for example");
	lint_object(lint, finding, applied->object->resource->root, at);
}

const struct rule rule_FX012 = {
	.code = "FX012",
	.name = "no-timeout-or-retry",
	.summary = "A Kustomization states no `timeout` or no `retryInterval`.",
	.rationale =
		"Without `retryInterval` a Kustomization that failed is tried again after its whole "
		"`interval`, an hour perhaps. Without `timeout` it waits for as long as the interval less "
		"30 seconds until what it applied is healthy, before it says that it is not.\n\nWhether that "
		"is long depends on the interval; so this rule runs only when it is selected.",
	.advice = "Set both: `timeout: 5m`, `retryInterval: 2m`.",
	.reference = "https://fluxcd.io/flux/components/kustomize/kustomizations/#retry-interval",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.is_strict = true,
	.check_applied = check,
};
