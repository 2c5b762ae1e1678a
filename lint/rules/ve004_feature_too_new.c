#include "agent_problems.h"
#include "declared_gitlab.h"

static void
report(struct lint *lint, const struct agentcfg *cfg, const struct declared_gitlab *gitlab,
	const struct agentcfg_dated *dated)
{
	struct str name = ynode_str(dated->key);
	struct finding *finding = lint_report(lint, dated->key,
		"\"%.*s\" came with GitLab %.*s: an older one refuses the whole file", STR_ARG(name),
		STR_ARG(dated->since));
	lint_relate(lint, finding, gitlab->version, "GitLab %.*s is declared here",
		STR_ARG(ynode_str(gitlab->version)));
	lint_help(lint, finding, "remove the key, or update GitLab first and declare it");
	lint_object(lint, finding, cfg->root, dated->key);
}

static void
check(struct lint *lint, const struct agent *agent)
{
	const struct agentcfg *cfg = agent_judged_config(agent);
	struct declared_gitlab gitlab = declared_gitlab(lint_repository(lint)->files);
	uint32_t end = 0; /* of what was reported last: what lies below it goes with it */
	for (const struct agentcfg_dated *dated = cfg && gitlab.version ? cfg->dated : NULL; dated;
		dated = dated->next) {
		struct version since;
		if (dated->key->span.start >= end && version_parse(dated->since, &since)
			&& declared_before(&gitlab, since.major, since.minor)) {
			report(lint, cfg, &gitlab, dated);
			end = ynode_follow(dated->key->next)->span.end;
		}
	}
}

const struct rule rule_VE004 = {
	.code = "VE004",
	.name = "feature-too-new",
	.summary = "The agent's configuration has a key that the declared GitLab does not know yet.",
	.rationale =
		"The agent server takes all of `config.yaml` or nothing: one key that came with a later "
		"GitLab makes it refuse the whole file. CI jobs and users then keep the access of the last "
		"file that was taken, and an agent that starts anew runs without any "
		"configuration.\n\nWhich GitLab it is says `glagent.yaml` at the root of the repository "
		"(`spec.gitlab.version`); without it nothing is said. With which GitLab a key came is what "
		"the documentation says of its introduction.\n\nTo verify: the agent's page in GitLab "
		"(**Operate > Kubernetes clusters**) and the log of `agentk` say `failed to parse agent "
		"configuration: … unknown field \"…\"`.",
	.advice = "Update GitLab and then declare it, or leave the key out until then.",
	.reference =
		"https://docs.gitlab.com/user/clusters/agent/install/#create-an-agent-configuration-file",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_agent = check,
};
