#include "applied_finding.h"
#include "chart_values.h"
#include "install_finding.h"
#include "versions.h"

/* Keys that Helm and people put beside a chart's own: Helm's `global`, anchors' homes. */
static bool
is_nobodys(struct str path)
{
	return str_eq(path, STR("global")) || str_eq(path, STR("USER-SUPPLIED VALUES"))
		|| str_starts(path, STR("x-")) || str_starts(path, STR(".")) || str_starts(path, STR("_"));
}

/* CV016, CV020 and RC005 speak of these. */
static bool
is_of_another_rule(const struct install *install, struct str path)
{
	return str_eq(path, STR("config.caCert")) || str_eq(path, STR("token"))
		|| (str_eq(path, STR("config.receptive"))
			&& install_flag(install, STR("config.receptive.enabled"), false) == ANSWER_YES);
}

/* Is this what the chart's template for the value works on? */
static bool
is_fit(const struct chart_key *key, const struct ynode *value)
{
	switch (key->kind) {
	case CHART_GROUP:
	case CHART_MAPPING:
		return value->kind == YNODE_MAPPING;
	case CHART_LIST:
		return value->kind == YNODE_SEQUENCE;
	case CHART_TEXT:
	case CHART_FLAG:
	case CHART_NUMBER:
		break;
	}
	return value->kind == YNODE_SCALAR;
}

/* No version before or after is left that might not read it. */
static bool
is_surely_read(const struct chart_key *key, struct str chart)
{
	struct version version, since;
	bool is_always = key->since.len == 0 && key->until.len == 0;
	return is_always
		|| (version_parse(chart, &version) && chart_key_is_read(key, chart)
			&& (!version_parse(key->since, &since) || version_compare(version, since) >= 0));
}

/* Is no other key beside it as near to that name? */
static bool
is_single(
	const struct install *install, const struct ynode *key, struct str path, const struct chart_key *near)
{
	struct str prefix = str_first(path, path.len - chart_key_name(path).len);
	struct str group = str_first(prefix, prefix.len - (prefix.len > 0 ? 1 : 0));
	const struct ynode *map = group.len > 0 ? install_value(install, group).node : install->values;
	for (const struct ynode *other = map->first; other; other = other->next->next) {
		struct arena CLEANUP(arena_release) scratch = { 0 };
		struct str beside =
			arena_printf(&scratch, "%.*s%.*s", STR_ARG(prefix), STR_ARG(ynode_str(other)));
		if (!str_eq(ynode_str(other), ynode_str(key))
			&& chart_key_near(beside, install->version) == near) {
			return false;
		}
	}
	return true;
}

/* Gives the value the name that the chart reads. Of a version whose values are not all known the key could be
 * a new one, unless only its case is another. */
static void
mend(struct lint *lint, struct finding *finding, const struct install *install, struct str path,
	const struct chart_key *near)
{
	const struct ynode *key = install_own_key(install, path);
	bool is_slip = chart_keys_are_known(install->version) || str_eq_nocase(path, near->path);
	if (key && is_slip && is_surely_read(near, install->version) && is_fit(near, key->next)
		&& install_value(install, near->path).state == VALUE_ABSENT
		&& is_single(install, key, path, near) && applied_is_alone(lint, install->applied)) {
		lint_fix(lint, finding,
			edit_scalar(
				lint_arena(lint), install_text(lint, key), key, chart_key_name(near->path)));
	}
}

static void
advise(struct lint *lint, struct finding *finding, const struct install *install, struct str path)
{
	const struct chart_key *key = chart_key_find(path);
	const struct chart_key *near = chart_key_near(path, install->version);
	const struct chart_key *elsewhere = chart_key_elsewhere(path, install->version);
	if (key && key->since.len && !chart_key_is_read(key, install->version)) {
		lint_help(lint, finding, "it came later: chart %.*s reads it", STR_ARG(key->since));
	} else if (elsewhere) {
		lint_help(lint, finding, "write %.*s", STR_ARG(elsewhere->path));
	} else if (near) {
		lint_help(lint, finding, "did you mean %.*s?", STR_ARG(near->path));
		mend(lint, finding, install, path, near);
	} else {
		lint_help(lint, finding, "see `helm show values gitlab/gitlab-agent --version %.*s`",
			STR_ARG(install->version));
	}
}

static void
report(struct lint *lint, const struct install *install, const struct ynode *key, struct str path)
{
	bool is_known = chart_keys_are_known(install->version);
	const struct ynode *place = install_place(install, key);
	struct finding *finding = is_known
		? lint_report(lint, place, "chart %.*s reads no value %.*s", STR_ARG(install->version),
			STR_ARG(path))
		: lint_report(lint, place, "the chart reads no value %.*s", STR_ARG(path));
	advise(lint, finding, install, path);
	lint_install(lint, finding, install, place);
}

/* A later version may well have a short name, or a mapping, elsewhere. */
static bool
is_surely_misplaced(const struct install *install, struct str path)
{
	enum { SURE_BYTES = 8 };
	const struct chart_key *elsewhere = chart_key_elsewhere(path, install->version);
	return elsewhere && elsewhere->kind == CHART_TEXT && chart_key_name(path).len >= SURE_BYTES;
}

/* Of a version whose values are not all known, only what looks like a slip is none. */
static bool
is_unknown(const struct install *install, struct str path)
{
	const struct chart_key *key = chart_key_find(path);
	if (key) {
		return !chart_key_is_read(key, install->version);
	}
	return chart_keys_are_known(install->version) || chart_key_near(path, install->version)
		|| is_surely_misplaced(install, path);
}

static void
check_group(struct lint *lint, const struct install *install, const struct ynode *group, struct str prefix)
{
	if (!ynode_is(group, YNODE_MAPPING)) {
		return;
	}
	for (const struct ynode *key = ynode_follow(group)->first; key; key = key->next->next) {
		struct str path =
			arena_printf(lint_arena(lint), "%.*s%.*s", STR_ARG(prefix), STR_ARG(ynode_str(key)));
		const struct chart_key *known = chart_key_find(path);
		if (!applied_is_plain(key) || is_nobodys(ynode_str(key))
			|| is_of_another_rule(install, path)) {
			continue;
		}
		if (is_unknown(install, path)) {
			report(lint, install, key, path);
		} else if (known && known->kind == CHART_GROUP) {
			check_group(lint, install, ynode_follow(key->next),
				arena_printf(lint_arena(lint), "%.*s.", STR_ARG(path)));
		}
	}
}

static void
check(struct lint *lint, const struct install *install)
{
	if (install->is_official) {
		check_group(lint, install, install->values, STR(""));
	}
}

const struct rule rule_CV001 = {
	.code = "CV001",
	.name = "values-unknown-key",
	.summary = "The agent's chart is given a value that it does not read.",
	.rationale =
		"Helm takes any key, and the chart has no schema: a misspelt or misplaced one does nothing, "
		"and "
		"nobody is told. `config.kasaddress` leaves the agent at GitLab.com, "
		"`rbac.useExistingRoleName` "
		"leaves it cluster-admin.\n\nThe versions 1.0.0 to 1.11.1 and 2.6.2 are known by their "
		"templates, and every other key is reported. Of other versions a key is reported when it is "
		"one or two letters away from a value, or is one in another place. Silent where the chart is "
		"not seen to come from `charts.gitlab.io`; `global`, keys that begin with `x-` and the keys "
		"of values that other charts are given as well "
		"are left alone.",
	.advice =
		"Correct the key, or drop it. `helm show values gitlab/gitlab-agent` prints what there is. A "
		"misspelt key of a HelmRelease's own values is corrected where a single value is meant and "
		"is "
		"not set already.",
	.reference = "https://gitlab.com/gitlab-org/charts/gitlab-agent/-/blob/main/values.yaml",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.check_install = check,
};
