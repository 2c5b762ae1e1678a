#include "install_finding.h"

/* Certificates of GitLab's come by arguments and volumes; the chart has no values for them. */
static bool
may_know_gitlab_otherwise(const struct install *install)
{
	return !install_lacks(install, STR("extraArgs")) || install->is_patched;
}

static void
check(struct lint *lint, const struct install *install)
{
	if (install_is_receptive(install) != ANSWER_YES
		|| !install_lacks(install, STR("config.api.jwtPublicKey"))
		|| may_know_gitlab_otherwise(install)) {
		return;
	}
	struct value key = install_value(install, STR("config.api.jwtPublicKey"));
	struct value enabled = install_value(install, STR("config.receptive.enabled"));
	struct finding *finding = install_report(lint, install, key.node ? key.node : enabled.node,
		STR("the receptive agent has no config.api.jwtPublicKey: it cannot tell GitLab from anybody "
		    "else"),
		STR("set config.api.jwtPublicKey to the public_key that GitLab returned for the agent's URL "
		    "configuration"));
	/* A Secret of that name may hold the key: what the chart makes of it is not known of every version.
	 */
	if (!install_lacks(install, STR("config.secretName"))) {
		finding->severity = SEVERITY_WARNING;
	}
}

const struct rule rule_RC002 = {
	.code = "RC002",
	.name = "receptive-without-auth",
	.summary = "A receptive agent has nothing to verify GitLab's calls with.",
	.rationale =
		"GitLab signs its calls to a receptive agent, and the agent verifies them with the public "
		"key "
		"in `config.api.jwtPublicKey`. Without the key it can serve nobody, and GitLab shows it as "
		"never connected.\n\nThe other way, certificates on both sides, has no values in the chart: "
		"it takes `extraArgs` (`--api-mtls`, `--api-client-ca-cert-file`) and volumes, so this is "
		"silent where there are any. It is a warning where `config.secretName` is set, since that "
		"Secret may hold the key. Silent, too, where something unread may set the key.",
	.advice = "`POST /projects/ID/cluster_agents/AGENT_ID/url_configurations` answers with `public_key`: "
		  "put "
		  "that into `config.api.jwtPublicKey`. It is no secret.",
	.reference = "https://docs.gitlab.com/api/cluster_agents/#create-an-agent-url-configuration",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_install = check,
};
