#include "install_finding.h"
#include "secret_shape.h"

/* Of base64, of either alphabet, on one line or several. */
static bool
may_be_base64(struct str text)
{
	static const char alphabet[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_= \n\r";
	for (size_t i = 0; i < text.len; i++) {
		if (!memchr(alphabet, text.ptr[i], sizeof(alphabet) - 1)) {
			return false;
		}
	}
	return !str_starts(text, STR("ssh-"));
}

static bool
is_private(struct str text)
{
	struct secret secret;
	return str_find(text, STR("PRIVATE KEY-----")) < text.len || private_key_next(text, 0, &secret);
}

static void
check(struct lint *lint, const struct install *install)
{
	struct value key = install_value(install, STR("config.api.jwtPublicKey"));
	struct str help = STR("put the public_key of GitLab's answer there: one line of base64");
	if (key.state != VALUE_SET || install_is_receptive(install) == ANSWER_NO) {
		return;
	}
	if (key.node->kind != YNODE_SCALAR) {
		(void)install_report(
			lint, install, key.node, STR("config.api.jwtPublicKey is no text"), help);
	} else if (is_private(key.text)) {
		(void)install_report(lint, install, key.node,
			STR("config.api.jwtPublicKey holds a private key, and is to hold GitLab's public "
			    "one"),
			STR("put the public_key of GitLab's answer there, and replace the private key "
			    "wherever it is "
			    "trusted"));
		lint_hide(lint, install_place(install, key.node));
	} else if (str_find(key.text, STR("-----BEGIN PUBLIC KEY-----")) == key.text.len
		&& !may_be_base64(str_trim(key.text))) {
		(void)install_report(lint, install, key.node,
			STR("config.api.jwtPublicKey is no public key: it is not base64"), help);
	}
}

const struct rule rule_RC003 = {
	.code = "RC003",
	.name = "jwt-key-invalid",
	.summary = "`config.api.jwtPublicKey` holds a private key, or something that is no key.",
	.rationale =
		"The receptive agent reads the key that it verifies GitLab's calls with from here, as GitLab "
		"gave it: `public_key` of the URL configuration, which is base64. A path, a key of OpenSSH "
		"or "
		"the name of a file renders all the same, and the agent refuses every call or does not "
		"start.\n\nA private key has no business here: GitLab keeps its own, and whoever may read "
		"the "
		"values, or the Secret that the chart makes of them, has it. It is never printed.\n\nSilent "
		"for what may be base64, for a public key in PEM and for variables.",
	.advice = "Copy `public_key` from `GET /projects/ID/cluster_agents/AGENT_ID/url_configurations`.",
	.reference = "https://docs.gitlab.com/api/cluster_agents/#list-url-configurations-for-an-agent",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_install = check,
};
