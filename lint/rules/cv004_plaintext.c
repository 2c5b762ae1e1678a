#include "install_finding.h"
#include "names.h"

/* An address that does not leave the cluster, or the machine. */
static bool
is_local(struct str host)
{
	static const struct str ends[] = { STR_INIT(".svc"), STR_INIT(".svc.cluster.local"),
		STR_INIT(".localhost"), STR_INIT(".local"), STR_INIT(".internal"), STR_INIT(".test") };
	static const struct str starts[] = { STR_INIT("127."), STR_INIT("10."), STR_INIT("192.168."),
		STR_INIT("172."), STR_INIT("[") };
	bool is_name = str_find_char(host, '.') == host.len;
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
	if (!is_plain || is_local(url.host)) {
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
		"and for names without a dot.",
	.advice = "Use `wss://` or `grpcs://`; for a CA of your own set `config.kasCaCert`.",
	.reference = "https://docs.gitlab.com/administration/clusters/kas/",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_install = check,
};
