#include "ci_context_finding.h"

static void
check(struct lint *lint, const struct repository *repository)
{
	report_missing_agents(lint, repository, true);
}

const struct rule rule_CI003 = {
	.code = "CI003",
	.name = "environment-agent-unknown",
	.summary = "An environment is tied to an agent of this project that has no directory here.",
	.rationale =
		"`environment.kubernetes.agent` ties a job's environment to an agent: for the Kubernetes "
		"dashboard, and for resources that GitLab manages. An agent that does not exist, or that the "
		"project may not use, is left out without a word: the environment shows nothing. Without a "
		"near name it is information only: an agent needs no configuration, and so no "
		"directory.\n\nIt is this project's agent when the value begins with `$CI_PROJECT_PATH:`, "
		"or with the project that `glagent.yaml` at the root of the repository declares "
		"(`spec.gitlab.project`).\n\nTo verify: edit the environment in GitLab after the job has "
		"run; no agent is chosen there.",
	.advice = "Write the name that the agent is registered under (**Operate > Kubernetes clusters**).",
	.reference = "https://docs.gitlab.com/ci/yaml/#environmentkubernetes",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.any_file = true,
	.check_repository = check,
};
