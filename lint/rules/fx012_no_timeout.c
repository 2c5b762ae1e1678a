#include "applied_finding.h"
#include "flux_objects.h"
#include "names.h"

enum { RETRY_MINUTES = 2 };

/* Is the interval surely longer than what is advised for retries? */
static bool
is_long(const struct applied *applied)
{
	const struct ynode *interval = applied_spec(applied, "interval");
	struct str text = ynode_str(interval);
	unsigned number = 0;
	if (!applied_is_plain(interval) || !name_is_duration(text)) {
		return false;
	}
	while (text.len > 0 && text.ptr[0] >= '0' && text.ptr[0] <= '9' && number <= RETRY_MINUTES) {
		number = number * 10 + (unsigned)(text.ptr[0] - '0');
		text = str_skip(text, 1);
	}
	while (text.len > 0 && text.ptr[0] >= '0' && text.ptr[0] <= '9') {
		text = str_skip(text, 1);
	}
	bool is_minutes = str_starts(text, STR("m")) && !str_starts(text, STR("ms"));
	return (number > 0 && str_starts(text, STR("h"))) || (number > RETRY_MINUTES && is_minutes);
}

/* Another retryInterval is seen only by what failed. A timeout may fail what has worked: it is not for us to
 * say.
 */
static void
mend(struct lint *lint, struct finding *finding, const struct applied *applied)
{
	const struct ynode *spec = applied_own_map(applied, "spec");
	if (spec && is_long(applied) && !ynode_key(spec, STR("retryInterval")) && applied->cluster
		&& applied_is_alone(lint, applied)) {
		lint_fix(lint, finding,
			edit_add_entry(lint_arena(lint), applied_text(applied), spec,
				arena_printf(lint_arena(lint), "retryInterval: %dm", RETRY_MINUTES)));
	}
}

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
	if (has_timeout) {
		mend(lint, finding, applied);
	}
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
	.advice = "Set both: `timeout: 5m`, `retryInterval: 2m`. The latter is added where it alone is "
		  "missing and the "
		  "interval is longer; which timeout does not fail what works is not in the repository.",
	.reference = "https://fluxcd.io/flux/components/kustomize/kustomizations/#retry-interval",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.fix = FIX_SAFE,
	.is_strict = true,
	.check_applied = check,
};
