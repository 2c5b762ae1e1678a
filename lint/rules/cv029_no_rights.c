#include "bound_roles.h"

static void
check(struct lint *lint, const struct install *install)
{
	struct value create = install_value(install, STR("rbac.create"));
	if (!install_is_unbound(lint_arena(lint), install)) {
		return;
	}
	const struct ynode *place = install_place(install, create.node);
	struct finding *finding = lint_report(lint, place,
		"the chart binds nothing to the agent, and nothing else that this cluster gets does");
	lint_help(lint, finding,
		"bind at least a Role for leases and events in its namespace; `glagent-gen rbac` writes what "
		"it "
		"needs");
	lint_install(lint, finding, install, place);
}

const struct rule rule_CV029 = {
	.code = "CV029",
	.name = "agent-without-rights",
	.summary = "Nothing gives the agent any right.",
	.rationale = "With `rbac.create: false` the chart binds no role to the agent's ServiceAccount. The "
		     "agent needs one "
		     "to start: its replicas elect one of them through a Lease in their namespace, and ask "
		     "again and again "
		     "without (*leases.coordination.k8s.io is forbidden*).\n\nSaid where all is known that "
		     "the cluster "
		     "gets, and no RoleBinding or ClusterRoleBinding in it names the account or a group that "
		     "it is in. Runs "
		     "when it is selected: somebody else may bind it.",
	.advice = "Bind what the agent needs, in the same cluster.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/#customize-the-helm-installation",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.is_strict = true,
	.check_install = check,
};
