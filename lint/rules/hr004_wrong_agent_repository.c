#include "applied_finding.h"
#include "flux/release.h"
#include "names.h"

#define HOST STR("charts.gitlab.io")
#define ADDRESS STR("https://charts.gitlab.io")

enum { SLIPS_MAX = 2 };

static bool
is_repository(const struct applied *applied)
{
	return applied && applied_is(applied, FLUX_SOURCE_GROUP, STR("HelmRepository"));
}

/* The right host with something that is not there. */
static bool
is_beside_the_index(const struct url *url)
{
	return str_eq_nocase(url->host, HOST)
		&& (str_eq(url->scheme, STR("oci")) || (url->path.len > 0 && !str_eq(url->path, STR("/"))));
}

/* A slip in the host, or the project's own page. Mirrors are called otherwise, or lie below an own domain. */
static bool
is_slip(const struct url *url)
{
	if (str_eq_nocase(url->host, STR("gitlab.com"))) {
		return str_starts(url->path, STR("/gitlab-org/"));
	}
	return !str_eq_nocase(url->host, HOST) && str_distance(url->host, HOST, SLIPS_MAX) <= SLIPS_MAX;
}

static void
report(struct lint *lint, const struct applied *source, const struct ynode *url)
{
	const struct ynode *place = applied_place(source, url);
	struct finding *finding =
		lint_report(lint, place, "there is no chart repository at \"%.*s\"", STR_ARG(ynode_str(url)));
	lint_help(lint, finding, "GitLab's charts are at %.*s", STR_ARG(ADDRESS));
	if (applied_is_as_written(source, url) && !applied_spec(source, "type")) {
		lint_fix(lint, finding, edit_scalar(lint_arena(lint), applied_text(source), url, ADDRESS));
	}
	lint_applied(lint, finding, source, place);
}

static void
check_repository(struct lint *lint, const struct applied *source, bool is_wanted(const struct url *))
{
	const struct ynode *address = applied_spec(source, "url");
	struct url url;
	if (applied_is_plain(address) && url_parse(ynode_str(address), &url) && is_wanted(&url)) {
		report(lint, source, address);
	}
}

static void
check(struct lint *lint, const struct applied *applied)
{
	struct release release;
	if (is_repository(applied)) {
		check_repository(lint, applied, is_beside_the_index);
	} else if (release_read(lint_arena(lint), applied, &release) && release_is_agent(&release)
		&& is_repository(release.source)) {
		check_repository(lint, release.source, is_slip);
	}
}

const struct rule rule_HR004 = {
	.code = "HR004",
	.name = "wrong-agent-repository",
	.summary = "A HelmRepository is meant to be GitLab's and has another address.",
	.rationale =
		"GitLab's charts, the agent's among them, are at `https://charts.gitlab.io`, with the index "
		"directly below. The source fails with *failed to fetch Helm repository index* where a path "
		"follows (`https://charts.gitlab.io/gitlab-agent`), where the address is that of the project "
		"(`https://gitlab.com/gitlab-org/charts/gitlab-agent`), and where the host is misspelled; "
		"the "
		"agent's release waits for it.\n\nOther hosts are taken for mirrors. A host is only called "
		"misspelled when a release of the chart `gitlab-agent` takes it from there.",
	.advice = "Write `https://charts.gitlab.io`.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.check_applied = check,
};
