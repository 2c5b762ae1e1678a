#include "install_finding.h"
#include "yscalar.h"

#define TLS "config.observability.tls"

/* b64enc takes texts only; "" is one. */
static bool
is_no_text(struct value value)
{
	return value.state == VALUE_ABSENT
		|| (value.node && ynode_type(value.node, YDIALECT_YAML_V3) != YTYPE_STRING);
}

static void
check_secret(struct lint *lint, const struct install *install)
{
	static const struct str parts[] = { STR_INIT(TLS ".key"), STR_INIT(TLS ".cert") };
	if (install_flag(install, STR(TLS ".secret.create"), false) != ANSWER_YES) {
		return;
	}
	for (size_t i = 0; i < countof(parts); i++) {
		struct value part = install_value(install, parts[i]);
		struct value create = install_value(install, STR(TLS ".secret.create"));
		if (is_no_text(part)) {
			(void)install_report(lint, install, create.node,
				arena_printf(lint_arena(lint),
					"the chart does not render: it is to make a Secret of %.*s, which is "
					"not set",
					STR_ARG(parts[i])),
				STR("name a Secret that is there in " TLS
				    ".secret.name, and leave create out"));
			return;
		}
	}
}

static void
check(struct lint *lint, const struct install *install)
{
	struct value enabled = install_value(install, STR(TLS ".enabled"));
	if (install_flag(install, STR(TLS ".enabled"), false) != ANSWER_YES
		|| install_is_older(install, 1, 6, 0)) {
		return;
	}
	check_secret(lint, install);
	if (!install->is_patched) {
		struct finding *finding = install_report(lint, install, enabled.node,
			STR("with TLS on its port the agent's probes fail: the chart leaves them at HTTP"),
			STR("leave " TLS
			    " off, or patch the probes with \"scheme: HTTPS\" in a post-renderer"));
		finding->severity = SEVERITY_WARNING;
	}
}

const struct rule rule_CV023 = {
	.code = "CV023",
	.name = "observability-tls",
	.summary = "TLS for the agent's metrics breaks its probes, or the chart lacks the certificate.",
	.rationale = "`config.observability.tls.enabled` puts TLS on port 8080, which serves metrics and "
		     "probes alike. "
		     "The probes of the Deployment have no `scheme: HTTPS`, so the kubelet asks in plain "
		     "HTTP, is refused "
		     "and restarts the agent. This is a warning.\n\nWith `secret.create: true` the chart "
		     "makes the Secret "
		     "out of `cert` and `key`. Where one of them is missing it does not render: *b64enc: "
		     "invalid value; "
		     "expected string*. This is an error.\n\nBoth were asked of Helm with the charts 1.6.0, "
		     "1.7.0, 1.11.1 "
		     "and 2.6.2.",
	.advice = "Leave TLS off and limit who reaches the port with a NetworkPolicy, or patch the probes.",
	.reference =
		"https://gitlab.com/gitlab-org/charts/gitlab-agent/-/blob/main/templates/deployment.yaml",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_install = check,
};
