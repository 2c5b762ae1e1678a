#include "flux_objects.h"
#include "install_finding.h"

#define RBAC_GROUP STR("rbac.authorization.k8s.io")

/* A ClusterRole that each cluster has. */
static bool
is_built_in(struct str name)
{
	return str_eq(name, STR("cluster-admin")) || str_eq(name, STR("admin")) || str_eq(name, STR("edit"))
		|| str_eq(name, STR("view")) || str_starts(name, STR("system:"));
}

/* A Role of that name in the same cluster. */
static const struct applied *
find_role(const struct cluster *cluster, struct str name)
{
	for (size_t i = 0; i < cluster->objects.len; i++) {
		const struct applied *applied = &cluster->objects.items[i];
		if (applied_is(applied, RBAC_GROUP, STR("Role")) && str_eq(applied->object->id.name, name)) {
			return applied;
		}
	}
	return NULL;
}

static void
check(struct lint *lint, const struct install *install)
{
	struct value role = install_value(install, STR("rbac.useExistingRole"));
	if (role.state != VALUE_SET || is_built_in(role.text) || !install->applied
		|| !install->applied->cluster || install->is_patched
		|| install_flag(install, STR("rbac.create"), true) != ANSWER_YES) {
		return;
	}
	const struct cluster *cluster = install->applied->cluster;
	const struct applied *other = find_role(cluster, role.text);
	if (!other || cluster_find(cluster, RBAC_GROUP, STR("ClusterRole"), STR(""), role.text)) {
		return;
	}
	const struct ynode *place = install_place(install, role.node);
	struct finding *finding = lint_report(lint, place,
		"rbac.useExistingRole takes a ClusterRole, and \"%.*s\" is a Role", STR_ARG(role.text));
	lint_relate(lint, finding, applied_name_node(other), "this one");
	lint_help(lint, finding,
		"make it a ClusterRole; or set rbac.create to false and bind the Role with a RoleBinding");
	lint_install(lint, finding, install, place);
}

const struct rule rule_CV009 = {
	.code = "CV009",
	.name = "use-existing-role-unresolved",
	.summary = "`rbac.useExistingRole` names a Role; the chart binds ClusterRoles only.",
	.rationale =
		"The chart makes a ClusterRoleBinding, whose `roleRef` is a ClusterRole whatever the name. "
		"Kubernetes takes a binding to a role that is not there, and the agent has no rights: "
		"*leases.coordination.k8s.io is forbidden*.\n\nA ClusterRole that is not in the repository "
		"may "
		"be made elsewhere, so this is said only where the same cluster gets a Role of that name and "
		"no "
		"ClusterRole.",
	.advice = "Make the role a ClusterRole, or set `rbac.create: false` and bind the Role yourself.",
	.reference = "https://gitlab.com/gitlab-org/charts/gitlab-agent/-/blob/main/templates/"
		     "clusterrolebinding.yaml",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_install = check,
};
