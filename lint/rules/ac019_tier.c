#include "agent_problems.h"
#include "declared_gitlab.h"

static const char *
tier_name(struct str tier)
{
	static const char *const names[] = { "another GitLab", "GitLab Free", "GitLab Premium",
		"GitLab Ultimate" };
	return names[gitlab_tier_rank(tier)];
}

static void
report(struct lint *lint, const struct agentcfg *cfg, const struct declared_gitlab *gitlab,
	const struct agentcfg_dated *dated)
{
	struct finding *finding = lint_report(lint, dated->key, "\"%.*s\" takes %s, and this is %s",
		STR_ARG(ynode_str(dated->key)), tier_name(dated->tier), tier_name(ynode_str(gitlab->tier)));
	lint_relate(lint, finding, gitlab->tier, "it is declared here");
	lint_help(lint, finding, "remove the key, or declare the tier that the licence has by now");
	lint_object(lint, finding, cfg->root, dated->key);
}

static void
check(struct lint *lint, const struct agent *agent)
{
	const struct agentcfg *cfg = agent_judged_config(agent);
	struct declared_gitlab gitlab = declared_gitlab(lint_repository(lint)->files);
	unsigned rank = gitlab_tier_rank(ynode_str(gitlab.tier));
	for (const struct agentcfg_dated *dated = cfg && gitlab.tier ? cfg->dated : NULL; dated;
		dated = dated->next) {
		if (dated->tier.len > 0 && gitlab_tier_rank(dated->tier) > rank) {
			report(lint, cfg, &gitlab, dated);
		}
	}
}

const struct rule rule_AC019 = {
	.code = "AC019",
	.name = "tier-gated-feature",
	.summary = "The agent's configuration has what the declared tier of GitLab does not act on.",
	.rationale =
		"The agent server takes the key, but GitLab acts on it only with a licence that has the "
		"feature: an entry of `ci_access` with an impersonation is left out as a whole, container "
		"scans and workspaces do not start. No error is shown.\n\nThe tier is the one that "
		"`glagent.yaml` at the root of the repository declares (`spec.gitlab.tier`); without it "
		"nothing is said. Which feature takes which tier is what the documentation says today, and "
		"that changes; so this rule runs only when it is selected.\n\nTo verify: **Admin > "
		"Subscription**, or the group's **Settings > Billing**.",
	.advice = "Remove what has no effect: with the next licence it would be on at once.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.is_strict = true,
	.check_agent = check,
};
