#include "agent_config_text.h"
#include "rule.h"

/* config.yaml in another spelling: nothing else can be meant. */
static bool
is_respelled(struct str base)
{
	return str_eq_nocase(base, STR("config.yaml")) || str_eq_nocase(base, STR("config.yml"));
}

static bool
is_blank(const struct file *file)
{
	return !file->docs && !file->syntax;
}

static bool
is_misnamed(const struct file *file)
{
	struct str base = path_base(file->source.path);
	if (file->kind != FS_REGULAR) {
		return false;
	}
	return is_respelled(base) ? !is_blank(file) : is_agent_config(file, AGENT_KEY_OWN);
}

static void
check(struct lint *lint, const struct agent *agent)
{
	const struct files *files = lint_repository(lint)->files;
	const struct directory *directory = files_directory(files, agent->directory);
	struct str right = arena_printf(lint_arena(lint), "%.*s/config.yaml", STR_ARG(agent->directory));
	if (files_get(files, right)) {
		return;
	}
	for (size_t i = directory->first; i < directory->last; i++) {
		const struct file *file = &files->items[i];
		struct str path = file->source.path;
		if (!str_eq(path_parent(path), agent->directory) || !is_misnamed(file)) {
			continue;
		}
		struct finding *finding = lint_report_at(lint, file, (struct span){ 0, 0 },
			"the agent server never reads \"%.*s\", only \"config.yaml\"",
			STR_ARG(path_base(path)));
		lint_help(lint, finding, "rename it to %.*s", STR_ARG(right));
	}
}

const struct rule rule_AG002 = {
	.code = "AG002",
	.name = "agent-config-misnamed",
	.summary = "An agent's configuration is in a file that is not called `config.yaml`.",
	.rationale = "The agent server reads `.gitlab/agents/NAME/config.yaml` and nothing else: not "
		     "`config.yml`, not "
		     "`Config.yaml`, not `agent.yaml`. It takes a missing file for an empty configuration, "
		     "so there is no "
		     "error anywhere: CI jobs just do not get the access that the file grants.",
	.advice = "Rename the file to `config.yaml`.",
	.reference =
		"https://docs.gitlab.com/user/clusters/agent/install/#create-an-agent-configuration-file",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.any_file = true,
	.check_agent = check,
};
