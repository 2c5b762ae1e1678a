#include "agent_problems.h"

static void
check(struct lint *lint, const struct agent *agent)
{
	report_agent_problems(lint, agent, AGENTCFG_REMOVED);
}

const struct rule rule_AC005 = {
	.code = "AC005",
	.name = "legacy-starboard",
	.summary = "The agent's configuration has a block of a feature that was removed: `starboard`, "
		   "`cilium` or `gitops.charts`.",
	.rationale = "The agent server takes all of `config.yaml` or nothing, and it no longer knows these "
		     "keys: `cilium` since GitLab 15.0, `starboard` since 16.0, `gitops.charts` since 2023. "
		     "The whole file is refused, everything else in it included: CI jobs and users keep the "
		     "access of the last file that was taken, and an agent that starts anew runs without any "
		     "configuration.\n\nTo verify: the agent's page in GitLab (**Operate > Kubernetes "
		     "clusters**) and the log of `agentk` say `unknown field \"starboard\"`.",
	.advice = "Rename `starboard` to `container_scanning` and list what to scan under "
		  "`vulnerability_report.namespaces`. Remove `cilium`. Install the charts of `gitops.charts` "
		  "with Flux HelmReleases or from CI jobs.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/vulnerabilities/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.check_agent = check,
};
