#include "rule.h"

/* .gitlab/agents, .gitlab/agents/NAME and .gitlab/agents/NAME/config.yaml are what the server goes through.
 */
static bool
is_on_the_way(struct str path)
{
	static const struct str home = STR_INIT(".gitlab/agents");
	if (str_eq(path, home) || str_eq(path_parent(path), home)) {
		return true;
	}
	return str_eq(path_base(path), STR("config.yaml")) && str_eq(path_parent(path_parent(path)), home);
}

static void
check(struct lint *lint, const struct repository *repository)
{
	for (size_t i = 0; i < repository->files->len; i++) {
		const struct file *file = &repository->files->items[i];
		if (file->kind != FS_SYMLINK || !is_on_the_way(file->source.path)) {
			continue;
		}
		struct finding *finding = lint_report_at(lint, file, (struct span){ 0, 0 },
			"this is a symbolic link, which the agent server does not follow");
		lint_help(lint, finding, "put a copy of what it leads to in its place");
	}
}

const struct rule rule_AG008 = {
	.code = "AG008",
	.name = "agent-config-symlink",
	.summary = "The way to an agent's configuration leads through a symbolic link.",
	.rationale =
		"The agent server asks Git for the object at `.gitlab/agents/NAME/config.yaml`. Git has no "
		"directory behind a link, and of a link itself it has only the path that it leads to. So "
		"several agents cannot share one file this way: those behind the link run without the "
		"configuration.\n\nTo verify: `git cat-file -p HEAD:.gitlab/agents/NAME/config.yaml` prints "
		"what the agent server gets.",
	.advice = "Give each agent a regular file. What is the same in all of them can be generated.",
	.reference =
		"https://docs.gitlab.com/user/clusters/agent/install/#create-an-agent-configuration-file",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.any_file = true,
	.check_repository = check,
};
