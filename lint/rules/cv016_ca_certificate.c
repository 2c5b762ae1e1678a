#include "install_finding.h"
#include "secret_shape.h"
#include "versions.h"

static struct finding *
report(struct lint *lint, const struct install *install, const struct ynode *node, const char *message,
	const char *help)
{
	const struct ynode *place = install_place(install, node);
	struct finding *finding = lint_report(lint, place, "%s", message);
	lint_help(lint, finding, "%s", help);
	lint_install(lint, finding, install, place);
	return finding;
}

/* "your CA here", but no path that has such a word in it. */
static bool
is_to_be_replaced(struct str text)
{
	return text_is_placeholder(text) && !str_has_char(text, '/');
}

static void
check_text(struct lint *lint, const struct install *install, struct value value)
{
	struct str text = value.text;
	if (value.state != VALUE_SET || value.node->kind != YNODE_SCALAR) {
		return;
	}
	if (str_find(text, STR("PRIVATE KEY-----")) < text.len) {
		(void)report(lint, install, value.node,
			"this holds a private key, and the chart puts it into a ConfigMap",
			"take the key out, replace it, and leave the certificate of the CA");
	} else if (str_find(text, STR("-----BEGIN ")) == text.len && !is_to_be_replaced(text)) {
		(void)report(lint, install, value.node,
			"this is no certificate: the chart takes its PEM text",
			"put the text in, from -----BEGIN CERTIFICATE----- on; on the command line "
			"`--set-file config.kasCaCert=ca.pem` reads it from a file");
	}
}

/* Read by charts before 2.0.0. */
static void
check_old_key(struct lint *lint, const struct install *install)
{
	struct value old = install_value(install, STR("config.caCert"));
	enum value_state current = install_value(install, STR("config.kasCaCert")).state;
	bool is_gone = install->version.len > 0 && chart_has(install->version, CHART_KAS_CA_CERT);
	if (old.state != VALUE_SET || !is_gone || current == VALUE_SET || current == VALUE_OPEN) {
		return;
	}
	const struct ynode *key = ynode_key(ynode_get(install->values, STR("config")), STR("caCert"));
	const char *message = "since chart 2.0.0 config.caCert is ignored";
	struct finding *finding =
		report(lint, install, key->source ? key : old.node, message, "call it config.kasCaCert");
	if (key->source && current == VALUE_ABSENT) {
		install_fix_scalar(lint, finding, install, key, STR("kasCaCert"));
	}
}

static void
check(struct lint *lint, const struct install *install)
{
	if (install_flag(install, STR("config.receptive.enabled"), false) != ANSWER_YES) {
		check_text(lint, install, install_value(install, STR("config.kasCaCert")));
		check_old_key(lint, install);
	}
}

const struct rule rule_CV016 = {
	.code = "CV016",
	.name = "ca-cert-invalid",
	.summary = "The certificate that the agent is to trust does not reach it.",
	.rationale =
		"`config.kasCaCert` is the text of a certificate (or several), in PEM. A path, base64 or an "
		"empty "
		"file's name renders and installs, and the agent stops: it finds no certificate in the file. "
		"A "
		"private key in it can be read by everybody who may read ConfigMaps.\n\nBefore chart 2.0.0 "
		"the "
		"value was called `config.caCert`. Later charts do not read that, and the agent says *x509: "
		"certificate signed by unknown authority*. This is said when the version of the chart is "
		"known.",
	.advice = "Put the PEM text of the CA into `config.kasCaCert`.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/troubleshooting/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.check_install = check,
};
