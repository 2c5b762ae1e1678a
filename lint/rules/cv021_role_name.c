#include "install_finding.h"
#include "yscalar.h"

static void
check(struct lint *lint, const struct install *install)
{
	struct value role = install_value(install, STR("rbac.useExistingRole"));
	if (role.state != VALUE_SET || role.node->kind != YNODE_SCALAR || install->is_patched
		|| install_flag(install, STR("rbac.create"), true) != ANSWER_YES
		|| install_flag(install, STR("rbac.useExistingRole"), false) != ANSWER_YES
		|| yscalar_type(role.text, YDIALECT_SIGS_YAML) != YTYPE_BOOL) {
		return;
	}
	const struct ynode *place = install_place(install, role.node);
	struct finding *finding = lint_report(lint, place,
		"rbac.useExistingRole takes the name of a ClusterRole, and \"%.*s\" is none",
		STR_ARG(role.text));
	lint_help(lint, finding,
		"name the ClusterRole; to have the chart bind nothing, set rbac.create to false instead");
	lint_install(lint, finding, install, place);
}

const struct rule rule_CV021 = {
	.code = "CV021",
	.name = "existing-role-not-a-name",
	.summary = "`rbac.useExistingRole` is a boolean.",
	.rationale = "It sounds like a switch, and is a name. The chart writes it into the binding as it is, "
		     "without quotes: `roleRef.name: true` is a boolean, which Kubernetes refuses, and the "
		     "installation fails.",
	.advice = "Write the name of a ClusterRole that exists.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/#customize-the-helm-installation",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_install = check,
};
