#include "agent_problems.h"

static void
check(struct lint *lint, const struct agent *agent)
{
	report_agent_problems(lint, agent, AGENTCFG_FOREIGN);
}

const struct rule rule_AC020 = {
	.code = "AC020",
	.name = "foreign-document",
	.summary = "What is saved as an agent's configuration is another document.",
	.rationale = "`.gitlab/agents/NAME/config.yaml` says who may use the agent and what it does. A "
		     "kubeconfig, a Kubernetes object or Helm values in its place share no key with it, so "
		     "the agent server refuses the file and the agent runs without configuration. An agent "
		     "needs no kubeconfig: it runs in the cluster and uses its service account. A kubeconfig "
		     "in Git also gives the cluster away to everyone who can read the project.\n\nTo verify: "
		     "the agent's page in GitLab (**Operate > Kubernetes clusters**) and the log of `agentk` "
		     "say `unknown field \"apiVersion\"`.",
	.advice = "Move the document where it belongs: Helm values to the command or HelmRelease that "
		  "installs the agent, objects to the manifests. Take a kubeconfig out of Git and replace "
		  "the credentials in it. Then write a configuration, or leave the file out: every key of it "
		  "is optional.",
	.reference =
		"https://docs.gitlab.com/user/clusters/agent/install/#create-an-agent-configuration-file",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_agent = check,
};
