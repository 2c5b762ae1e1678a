#include "flux_objects.h"
#include "names.h"

enum { THOUSANDTHS = 1000, MICROSECONDS_MIN = 30 * 1000 * 1000 };

/* Takes a number off the text: in thousandths, and no more than matters here. */
static uint64_t
take_thousandths(struct str *text)
{
	uint64_t number = 0, place = THOUSANDTHS;
	bool is_fraction = false;
	while (text->len > 0 && (text->ptr[0] == '.' || (text->ptr[0] >= '0' && text->ptr[0] <= '9'))) {
		uint64_t digit = text->ptr[0] == '.' ? 0 : (uint64_t)(text->ptr[0] - '0');
		if (text->ptr[0] == '.') {
			is_fraction = true;
		} else if (is_fraction) {
			place /= 10;
			number += digit * place;
		} else if (number < MICROSECONDS_MIN) {
			number = number * 10 + digit * THOUSANDTHS;
		}
		*text = str_skip(*text, 1);
	}
	return number;
}

/* Is the duration, which is a valid one, shorter than 30 s? */
static bool
is_short(struct str text)
{
	static const struct {
		struct str name;
		uint64_t milliseconds;
	} units[] = { { STR_INIT("ms"), 1 }, { STR_INIT("s"), 1000 }, { STR_INIT("m"), 60000 },
		{ STR_INIT("h"), 3600000 } };
	uint64_t total = 0; /* in microseconds */
	while (text.len > 0 && total < MICROSECONDS_MIN) {
		uint64_t number = take_thousandths(&text);
		size_t unit = 0;
		while (unit + 1 < countof(units) && !str_starts(text, units[unit].name)) {
			unit++;
		}
		total += number * units[unit].milliseconds;
		text = str_skip(text, units[unit].name.len);
	}
	return total < MICROSECONDS_MIN;
}

static bool
comes_back(const struct applied *applied)
{
	struct str group = applied->object->id.group;
	return str_eq(group, FLUX_SOURCE_GROUP) || applied_is_kustomization(applied)
		|| applied_is_release(applied) || str_eq(group, STR("image.toolkit.fluxcd.io"));
}

static void
check(struct lint *lint, const struct applied *applied)
{
	const struct ynode *interval = comes_back(applied) ? applied_spec(applied, "interval") : NULL;
	struct str text = ynode_str(interval);
	if (!interval || interval->source == 0 || !name_is_duration(text) || !is_short(text)) {
		return;
	}
	struct finding *finding = lint_report(lint, interval,
		"Flux is to reconcile this every %.*s, whether anything changed or not", STR_ARG(text));
	lint_help(lint, finding,
		"set 1m or more for sources, 10m or more for the rest; for changes to arrive at once, use a "
		"Receiver");
	lint_object(lint, finding, applied->object->resource->root, interval);
}

const struct rule rule_FX013 = {
	.code = "FX013",
	.name = "interval-invalid",
	.summary = "A Flux object is to be reconciled more often than every 30 seconds.",
	.rationale =
		"`spec.interval` says how often a source asks its server, and how often everything else is "
		"built and compared with the cluster again, whether anything changed or not: a new revision "
		"of a source is applied at once in any case. Below 30 seconds that keeps the controllers, "
		"the API "
		"server and the Git host busy, runs into rate limits of hosted services, and a "
		"reconciliation that takes longer than the interval is followed by the next without a "
		"pause.",
	.advice = "Take one minute or more for sources and ten or more for Kustomizations and HelmReleases. "
		  "Where a push should take effect at once, a "
		  "[Receiver](https://fluxcd.io/flux/components/notification/receivers/) tells Flux of it.",
	.reference = "https://fluxcd.io/flux/components/source/gitrepositories/#interval",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_applied = check,
};
