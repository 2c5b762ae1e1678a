#include "install_finding.h"

static void
check(struct lint *lint, const struct install *install)
{
	enum value_state name = install_value(install, STR("serviceAccount.name")).state;
	struct value create = install_value(install, STR("serviceAccount.create"));
	struct value role = install_value(install, STR("rbac.useExistingRole"));
	if ((name != VALUE_ABSENT && name != VALUE_EMPTY) || install->is_patched
		|| install_flag(install, STR("serviceAccount.create"), true) != ANSWER_NO
		|| install_flag(install, STR("rbac.create"), true) != ANSWER_YES
		|| role.state == VALUE_OPEN) {
		return;
	}
	bool is_named = install_flag(install, STR("rbac.useExistingRole"), false) == ANSWER_YES;
	struct str bound = is_named ? role.text : STR("cluster-admin");
	const struct ynode *place = install_place(install, create.node);
	struct finding *finding = lint_report(lint, place,
		"the chart makes no ServiceAccount and binds %.*s to the namespace's \"default\"",
		STR_ARG(bound));
	lint_help(lint, finding, "name the ServiceAccount in serviceAccount.name, or let the chart make one");
	lint_install(lint, finding, install, place);
}

const struct rule rule_CV010 = {
	.code = "CV010",
	.name = "service-account-without-name",
	.summary = "The agent's rights go to the ServiceAccount `default`, which every Pod of the namespace "
		   "has.",
	.rationale =
		"With `serviceAccount.create: false` and no `serviceAccount.name` the chart uses the account "
		"`default`, and binds the agent's ClusterRole, `cluster-admin` unless told otherwise, to it. "
		"Each Pod in the namespace that names no account runs as that one.\n\nSilent with "
		"`rbac.create: "
		"false`: then nothing is bound.",
	.advice = "Set `serviceAccount.name` to the account that you made for the agent.",
	.reference = "https://gitlab.com/gitlab-org/charts/gitlab-agent/-/blob/main/templates/_helpers.tpl",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_install = check,
};
