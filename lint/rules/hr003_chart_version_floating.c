#include "applied_finding.h"
#include "flux/release.h"
#include "versions.h"

/* "1.2.3" and ranges that end somewhere are somebody's choice. */
static bool
floats(struct str version)
{
	bool has_end = str_has_char(version, '<') || str_find(version, STR("||")) < version.len
		|| str_find(version, STR(" - ")) < version.len;
	return version.len == 0 || str_eq(version, STR("*")) || str_eq_nocase(version, STR("x"))
		|| (version.ptr[0] == '>' && !has_end);
}

/* Or may it be? The chart alone connects to GitLab.com, which is always ahead of it. */
static bool
is_for_gitlab_com(const struct release *release)
{
	const struct ynode *address = ynode_at(release->spec, "values", "config", "kasAddress", NULL);
	struct str text = ynode_str(address);
	return !address || !applied_is_plain(address) || str_find(text, STR("kas.gitlab.com")) < text.len;
}

static void
report(struct lint *lint, const struct release *release, const struct ynode *version)
{
	struct str text = ynode_str(version);
	const struct ynode *place =
		applied_place(release->applied, version ? version : ynode_get(release->chart, STR("chart")));
	bool is_word = str_eq_nocase(text, STR("latest"));
	struct finding *finding = is_word
		? lint_report(lint, place, "\"%.*s\" is no version of a chart, and no range of versions",
			STR_ARG(text))
		: lint_report(lint, place,
			"the version of the agent's chart floats: each new one is installed when it comes "
			"out");
	lint_help(lint, finding,
		"give the version of the chart whose agent fits your GitLab, in quotes; the newest that is "
		"known here is \"%.*s\"",
		STR_ARG(chart_newest()));
	lint_applied(lint, finding, release->applied, place);
}

static void
check(struct lint *lint, const struct applied *applied)
{
	struct release release;
	if (!release_read(lint_arena(lint), applied, &release) || !release_is_agent(&release)
		|| !release.chart
		|| !str_eq(ynode_str(ynode_get(release.reference, STR("kind"))), STR("HelmRepository"))) {
		return;
	}
	const struct ynode *version = ynode_get(release.chart, STR("version"));
	struct str text = str_trim(ynode_str(version));
	if ((version ? applied_is_plain(version) : release_is_settled(&release))
		&& (str_eq_nocase(text, STR("latest")) || (floats(text) && !is_for_gitlab_com(&release)))) {
		report(lint, &release, version);
	}
}

const struct rule rule_HR003 = {
	.code = "HR003",
	.name = "chart-version-floating",
	.summary = "The agent of a self-managed GitLab is installed without a version of its chart, or with "
		   "one that "
		   "is open to the end.",
	.rationale =
		"Without `spec.chart.spec.version`, and with `*` or `>=2.0.0`, Flux installs the newest "
		"chart "
		"whenever there is one. Agent and GitLab must not be more than one minor release apart, and "
		"each month's chart brings the agent of that month: a self-managed GitLab is left behind, "
		"and "
		"no commit says when it happened. `latest` is no version, Flux fails with *improper "
		"constraint*.\n\nNothing is said where the agent connects to GitLab.com, which is never "
		"older "
		"than the chart, or where its address is not known. Ranges with an end (`2.x`, `~2.9`, "
		"`>=2.0.0 <3.0.0`) are left alone, "
		"and so are other charts.",
	.advice = "Pin the version and let a bot propose the next one.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/"
		     "#updates-and-version-compatibility",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_applied = check,
};
