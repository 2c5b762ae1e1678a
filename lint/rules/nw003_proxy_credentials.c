#include "aside.h"
#include "extra_env.h"
#include "url_secret.h"

/* SE008 and SE006 tell of passwords that look like some; here stands what is one by its place. */
static bool
is_told_of(const struct url_password *url)
{
	return url_password_is_gitlab_token(url) || url_password_is_secret(url);
}

static bool
is_shown_only(const struct lint *lint, const struct ynode *place)
{
	struct str path = lint_repository(lint)->files->items[place->source - 1].source.path;
	return path_is_shown(path) || url_path_is_prose(path);
}

static void
check_variable(struct lint *lint, const struct install *install, struct str name)
{
	struct env_variable variable = extra_env_find(install, name);
	const struct ynode *place = install_place(install, variable.value);
	struct url_password url;
	if (!variable.text.len || !url_password_next(variable.text, 0, &url) || is_told_of(&url)
		|| text_is_placeholder(url.password) || url_is_no_real_host(&url)
		|| is_shown_only(lint, place)) {
		return;
	}
	(void)install_report(lint, install, variable.value,
		arena_printf(lint_arena(lint), "the password for the proxy at %.*s is committed, in %.*s",
			STR_ARG(url.host), STR_ARG(name)),
		STR("replace the password, since Git keeps it for ever, and take the variable from a Secret "
		    "with "
		    "valueFrom.secretKeyRef"));
	lint_hide(lint, place);
}

static void
check(struct lint *lint, const struct install *install)
{
	for (size_t i = 0; i < PROXY_NONE; i++) {
		check_variable(lint, install, proxy_names[i][0]);
		check_variable(lint, install, proxy_names[i][1]);
	}
}

const struct rule rule_NW003 = {
	.code = "NW003",
	.name = "proxy-credentials-inline",
	.summary = "The address of the agent's proxy holds a password.",
	.rationale =
		"`http://user:password@proxy:3128` in `extraEnv` hands the password to everyone who can read "
		"the "
		"repository, the Deployment, or Helm's record of the release. Git keeps it after it is "
		"removed "
		"from the file.\n\nSE008 finds passwords in addresses anywhere when they look like one that "
		"somebody was given. This rule knows the place, so it finds the short and plain ones, too; "
		"it is "
		"silent where SE008 or SE006 tell of the same, for variables, for words that are to be "
		"replaced, "
		"and for example hosts. The password is never printed.",
	.advice = "Put the whole address into a Secret, and name that: `valueFrom: {secretKeyRef: {name: …, "
		  "key: "
		  "…}}` in place of `value`.",
	.reference = "https://cwe.mitre.org/data/definitions/522.html",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_install = check,
};
