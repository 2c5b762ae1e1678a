#include "agent_problems.h"
#include "declared_gitlab.h"

/* docs.gitlab.com/user/clusters/agent/ci_cd_workflow: 500 since GitLab 17.0. */
enum { ENTRIES_MAX = 500, ENTRIES_MAX_BEFORE_17 = 100 };

struct counting {
	struct lint *lint;
	const struct agentcfg *cfg;
	struct str section, list; /* that is being counted */
	size_t count, max;
};

static void
count(const struct agentcfg_access *access, void *context)
{
	struct counting *counting = context;
	if (!str_eq(access->section, counting->section) || !str_eq(access->list, counting->list)) {
		counting->section = access->section;
		counting->list = access->list;
		counting->count = 0;
	}
	if (++counting->count != counting->max + 1) {
		return;
	}
	struct finding *finding = lint_report(counting->lint, access->entry,
		"%.*s.%.*s has more than %zu entries: GitLab drops this one and all that follow",
		STR_ARG(access->section), STR_ARG(access->list), counting->max);
	lint_help(counting->lint, finding, "list groups in place of their projects, or use a second agent");
	lint_object(counting->lint, finding, counting->cfg->root, access->entry);
}

static void
check(struct lint *lint, const struct agent *agent)
{
	struct declared_gitlab gitlab = declared_gitlab(lint_repository(lint)->files);
	struct counting counting = { .lint = lint,
		.cfg = agent_judged_config(agent),
		.max = declared_before(&gitlab, 17, 0) ? ENTRIES_MAX_BEFORE_17 : ENTRIES_MAX };
	if (counting.cfg) {
		agentcfg_each_access(counting.cfg, count, &counting);
	}
}

const struct rule rule_AC009 = {
	.code = "AC009",
	.name = "access-limit",
	.summary = "The agent's configuration lists more projects or groups than GitLab takes.",
	.rationale = "GitLab reads the first 500 entries of each list in `ci_access` and `user_access`, and "
		     "before GitLab 17.0 the first 100. It drops the others without a word: their jobs and "
		     "members get no access. The lower limit is used when `glagent.yaml` at the root of the "
		     "repository declares an older GitLab (`spec.gitlab.version`).\n\nTo verify: run "
		     "`kubectl config get-contexts` in a job of the last project of the list; the agent's "
		     "context is missing.",
	.advice = "List a group in place of its projects: that counts as one entry. Or give the others an "
		  "agent of their own; a cluster may have several.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/ci_cd_workflow/#authorize-agent-access",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_agent = check,
};
