#include "agent_problems.h"
#include "environment_templates.h"
#include "yscalar.h"

static bool
is_enabled(const struct ynode *grant)
{
	const struct ynode *enabled = ynode_at(grant, "resource_management", "enabled", NULL);
	return ynode_type(enabled, YDIALECT_SIGS_YAML) == YTYPE_BOOL && yscalar_bool(ynode_str(enabled));
}

static void
look_at(const struct agentcfg_access *access, void *context)
{
	bool *found = context;
	*found = *found || (str_eq(access->section, STR("ci_access")) && is_enabled(access->entry));
}

static void
report(struct lint *lint, const struct file *file)
{
	struct finding *finding = lint_report_at(lint, file, (struct span){ 0, 0 },
		"nothing uses this template: the agent's configuration enables resource_management for "
		"no project and no group");
	lint_help(lint, finding, "add \"resource_management: {enabled: true}\" to an entry of ci_access");
}

static void
check(struct lint *lint, const struct agent *agent)
{
	const struct agentcfg *cfg = agent_judged_config(agent);
	bool found = false;
	if (agent->config && (!cfg || cfg->is_refused)) {
		return; /* what it will say when it is mended is not known */
	}
	if (cfg) {
		agentcfg_each_access(cfg, look_at, &found);
		found = found || is_enabled(ynode_at(cfg->root, "ci_access", "instance", NULL));
	}
	if (!found) {
		each_environment_template(lint, agent, report);
	}
}

const struct rule rule_ET004 = {
	.code = "ET004",
	.name = "template-without-resource-management",
	.summary = "An agent has an environment template, but may not manage resources for anyone.",
	.rationale =
		"GitLab makes resources for the environments of those projects and groups of "
		"`ci_access` that have `resource_management: {enabled: true}`. Without one the "
		"template is never read: jobs run, but the namespaces and role bindings that they "
		"count on are not there. It is a feature of GitLab Premium, from 17.9 on behind a "
		"flag, from 18.1 on without.\n\nTo verify: run a job with `environment.kubernetes.agent`; "
		"`kubectl get namespaces` shows no namespace of the environment.",
	.advice = "Add `resource_management: {enabled: true}` and `access_as: {ci_job: {}}` to the entry of "
		  "the project or group. Remove the template when it is no longer meant.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/managed_kubernetes_resources/"
		     "#turn-on-kubernetes-resource-management",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.any_file = true,
	.check_agent = check,
};
