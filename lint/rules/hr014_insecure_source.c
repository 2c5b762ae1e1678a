#include "applied_finding.h"
#include "names.h"

/* Names that only a cluster or a network of its own resolves, and addresses. */
static bool
is_private(struct str host)
{
	static const struct str suffixes[] = { STR_INIT(".svc"), STR_INIT(".local"), STR_INIT(".internal"),
		STR_INIT(".intranet"), STR_INIT(".lan"), STR_INIT(".home"), STR_INIT(".corp"),
		STR_INIT(".private"), STR_INIT(".localdomain"), STR_INIT(".localhost"), STR_INIT(".arpa"),
		STR_INIT(".test") };
	for (size_t i = 0; i < countof(suffixes); i++) {
		if (str_ends(host, suffixes[i])) {
			return true;
		}
	}
	char last = host.len > 0 ? host.ptr[host.len - 1] : '.';
	return !str_has_char(host, '.') || host.ptr[0] == '[' || (last >= '0' && last <= '9') || last == '.';
}

static void
report(struct lint *lint, const struct applied *applied, const struct ynode *at, struct str host,
	const char *help)
{
	const struct ynode *place = applied_place(applied, at);
	struct finding *finding = lint_report(lint, place,
		"what is applied from \"%.*s\" comes without encryption: who is on the way can change it",
		STR_ARG(host));
	lint_help(lint, finding, "%s", help);
	lint_applied(lint, finding, applied, place);
}

/* `insecure` counts for registries and buckets; elsewhere the API has no such field, or nobody reads it. */
static void
check_insecure(struct lint *lint, const struct applied *applied, const struct url *url)
{
	const struct ynode *insecure = applied_spec(applied, "insecure");
	if (str_eq(url->scheme, STR("oci")) && applied_is_plain(insecure)
		&& str_eq(ynode_str(insecure), STR("true"))) {
		report(lint, applied, insecure, url->host, "remove \"insecure\"");
	}
}

static void
check(struct lint *lint, const struct applied *applied)
{
	const struct ynode *address = applied_spec(applied, "url");
	struct url url;
	if (!str_eq(applied->object->id.group, FLUX_SOURCE_GROUP) || !applied_is_plain(address)
		|| !url_parse(ynode_str(address), &url) || is_private(url.host)) {
		return;
	}
	if (str_eq(url.scheme, STR("http"))) {
		report(lint, applied, address, url.host, "write https://");
	}
	check_insecure(lint, applied, &url);
}

const struct rule rule_HR014 = {
	.code = "HR014",
	.name = "insecure-source",
	.summary = "Flux fetches what it applies from a public host without encryption.",
	.rationale =
		"What a GitRepository, HelmRepository or OCIRepository brings is applied with Flux's rights, "
		"often those of an administrator. Over `http://`, and from a registry with `insecure: true`, "
		"whoever is on the way between the two can put in something else, and reads the credentials "
		"of "
		"`secretRef`.\n\nHosts that only a cluster or a local network resolves (`registry`, "
		"`zot.registry.svc`, `harbor.lan`) and plain addresses are left alone: encryption may be "
		"somebody else's there.",
	.advice = "Use `https://`, and a certificate of your own authority by `certSecretRef` where it is "
		  "not a "
		  "public one.",
	.reference = "https://fluxcd.io/flux/security/best-practices/",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_applied = check,
};
