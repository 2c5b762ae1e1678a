#include "bound_roles.h"

#include "chart.h"
#include "vec.h"

#define RBAC_GROUP STR("rbac.authorization.k8s.io")

bool
applied_is_binding(const struct applied *applied)
{
	return applied_is(applied, RBAC_GROUP, STR("RoleBinding"))
		|| applied_is(applied, RBAC_GROUP, STR("ClusterRoleBinding"));
}

const struct ynode *
binding_subjects(const struct applied *binding)
{
	const struct ynode *subjects = ynode_follow(ynode_get(binding->object->node, STR("subjects")));
	return ynode_is(subjects, YNODE_SEQUENCE) ? subjects->first : NULL;
}

static void
add_role(struct arena *arena, struct bound_roles *roles, const struct cluster *cluster, struct str name)
{
	const struct applied *role = cluster_find(cluster, RBAC_GROUP, STR("ClusterRole"), STR(""), name);
	const struct ynode *rules = role ? ynode_get(role->object->node, STR("rules")) : NULL;
	if (!role || role->object->may_differ || !ynode_is(rules, YNODE_SEQUENCE)
		|| ynode_get(role->object->node, STR("aggregationRule"))) {
		roles->is_unknown = true;
		return;
	}
	vec_push(arena, &roles->rules, rules);
	roles->first = roles->first ? roles->first : role;
}

/* The account itself, or a group that it is in. */
static bool
names_account(const struct ynode *subject, struct str account, struct str namespace)
{
	struct str kind = ynode_str(ynode_get(subject, STR("kind"))),
		   name = ynode_str(ynode_get(subject, STR("name")));
	if (str_eq(kind, STR("ServiceAccount"))) {
		return str_eq(name, account)
			&& str_eq(ynode_str(ynode_get(subject, STR("namespace"))), namespace);
	}
	bool is_all =
		str_eq(name, STR("system:authenticated")) || str_eq(name, STR("system:serviceaccounts"));
	return is_all
		|| (str_starts(name, STR("system:serviceaccount")) && str_find(name, namespace) < name.len);
}

static bool
binds(struct arena *arena, const struct install *install, const struct applied *binding)
{
	struct str account = chart_service_account(arena, install->release, install->values);
	for (const struct ynode *subject = binding_subjects(binding); subject; subject = subject->next) {
		if (names_account(subject, account, install->namespace)) {
			return true;
		}
	}
	return false;
}

/* Is all known that the cluster gets, and what the chart is given? */
static bool
is_known(const struct install *install)
{
	const struct cluster *cluster = install_cluster(install);
	return cluster && cluster->root->is_complete && !install->is_patched && !install->is_open
		&& install->release.len > 0 && install->namespace.len > 0
		&& install_flag(install, STR("rbac.create"), true) != ANSWER_OPEN;
}

struct bound_roles
bound_roles_of(struct arena *arena, const struct install *install)
{
	struct bound_roles roles = { .first = NULL };
	struct value role = install_value(install, STR("rbac.useExistingRole"));
	const struct cluster *cluster = install_cluster(install);
	if (!is_known(install)) {
		roles.is_unknown = true;
		return roles;
	}
	if (install_flag(install, STR("rbac.create"), true) == ANSWER_YES) {
		add_role(arena, &roles, cluster, role.text);
	}
	for (size_t i = 0; i < cluster->objects.len; i++) {
		const struct applied *applied = &cluster->objects.items[i];
		if (applied_is(applied, RBAC_GROUP, STR("ClusterRoleBinding"))) {
			roles.is_unknown |= applied->object->may_differ;
			if (binds(arena, install, applied)) {
				add_role(arena, &roles, cluster,
					ynode_str(ynode_at(applied->object->node, "roleRef", "name", NULL)));
			}
		}
	}
	return roles;
}

bool
install_is_unbound(struct arena *arena, const struct install *install)
{
	if (!is_known(install) || install_flag(install, STR("rbac.create"), true) != ANSWER_NO) {
		return false;
	}
	const struct cluster *cluster = install_cluster(install);
	for (size_t i = 0; i < cluster->objects.len; i++) {
		const struct applied *applied = &cluster->objects.items[i];
		if (applied_is_binding(applied)
			&& (applied->object->may_differ || binds(arena, install, applied))) {
			return false;
		}
	}
	return true;
}
