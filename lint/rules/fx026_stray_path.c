#include "rule.h"

/* `path=…`: a word of its own that flux takes for nothing. */
static void
check_command(struct lint *lint, const struct bootstrap *command)
{
	const struct argument *stray = &command->arguments[BOOTSTRAP_STRAY_PATH];
	bool is_slip = command->kind == BOOTSTRAP_FLUX && command->is_sure && !command->has_unknown_flag
		&& stray->state != ARGUMENT_ABSENT
		&& command->arguments[BOOTSTRAP_PATH].state == ARGUMENT_ABSENT;
	if (!is_slip) {
		return;
	}
	struct finding *finding = lint_report_at(lint, command->script->file, stray->span,
		"flux ignores \"%.*s%s\", which is no flag, and bootstraps the root of the repository",
		STR_ARG(stray->text), stray->state == ARGUMENT_UNKNOWN ? "…" : "");
	lint_help(lint, finding, "write --%.*s%s", STR_ARG(stray->text),
		stray->state == ARGUMENT_UNKNOWN ? "…" : "");
}

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct bootstraps *bootstraps = &repository->flux->bootstraps;
	for (size_t i = 0; i < bootstraps->commands.len; i++) {
		check_command(lint, &bootstraps->commands.items[i]);
	}
}

const struct rule rule_FX026 = {
	.code = "FX026",
	.name = "bootstrap-path-not-a-flag",
	.summary = "`flux bootstrap` is given its path without dashes, and ignores it.",
	.rationale =
		"`flux bootstrap` takes any word that is no flag and does nothing with it. With "
		"`path=clusters/staging` instead of `--path=clusters/staging` it therefore bootstraps the "
		"root "
		"of the repository: Flux applies every manifest of every cluster that it finds there, and "
		"fails at the first file that is none.\n\n"
		"Said of scripts, Makefiles, CI files and the like, when the command has no other `--path`.",
	.advice = "Write `--path`. Where the command has been run already, remove what it committed to "
		  "`flux-system/` at the root before you run it again.",
	.reference = "https://fluxcd.io/flux/cmd/flux_bootstrap/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.any_file = true,
	.check_repository = check,
};
