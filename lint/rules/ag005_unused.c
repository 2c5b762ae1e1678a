#include "ci_context_finding.h"
#include "declared_gitlab.h"
#include "placed_installs.h"

/* Is it known of every install whose agent it is, and is there one? */
static bool
all_are_named(const struct installs *installs)
{
	for (size_t i = 0; i < installs->items.len; i++) {
		if (install_agent_name(&installs->items.items[i]).len == 0) {
			return false;
		}
	}
	return installs->items.len > 0;
}

static bool
is_installed(const struct installs *installs, struct str name)
{
	for (size_t i = 0; i < installs->items.len; i++) {
		if (str_eq(install_agent_name(&installs->items.items[i]), name)) {
			return true;
		}
	}
	return false;
}

static bool
is_used_by_jobs(const struct ci_contexts *contexts, struct str name)
{
	for (size_t i = 0; i < contexts->len; i++) {
		if (str_eq(contexts->items[i].agent, name)) {
			return true;
		}
	}
	return false;
}

static void
check(struct lint *lint, const struct repository *repository)
{
	struct declared_gitlab gitlab = declared_gitlab(repository->files);
	struct ci_contexts contexts;
	if (!all_are_named(repository->installs)) {
		return;
	}
	ci_contexts_collect(lint_arena(lint), repository->files, &contexts);
	for (size_t i = 0; i < repository->agents->len; i++) {
		const struct agent *agent = &repository->agents->items[i];
		if (is_installed(repository->installs, agent->name) || is_used_by_jobs(&contexts, agent->name)
			|| gitlab_declares_agent(&gitlab, agent->name)) {
			continue;
		}
		struct finding *finding = lint_report_at(lint, agent->any, (struct span){ 0, 0 },
			"this repository installs other agents, but not \"%.*s\"", STR_ARG(agent->name));
		lint_help(lint, finding,
			"remove the directory if the agent is gone, or set the annotation glagent.dev/agent "
			"on "
			"its HelmRelease");
	}
}

const struct rule rule_AG005 = {
	.code = "AG005",
	.name = "agent-unused",
	.summary = "A repository that installs agents has a directory for one that it does not install.",
	.rationale =
		"What is left of an agent that was removed still grants access to whoever registers an agent "
		"of that name in this project.\n\nSaid only where every install of an agent in the "
		"repository is a HelmRelease that tells whose agent it is (annotation `glagent.dev/agent`), "
		"no job of `.gitlab-ci.yml` names the agent, and no `glagent.yaml` declares it.\n\nA matter "
		"of taste: this rule runs only when it is selected.",
	.advice = "Remove the directory of an agent that is no more.",
	.reference =
		"https://docs.gitlab.com/user/clusters/agent/install/#create-an-agent-configuration-file",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.any_file = true,
	.is_strict = true,
	.check_repository = check,
};
