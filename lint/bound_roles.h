/* The ClusterRoles that a cluster binds to an agent's ServiceAccount, as far as the repository tells. */
#ifndef GLAGENT_BOUND_ROLES_H
#define GLAGENT_BOUND_ROLES_H

#include "install_finding.h"

struct bound_roles {
	struct {
		const struct ynode **items; /* `rules` of each */
		size_t len, cap;
	} rules;
	const struct applied *first; /* one of the roles */
	bool is_unknown;             /* a role is bound of which the rules are not known */
};

/* Of a HelmRelease that a cluster surely gets: what the chart binds, and what other bindings of the cluster
 * do. */
struct bound_roles bound_roles_of(struct arena *arena, const struct install *install);

/* Does surely nothing that the cluster gets give the agent's ServiceAccount any right, the chart included? */
bool install_is_unbound(struct arena *arena, const struct install *install);

/* Does it bind roles to users or groups: RoleBindings and ClusterRoleBindings? */
bool applied_is_binding(const struct applied *applied);

/* The first of the binding's subjects, the others follow it; NULL where there is none. */
const struct ynode *binding_subjects(const struct applied *binding);

#endif
