#include "declared_gitlab.h"
#include "install_finding.h"
#include "names.h"

#define ADDRESS_HELP                                                                                         \
	STR("set config.kasAddress: wss://HOST/-/kubernetes-agent/, or wss://kas.HOST where it has a host "  \
	    "of its "                                                                                        \
	    "own")

/* Of "https://gitlab.example.com/…"; empty for GitLab.com, which is the chart's default. */
static struct str
other_host(struct str address)
{
	struct url url;
	return url_parse(address, &url) && !str_eq_nocase(url.host, STR("gitlab.com")) ? url.host : STR("");
}

static void
check_declared(struct lint *lint, const struct install *install, const struct ynode *declared)
{
	struct str host = other_host(ynode_str(declared));
	if (host.len == 0) {
		return;
	}
	struct finding *finding = install_report(lint, install, NULL,
		arena_printf(lint_arena(lint),
			"the agent dials GitLab.com: config.kasAddress is not set, and GitLab is %.*s",
			STR_ARG(host)),
		ADDRESS_HELP);
	lint_relate(lint, finding, declared, "GitLab is declared here");
}

/* No proof: a mirror may lie elsewhere. But hosts called so are no other program's. */
static void
check_source(struct lint *lint, const struct install *install)
{
	const struct cluster *cluster = install->applied ? install->applied->cluster : NULL;
	const struct resource *source = cluster ? cluster->root->source : NULL;
	const struct ynode *address = source ? ynode_at(source->root, "spec", "url", NULL) : NULL;
	struct str host = other_host(ynode_str(address));
	if (!str_starts(host, STR("gitlab."))) {
		return;
	}
	struct finding *finding = install_report(lint, install, NULL,
		arena_printf(lint_arena(lint),
			"the agent dials GitLab.com: config.kasAddress is not set, and Flux reads this "
			"repository "
			"from %.*s",
			STR_ARG(host)),
		ADDRESS_HELP);
	finding->severity = SEVERITY_INFO;
	if (address->source) {
		lint_relate(lint, finding, address, "this is where Flux reads it");
	}
}

static void
check(struct lint *lint, const struct install *install)
{
	struct declared_gitlab gitlab = declared_gitlab(lint_repository(lint)->files);
	if (install_value(install, STR("config.kasAddress")).state != VALUE_ABSENT || install->is_patched
		|| install_is_receptive(install) != ANSWER_NO || !install_lacks(install, STR("extraArgs"))) {
		return;
	}
	if (gitlab.url) {
		check_declared(lint, install, gitlab.url);
	} else {
		check_source(lint, install);
	}
}

const struct rule rule_CV002 = {
	.code = "CV002",
	.name = "kas-address-missing",
	.summary = "The agent dials GitLab.com, and its GitLab is another.",
	.rationale =
		"The chart's default for `config.kasAddress` is the agent server of GitLab.com. An agent of "
		"another "
		"GitLab that is not told otherwise offers its token to GitLab.com, is refused, and never "
		"connects.\n\nAn error where `glagent.yaml` at the root of the repository declares another "
		"GitLab "
		"(`spec.gitlab.url`). An information where it declares none and Flux reads the repository "
		"from a host "
		"whose name begins with `gitlab.`. Silent for receptive agents, and where something unread "
		"may set the "
		"address.",
	.advice = "Set `config.kasAddress` to what the agent's page in GitLab says.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/#install-the-agent-in-the-cluster",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_install = check,
};
