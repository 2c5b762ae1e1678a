#include "agent_grants.h"

static void
check(struct lint *lint, const struct agent *agent)
{
	const struct agentcfg *cfg = agent_judged_config(agent);
	struct grants grants = grants_collect(lint_arena(lint), cfg);
	for (size_t i = 0; i < grants.len; i++) {
		const struct agentcfg_access *access = &grants.items[i];
		const struct ynode *management = ynode_get(access->entry, STR("resource_management"));
		if (!str_eq(access->section, STR("ci_access")) || !grant_is_on(management, STR("enabled"))
			|| !grant_is_as_agent(access->entry)) {
			continue;
		}
		const struct ynode *at = ynode_get(management, STR("enabled"));
		struct finding *finding = lint_report(lint, at,
			"jobs of \"%.*s\" act as the agent, which may make role bindings for their "
			"environments",
			STR_ARG(ynode_str(access->id)));
		lint_help(lint, finding, "add \"access_as: {ci_job: {}}\" to the entry");
		lint_object(lint, finding, cfg->root, at);
	}
}

const struct rule rule_ET005 = {
	.code = "ET005",
	.name = "resource-management-as-agent",
	.summary = "An agent manages resources for jobs that have all of its own rights.",
	.rationale =
		"To make namespaces and role bindings for environments the agent needs rights that reach "
		"over all of them. With `access_as: {ci_job: {}}` a job has only what the role binding of "
		"its "
		"environment gives it. Without, or with `access_as: {agent: {}}`, each job acts as the "
		"agent itself: it may change any environment's namespace, and give itself more. The role "
		"binding of the default template, which is for the job's identity, is then never "
		"used.\n\nTo verify: run `kubectl auth can-i create rolebindings -A` in a job.",
	.advice = "Add `access_as: {ci_job: {}}`, and roles for the identities of jobs.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/managed_kubernetes_resources/"
		     "#configure-gitlab-managed-kubernetes-resources",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_agent = check,
};
