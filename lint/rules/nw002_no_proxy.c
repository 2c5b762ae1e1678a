#include "applied_finding.h"
#include "extra_env.h"

/* What never goes through a proxy: the API, which Kubernetes names in a variable, and the cluster's Services.
 */
#define NO_PROXY_ITEM                                                                                        \
	STR("name: NO_PROXY\nvalue: \"$(KUBERNETES_SERVICE_HOST),localhost,127.0.0.1,.svc,.cluster.local\"")

static void
mend(struct lint *lint, struct finding *finding, const struct install *install)
{
	const struct ynode *list = install_value(install, STR("extraEnv")).node;
	if (install->applied && applied_is_as_written(install->applied, list)) {
		lint_fix(lint, finding,
			edit_append_lines(lint_arena(lint), install_text(lint, list), list, NO_PROXY_ITEM));
	}
}

static void
check(struct lint *lint, const struct install *install)
{
	struct env_variable proxy = extra_env_proxy(install);
	if (!proxy.item || !extra_env_is_known(install) || install->is_patched
		|| extra_env_find(install, proxy_names[PROXY_NONE][0]).item
		|| extra_env_find(install, proxy_names[PROXY_NONE][1]).item) {
		return;
	}
	struct finding *finding = install_report(lint, install, proxy.value ? proxy.value : proxy.item,
		arena_printf(lint_arena(lint),
			"%.*s without NO_PROXY: the agent asks the proxy for its own cluster, too",
			STR_ARG(ynode_str(ynode_get(proxy.item, STR("name"))))),
		STR("add NO_PROXY with "
		    "\"$(KUBERNETES_SERVICE_HOST),localhost,127.0.0.1,.svc,.cluster.local\""));
	mend(lint, finding, install);
}

const struct rule rule_NW002 = {
	.code = "NW002",
	.name = "no-proxy-missing",
	.summary = "The agent sends its calls to the cluster's API through the proxy.",
	.rationale =
		"agentk, like every program in Go, sends all that it does not find in `NO_PROXY` to "
		"`HTTPS_PROXY` and `HTTP_PROXY`: the Kubernetes API (`https://$KUBERNETES_SERVICE_HOST`) and "
		"Flux's webhook receiver (`http://webhook-receiver.flux-system.svc.cluster.local`) among it. "
		"Proxies rarely reach these: the agent fails to get its lease, or reports *proxyconnect "
		"tcp*.\n\nSaid where neither `NO_PROXY` nor `no_proxy` is there and all of `extraEnv` is "
		"known. "
		"What stands in it is not judged: which addresses a cluster has is not in the repository. "
		"Kubernetes fills `$(KUBERNETES_SERVICE_HOST)` in.",
	.advice = "Add `NO_PROXY` with the API's address, `.svc` and `.cluster.local`.",
	.reference =
		"https://docs.gitlab.com/user/clusters/agent/install/#use-the-agent-behind-an-http-proxy",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.check_install = check,
};
