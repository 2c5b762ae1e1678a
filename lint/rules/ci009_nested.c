#include "agent_grants.h"
#include "ci_agent_jobs.h"

/* What the agent's configuration has the jobs of its own project act as; NULL: as the agent, or it is not
 * known. */
static const struct ynode *
impersonation(struct lint *lint, const struct agent *agent, struct str project)
{
	const struct agentcfg *cfg = agent_judged_config(agent);
	struct grants grants = grants_collect(lint_arena(lint), cfg && !cfg->is_refused ? cfg : NULL);
	const struct ynode *found = NULL;
	size_t entries = 0;
	for (size_t i = 0; i < grants.len; i++) {
		const struct agentcfg_access *access = &grants.items[i];
		if (str_eq(access->section, STR("ci_access")) && str_eq(access->list, STR("projects"))
			&& str_eq_nocase(ynode_str(access->id), project)) {
			entries++;
			found = grant_is_as_agent(access->entry) ? NULL
								 : ynode_key(access->entry, STR("access_as"));
		}
	}
	return entries == 1 ? found : NULL; /* of several one is dropped, nobody says which */
}

static const struct ynode *
impersonation_of(struct lint *lint, const struct agent_job *job)
{
	const struct repository *repository = lint_repository(lint);
	struct declared_gitlab gitlab = declared_gitlab(repository->files);
	/* GitLab Free leaves an entry that impersonates out, and the job is the agent again. */
	bool may_impersonate = gitlab_tier_rank(ynode_str(gitlab.tier)) != 1;
	for (size_t i = 0; gitlab.project && may_impersonate && i < repository->agents->len; i++) {
		const struct agent *agent = &repository->agents->items[i];
		if (job->is_only && ci_context_is_ours(job->context, &gitlab)
			&& str_eq(agent->name, job->context->agent)) {
			return impersonation(lint, agent, ynode_str(gitlab.project));
		}
	}
	return NULL;
}

static bool
check_command(struct lint *lint, const struct agent_job *job, const struct agent_command *command)
{
	static const struct str of_kubectl[] = { STR_INIT("--as"), STR_INIT("--as-group"),
		STR_INIT("--as-uid"), { NULL, 0 } };
	static const struct str of_helm[] = { STR_INIT("--kube-as-user"), STR_INIT("--kube-as-group"),
		{ NULL, 0 } };
	const struct shell_word *word = agent_command_flag(command, command->is_helm ? of_helm : of_kubectl);
	const struct ynode *as = word ? impersonation_of(lint, job) : NULL;
	if (!as) {
		return false;
	}
	struct finding *finding = lint_report_at(lint, job->job->file, word->span,
		"the agent impersonates the job already, and refuses to impersonate somebody else");
	lint_relate(lint, finding, as, "this makes it so");
	lint_help(lint, finding,
		"remove the flag, and bind roles to the identity of the job; or let the job act as the "
		"agent");
	return true;
}

static void
check_job(struct lint *lint, const struct agent_job *job)
{
	each_agent_command(lint, job, check_command);
}

static void
check(struct lint *lint, const struct repository *repository)
{
	static const struct str words[] = { STR_INIT("--as"), STR_INIT("--kube-as-"), { NULL, 0 } };
	each_agent_job(lint, repository, words, check_job);
}

const struct rule rule_CI009 = {
	.code = "CI009",
	.name = "nested-impersonation",
	.summary = "A job impersonates somebody through an agent that impersonates already.",
	.rationale =
		"With `access_as: {ci_job: {}}` or `impersonate` the agent adds an identity to each request. "
		"One that asks for another identity itself, as `kubectl --as` does, is answered with 400: "
		"*Nested impersonation is not supported - agent is already configured to impersonate an "
		"identity*.\n\nSaid where the context is of an agent of this very project, which "
		"`glagent.yaml` at the root of the repository declares (`spec.gitlab.project`), and the "
		"agent's configuration has one entry for it.\n\nTo verify: run the command in the job.",
	.advice = "Leave `--as` out; what the job may do is a matter of roles for `gitlab:ci_job` and the "
		  "like.",
	.reference = "https://gitlab.com/gitlab-org/gitlab/-/issues/338664",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.any_file = true,
	.check_repository = check,
};
