#include "rule.h"

static void
check_command(struct lint *lint, const struct bootstrap *command)
{
	const struct argument *path = &command->arguments[BOOTSTRAP_UNKNOWN_PATH];
	if (command->kind != BOOTSTRAP_GLAB || !command->is_sure || path->state == ARGUMENT_ABSENT) {
		return;
	}
	struct finding *finding = lint_report_at(lint, command->script->file, path->span,
		"\"glab cluster agent bootstrap\" has no flag --path: it stops with \"unknown flag\"");
	lint_help(lint, finding, "write --manifest-path");
}

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct bootstraps *bootstraps = &repository->flux->bootstraps;
	for (size_t i = 0; i < bootstraps->commands.len; i++) {
		check_command(lint, &bootstraps->commands.items[i]);
	}
}

const struct rule rule_FX031 = {
	.code = "FX031",
	.name = "glab-path-flag",
	.summary = "`glab cluster agent bootstrap` is given `--path`, which it does not have.",
	.rationale =
		"`flux bootstrap` calls it `--path`, `glab cluster agent bootstrap` calls it "
		"`--manifest-path` (`-p`). GitLab's installation page names the wrong one in its text. glab "
		"ends with *unknown flag: --path* before it does anything.",
	.advice = "Write `--manifest-path`, with the path that Flux was bootstrapped with, or one below it.",
	.reference = "https://docs.gitlab.com/cli/cluster/agent/bootstrap/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.any_file = true,
	.check_repository = check,
};
