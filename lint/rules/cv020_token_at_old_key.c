#include "install_finding.h"

static bool
is_missing(enum value_state state)
{
	return state == VALUE_ABSENT || state == VALUE_EMPTY;
}

static void
check(struct lint *lint, const struct install *install)
{
	const struct ynode *key = ynode_key(install->values, STR("token"));
	bool gets_none = is_missing(install_value(install, STR("config.token")).state)
		&& is_missing(install_value(install, STR("config.secretName")).state);
	if (!key || !install->is_official) {
		return;
	}
	const struct ynode *place = install_place(install, key);
	struct finding *finding =
		lint_report(lint, place, "the chart reads no value token: it is called config.token");
	finding->severity = gets_none ? SEVERITY_ERROR : SEVERITY_WARNING;
	lint_help(lint, finding, "%s",
		gets_none ? "write config.token, or better put the token into a Secret and name that in "
			    "config.secretName"
			  : "drop it");
	lint_install(lint, finding, install, place);
}

const struct rule rule_CV020 = {
	.code = "CV020",
	.name = "token-at-old-key",
	.summary = "The agent's token is given as `token`, which the chart does not read.",
	.rationale =
		"`--set token=…` stands in old instructions. Helm takes the value, the chart ignores it, and "
		"the "
		"agent starts without a token and stops. Where neither `config.token` nor "
		"`config.secretName` is "
		"set beside it this is an error, else a warning: the token then lies in Helm's record of the "
		"release for nothing.",
	.advice = "Write `config.token`; better, keep the token out of commands and files with "
		  "`config.secretName`.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/#install-the-agent-in-the-cluster",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_install = check,
};
