#include "chart.h"
#include "install_finding.h"

/* May a text, at any depth, name the Service? */
static bool
names(const struct ynode *node, struct str name)
{
	if (node->kind == YNODE_SCALAR) {
		return str_find(ynode_str(node), name) < node->len;
	}
	for (const struct ynode *child = node->kind == YNODE_ALIAS ? NULL : node->first; child;
		child = child->next) {
		if (names(child, name)) {
			return true;
		}
	}
	return false;
}

/* An Ingress, a route or another Service of the cluster leads to the agent. */
static bool
is_led_to(const struct lint *lint, const struct install *install)
{
	const struct cluster *cluster = install->applied ? install->applied->cluster : NULL;
	struct str name = chart_fullname(lint_arena(lint), install->release, install->values);
	for (size_t i = 0; cluster && i < cluster->objects.len; i++) {
		const struct applied *applied = &cluster->objects.items[i];
		if (applied->object->id.name.len && applied->object != install->applied->object
			&& names(applied->object->node, name)) {
			return true;
		}
	}
	return false;
}

static void
check(struct lint *lint, const struct install *install)
{
	struct value type = install_value(install, STR("service.type"));
	bool is_internal = type.state == VALUE_ABSENT || str_eq(type.text, STR("ClusterIP"));
	if (install_is_receptive(install) != ANSWER_YES || !is_internal || install->is_patched
		|| install_flag(install, STR("ingress.enabled"), false) != ANSWER_NO
		|| install->release.len == 0 || is_led_to(lint, install)) {
		return;
	}
	struct value enabled = install_value(install, STR("config.receptive.enabled"));
	(void)install_report(lint, install, enabled.node,
		STR("nothing here lets GitLab reach the receptive agent: its Service is for the cluster "
		    "alone"),
		STR("set service.type, or ingress.enabled with ingress.hostname, unless something outside of "
		    "this "
		    "repository leads to the Service"));
}

const struct rule rule_RC004 = {
	.code = "RC004",
	.name = "receptive-not-exposed",
	.summary = "GitLab is to dial the agent, and nothing in the repository leads to it.",
	.rationale =
		"GitLab dials a receptive agent at the address of its URL configuration, which has to lead "
		"to "
		"the Service that the chart makes. By default that is of type `ClusterIP`, and there is no "
		"Ingress: nobody outside of the cluster reaches it.\n\nThe Service may be led to by what is "
		"not "
		"in the repository, or GitLab may run in the same cluster, so this runs when it is selected. "
		"Silent where another object of the same cluster mentions the agent's name.",
	.advice = "Set `service.type: LoadBalancer` or `NodePort`, or `ingress.enabled: true` with "
		  "`ingress.hostname`; or route to the Service yourself.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/#receptive-agents",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.is_strict = true,
	.check_install = check,
};
