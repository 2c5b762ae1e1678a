#include "extra_env.h"

static void
check(struct lint *lint, const struct install *install)
{
	struct env_variable proxy = extra_env_proxy(install);
	if (!proxy.item) {
		return;
	}
	struct str name = ynode_str(ynode_get(proxy.item, STR("name")));
	(void)install_report(lint, install, proxy.value ? proxy.value : proxy.item,
		arena_printf(lint_arena(lint),
			"with %.*s there is no protection from DNS rebinding for names "
			"that only the proxy resolves",
			STR_ARG(name)),
		STR("see to it that the proxy refuses addresses of your own networks"));
}

const struct rule rule_NW004 = {
	.code = "NW004",
	.name = "proxy-dns-rebind-note",
	.summary =
		"The agent's connections go through a proxy, so names are not protected from DNS rebinding.",
	.rationale =
		"GitLab's documentation says it of agents behind a proxy: protection from DNS rebinding is "
		"off "
		"where `HTTP_PROXY` or `HTTPS_PROXY` is set and the name cannot be resolved. It is the proxy "
		"then "
		"that decides which address a name stands for.\n\nNothing is wrong, so this runs when it is "
		"selected.",
	.advice = "Let the proxy refuse what it should not reach.",
	.reference =
		"https://docs.gitlab.com/user/clusters/agent/install/#use-the-agent-behind-an-http-proxy",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.is_strict = true,
	.check_install = check,
};
