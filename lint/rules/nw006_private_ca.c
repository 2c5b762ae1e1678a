#include "install_finding.h"
#include "names.h"

/* Names and addresses for which no public authority signs (RFC 1918, 6762, 8375; ICANN's .internal). */
static bool
is_private(struct str host)
{
	static const struct str ends[] = { STR_INIT(".local"), STR_INIT(".internal"), STR_INIT(".lan"),
		STR_INIT(".home.arpa"), STR_INIT(".corp"), STR_INIT(".intranet"), STR_INIT(".localdomain") };
	static const struct str starts[] = { STR_INIT("10."), STR_INIT("192.168.") };
	bool is_number = true;
	for (size_t i = 0; i < host.len; i++) {
		is_number = is_number && (host.ptr[i] == '.' || (host.ptr[i] >= '0' && host.ptr[i] <= '9'));
	}
	for (size_t i = 0; i < countof(ends) && !is_number; i++) {
		if (str_ends(host, ends[i])) {
			return true;
		}
	}
	for (size_t i = 0; i < countof(starts) && is_number; i++) {
		if (str_starts(host, starts[i])) {
			return true;
		}
	}
	return false;
}

static void
check(struct lint *lint, const struct install *install)
{
	static const struct str ways[] = { STR_INIT("config.kasCaCert"), STR_INIT("config.caCert"),
		STR_INIT("extraArgs"), STR_INIT("extraVolumes"), STR_INIT("extraEnv"),
		STR_INIT("initContainers") };
	struct value address = install_value(install, STR("config.kasAddress"));
	struct url url;
	bool is_known = address.state == VALUE_SET && url_parse(address.text, &url)
		&& (str_eq(url.scheme, STR("wss")) || str_eq(url.scheme, STR("grpcs")));
	for (size_t i = 0; i < countof(ways); i++) {
		is_known = is_known && install_lacks(install, ways[i]);
	}
	if (!is_known || install_is_receptive(install) != ANSWER_NO || install->is_patched
		|| !is_private(url.host)) {
		return;
	}
	(void)install_report(lint, install, address.node,
		arena_printf(lint_arena(lint),
			"no public authority signs for \"%.*s\", and the agent is given no other",
			STR_ARG(url.host)),
		STR("put the PEM text of the authority into config.kasCaCert"));
}

const struct rule rule_NW006 = {
	.code = "NW006",
	.name = "self-signed-without-ca",
	.summary = "The agent server has a private name, and the agent is given no authority to trust.",
	.rationale =
		"For hosts in `.internal`, `.local` and the like, and for private addresses, no public "
		"authority "
		"signs certificates. Without `config.kasCaCert` the agent trusts those of its image only, "
		"and "
		"says *x509: certificate signed by unknown authority*.\n\nThe image may be one of your own, "
		"so "
		"this runs when it is selected. Silent where arguments, volumes or variables may bring an "
		"authority.",
	.advice = "Set `config.kasCaCert`, on the command line with `--set-file config.kasCaCert=ca.pem`.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/troubleshooting/",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.is_strict = true,
	.check_install = check,
};
