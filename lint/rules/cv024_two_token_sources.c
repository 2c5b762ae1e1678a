#include "extra_env.h"

static void
check(struct lint *lint, const struct install *install)
{
	struct env_variable token = extra_env_find(install, STR("AGENTK_TOKEN"));
	if (!token.is_set || install->is_patched) {
		return;
	}
	(void)install_report(lint, install, ynode_key(token.item, STR("name"))->next,
		STR("AGENTK_TOKEN beside the token file that the chart always names: the agent stops"),
		STR("drop AGENTK_TOKEN, and name the Secret in config.secretName"));
	if (token.value) {
		lint_hide(lint, install_place(install, token.value));
	}
}

const struct rule rule_CV024 = {
	.code = "CV024",
	.name = "two-token-sources",
	.summary = "The agent gets its token from a file and from its environment, and refuses.",
	.rationale = "agentk takes its token from `--token-file` or from `AGENTK_TOKEN`, and ends with "
		     "*unable to use both "
		     "token file and AGENTK_TOKEN environment variable* when it has both. The chart passes "
		     "`--token-file` "
		     "whatever the values, so the variable in `extraEnv` never helps.\n\nSilent where a "
		     "post-renderer may "
		     "take the argument out.",
	.advice = "Put the token into a Secret under the key `token`, and its name into `config.secretName`.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/#customize-the-helm-installation",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_install = check,
};
