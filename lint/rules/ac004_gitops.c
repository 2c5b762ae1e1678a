#include "agent_problems.h"

static void
check(struct lint *lint, const struct agent *agent)
{
	report_agent_problems(lint, agent, AGENTCFG_GITOPS);
}

const struct rule rule_AC004 = {
	.code = "AC004",
	.name = "legacy-gitops-keyword",
	.summary = "The agent's configuration still has the `gitops` block of the old GitOps feature.",
	.rationale = "Until GitLab 16 the agent applied the manifests of the projects listed here. Since "
		     "GitLab 17.0 it does nothing with them but log an error: what they hold is no longer "
		     "applied, and what was applied before stays in the cluster unattended. A mistake within "
		     "the block still refuses the whole file, and so may the block itself once GitLab "
		     "forgets the keyword.\n\nTo verify: the log of `agentk` has an error about the removed "
		     "GitOps module, and changes in the manifests do not reach the cluster.",
	.advice = "Move the manifests to Flux, then remove the block. Flux can take running objects over: "
		  "give its Kustomization the same manifests and namespace. When nothing depended on it any "
		  "more, just remove the block.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/gitops/migrate_to_flux/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_agent = check,
};
