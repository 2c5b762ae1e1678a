/* Roles and bindings of an agent: what templates/rbac.yaml places. */
#ifndef GLAGENT_RBAC_H
#define GLAGENT_RBAC_H

#include "access.h"
#include "buf.h"
#include "spec.h"

/* What the agent's features, its config and its receptive mode come to. */
struct access_features rbac_features(struct arena *arena, const struct spec_agent *agent);

/* Is there anything to apply before the chart? No where the chart binds the role itself, or nobody does. */
bool rbac_is_needed(const struct spec_agent *agent);

/* Values that decide on the chart's names: the ServiceAccount's fields under the user's own values. */
const struct ynode *rbac_chart_values(struct arena *arena, const struct spec_agent *agent);

/*
 * The innermost scope of templates/rbac.yaml:
 *
 *	account {name, namespace}  the ServiceAccount of the agent's pods
 *	makesAccount               the chart does not make it
 *	object                     name of the roles that carry the features' rules
 *	cluster {rules, risk}      rules for the whole cluster; risk: the namespace
 *	                           whose pods may be anyone
 *	roles[] {space, rules}     rules in one namespace
 *	grants[] {object, role, subject {kind, apiGroup, name, namespace}, why}
 *	                           over the cluster
 *	spaces[] {space, …}        the same in one namespace
 *	labels                     of every object
 *	order | nothing            when it is applied, as a sentence; or why there
 *	                           is nothing to apply
 */
const struct ynode *rbac_derive(struct arena *arena, const struct spec *spec, const struct spec_agent *agent);

/* The same, applied by other means: `order` says by which. */
const struct ynode *rbac_scope(struct arena *arena, const struct spec_agent *agent, struct str order);

/* Prints one document an object; the comments alone when there is none. */
void rbac_print(struct arena *arena, struct buf *out, const struct ydoc *document);

#endif
