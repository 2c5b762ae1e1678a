#include "install_finding.h"

static void
check(struct lint *lint, const struct install *install)
{
	if (!install_is_admin_by_default(install)) {
		return;
	}
	const struct ynode *place = install_place(install, NULL);
	struct finding *finding = lint_report(lint, place, "the chart makes the agent cluster-admin");
	lint_help(lint, finding,
		"set rbac.create to false and bind what it needs, or name a ClusterRole in "
		"rbac.useExistingRole; "
		"cluster-admin there says that it is meant");
	lint_install(lint, finding, install, place);
}

const struct rule rule_CV007 = {
	.code = "CV007",
	.name = "cluster-admin-default",
	.summary = "The agent is cluster-admin because nothing else was asked for.",
	.rationale =
		"Unless told otherwise the chart binds `cluster-admin` to the agent's ServiceAccount. "
		"Whoever "
		"may use the agent (every CI job of the projects in `ci_access` that is not impersonated, "
		"the "
		"users of `user_access` with `access_as: {agent: {}}`) then owns the cluster, its Secrets "
		"included.\n\nSilent where values are not all read, where a post-renderer may change the "
		"binding, and where `rbac.useExistingRole: cluster-admin` says that it is meant.",
	.advice =
		"Set `rbac.create: false` and bind a Role with what the agent is used for, or name a "
		"ClusterRole in `rbac.useExistingRole`. Where the agent only tells Flux of pushes, it needs "
		"leases and events in its own namespace and GitRepositories, Receivers and Secrets of Flux.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/#customize-the-helm-installation",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_install = check,
};
