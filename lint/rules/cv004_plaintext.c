#include "install_finding.h"
#include "names.h"

static size_t
count_dots(struct str text)
{
	size_t count = 0;
	for (size_t i = 0; i < text.len; i++) {
		count += text.ptr[i] == '.';
	}
	return count;
}

/* An address that does not leave the cluster, the machine, or a network of one's own. */
static bool
is_local(const struct url *url)
{
	static const struct str ends[] = { STR_INIT(".svc"), STR_INIT(".localhost"), STR_INIT(".local"),
		STR_INIT(".internal"), STR_INIT(".test"), STR_INIT(".lan"), STR_INIT(".home"),
		STR_INIT(".home.arpa"), STR_INIT(".corp"), STR_INIT(".intranet"), STR_INIT(".private"),
		STR_INIT(".ts.net"), STR_INIT(".nip.io"), STR_INIT(".sslip.io") };
	static const struct str starts[] = { STR_INIT("127."), STR_INIT("10."), STR_INIT("192.168."),
		STR_INIT("172."), STR_INIT("100."), STR_INIT("[") };
	struct str host = url->host;
	/* SERVICE.NAMESPACE is a name within a cluster; a domain of two labels that GitLab has for itself is
	 * asked for this path. */
	bool is_short = count_dots(host) <= 1 && str_find(url->path, STR("/-/")) == url->path.len;
	bool is_name = is_short || count_dots(host) == 0 || str_find(host, STR(".svc.")) < host.len;
	for (size_t i = 0; i < countof(ends); i++) {
		is_name = is_name || str_ends(host, ends[i]);
	}
	for (size_t i = 0; i < countof(starts); i++) {
		is_name = is_name || str_starts(host, starts[i]);
	}
	return is_name;
}

static void
check(struct lint *lint, const struct install *install)
{
	struct value address = install_value(install, STR("config.kasAddress"));
	struct url url;
	if (address.state != VALUE_SET || !url_parse(address.text, &url)
		|| install_flag(install, STR("config.receptive.enabled"), false) != ANSWER_NO) {
		return;
	}
	bool is_plain = str_eq_nocase(url.scheme, STR("ws")) || str_eq_nocase(url.scheme, STR("grpc"));
	if (!is_plain || is_local(&url)) {
		return;
	}
	const struct ynode *place = install_place(install, address.node);
	struct finding *finding = lint_report(
		lint, place, "the agent sends its token to %.*s without encryption", STR_ARG(url.host));
	lint_help(lint, finding, "use %.*ss://", STR_ARG(url.scheme));
	lint_install(lint, finding, install, place);
}

const struct rule rule_CV004 = {
	.code = "CV004",
	.name = "kas-address-plaintext",
	.summary = "The agent talks to its server without encryption.",
	.rationale =
		"`ws://` and `grpc://` are not encrypted. The agent's token goes over the wire with each "
		"connection, and so does all that GitLab asks of the cluster and gets: who reads along can "
		"answer in the agent's name.\n\nSilent for addresses within the cluster, for private "
		"networks "
		"and for names that only a cluster or a network of one's own knows: without a dot, "
		"`SERVICE.NAMESPACE`, `.svc`, `.internal`, `.lan` and the like.",
	.advice = "Use `wss://` or `grpcs://`; for a CA of your own set `config.kasCaCert`.",
	.reference = "https://docs.gitlab.com/administration/clusters/kas/",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_install = check,
};
