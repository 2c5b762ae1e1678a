#include "applied_finding.h"
#include "flux/release.h"
#include "token.h"

/* Values that are not seen here may make the agent receptive, and then its chart takes no other way. */
static bool
has_unread_values(const struct ynode *values_from)
{
	for (const struct ynode *item = ynode_is(values_from, YNODE_SEQUENCE) ? values_from->first : NULL;
		item; item = item->next) {
		struct str path = ynode_str(ynode_get(item, STR("targetPath")));
		if (path.len == 0 || str_starts(path, STR("config.receptive"))) {
			return true;
		}
	}
	return false;
}

static bool
may_be_receptive(const struct ynode *spec)
{
	const struct ynode *enabled = ynode_at(spec, "values", "config", "receptive", "enabled", NULL);
	return (enabled && !str_eq(ynode_str(enabled), STR("false")))
		|| has_unread_values(ynode_get(spec, STR("valuesFrom")));
}

static const struct ynode *
target_path_of_token(const struct ynode *spec)
{
	const struct ynode *values_from = ynode_get(spec, STR("valuesFrom"));
	for (const struct ynode *item = ynode_is(values_from, YNODE_SEQUENCE) ? values_from->first : NULL;
		item; item = item->next) {
		const struct ynode *path = ynode_get(item, STR("targetPath"));
		if (path && str_eq(ynode_str(path), STR("config.token"))) {
			return path;
		}
	}
	return NULL;
}

/* SE001 tells of a token itself. */
static const struct ynode *
value_of_token(const struct ynode *spec)
{
	const struct ynode *value = ynode_at(spec, "values", "config", "token", NULL);
	struct str text = ynode_str(value), token;
	return text.len > 0 && !token_next(text, 0, &token) && !token_is_old(text) ? value : NULL;
}

static void
check(struct lint *lint, const struct applied *applied)
{
	struct release release;
	if (!release_read(lint_arena(lint), applied, &release) || !release_is_agent(&release)
		|| !release_is_settled(&release) || may_be_receptive(release.spec)) {
		return;
	}
	const struct ynode *path = target_path_of_token(release.spec);
	const struct ynode *token = path ? path : value_of_token(release.spec);
	if (!token) {
		return;
	}
	const struct ynode *place = applied_place(applied, token);
	struct finding *finding = lint_report(lint, place,
		"the agent's token comes as a value of the chart, so Helm stores it with every revision of "
		"the release");
	lint_help(lint, finding,
		"name the Secret that holds the token in config.secretName, in the namespace of the release, "
		"and "
		"leave config.token out");
	lint_applied(lint, finding, applied, place);
	if (!path) {
		lint_hide(lint, place);
	}
}

const struct rule rule_SE005 = {
	.code = "SE005",
	.name = "token-in-release-values",
	.summary = "The agent's token reaches the chart as a value instead of by a Secret's name.",
	.rationale =
		"Helm keeps the values of each revision in a Secret of its own (`sh.helm.release.v1.…`), "
		"five of "
		"them with Flux's defaults: a token in `config.token` lies there in copies, which outlive "
		"its rotation, can be read by whoever may read Secrets of that namespace, and are printed by "
		"`helm get "
		"values`. It makes no difference whether it comes by `valuesFrom` with `targetPath: "
		"config.token` or by "
		"a variable in `spec.values`.\n\nThe chart reads the token from a Secret that you made when "
		"`config.secretName` names it. A receptive agent is no finding: its chart makes that Secret "
		"itself and "
		"needs the token for it. Nothing is said where values that are not seen may make the agent "
		"receptive.",
	.advice = "Make a Secret with the key `token` in the namespace of the release, and set "
		  "`config.secretName` to its "
		  "name instead of `config.token`. Then rotate the token.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_applied = check,
};
