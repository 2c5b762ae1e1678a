#include "ci_context_finding.h"

static void
check(struct lint *lint, const struct repository *repository)
{
	report_missing_agents(lint, repository, false);
}

const struct rule rule_CI001 = {
	.code = "CI001",
	.name = "context-agent-unknown",
	.summary = "A CI job uses the context of an agent of this project that has no directory here.",
	.rationale =
		"Jobs get one Kubernetes context for each agent that they may use, named "
		"`PROJECT:AGENT`. With a name that is nearly that of another agent, `kubectl` stops with *no "
		"context exists with the name*. Without a near one it is information only: an agent needs no "
		"configuration, and so no directory.\n\nIt is this project's agent when the context begins "
		"with `$CI_PROJECT_PATH:`, or with the project that `glagent.yaml` at the root of the "
		"repository declares (`spec.gitlab.project`).\n\nTo verify: run `kubectl config "
		"get-contexts` in the job.",
	.advice = "Write the name that the agent is registered under (**Operate > Kubernetes clusters**).",
	.reference = "https://docs.gitlab.com/user/clusters/agent/ci_cd_workflow/"
		     "#update-your-gitlab-ciyml-file-to-run-kubectl-commands",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.any_file = true,
	.check_repository = check,
};
