#include "aside.h"
#include "rule.h"
#include "url_secret.h"

enum { ENOUGH = 1000 /* of one file */ };

/* "mongo:27017": a service beside a job or a container, often with a password for nothing else. */
static bool
is_service(struct str host)
{
	return !str_has_char(str_first(host, str_find_char(host, ':')), '.');
}

static void
check(struct lint *lint, const struct file *file)
{
	struct str text = file->source.text;
	struct url_password url;
	size_t from = 0, count = 0;
	if (path_is_shown(file->source.path) || url_path_is_prose(file->source.path)) {
		return;
	}
	while (count < ENOUGH && url_password_next(text, from, &url)) {
		uint32_t start = (uint32_t)(url.password.ptr - text.ptr);
		struct span span = { start, start + (uint32_t)url.password.len };
		from = span.end;
		if (url_password_is_secret(&url) && !url_password_is_gitlab_token(&url)) {
			struct finding *finding = lint_report_at(lint, file, span,
				"the password of \"%.*s\" at %.*s is committed, in an address",
				STR_ARG(url.user), STR_ARG(url.host));
			lint_help(lint, finding,
				"replace the password, since Git keeps it for ever, and let a variable or a "
				"credential helper fill it in");
			finding->severity = is_service(url.host) ? SEVERITY_WARNING : SEVERITY_ERROR;
			lint_hide_at(lint, file, span);
			count++;
		}
	}
}

const struct rule rule_SE008 = {
	.code = "SE008",
	.name = "credentials-in-url",
	.summary = "An address holds a password or token.",
	.rationale =
		"`https://user:password@host/…` hands the password to everyone who can read the repository, "
		"and to "
		"every log that the address ends up in: Git, curl, proxies and databases print it. Git keeps "
		"it "
		"after it is removed from the file.\n\nVariables in any notation are no finding, nor are "
		"words that say themselves that they are to be replaced (`password`, `changeme`), a password "
		"that "
		"equals its user, hosts that are only examples, and documentation and tests. It is a warning "
		"where the host is a name without a dot: a database beside a job of CI often has a password "
		"that opens nothing else. A token of GitLab in an "
		"address is SE006. The password is never printed.",
	.advice =
		"Replace the password, then let a variable fill it in: `https://oauth2:${TOKEN}@…` in a job, "
		"`secretRef` in a source of Flux, a Secret in a manifest.",
	.reference = "https://cwe.mitre.org/data/definitions/522.html",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.any_file = true,
	.check_source = check,
};
