#include "path.h"
#include "rule.h"

#define WRITTEN_NAME STR("gitlab-agent-token")

static bool
is_absent(const struct bootstrap *command, enum bootstrap_argument which)
{
	return command->arguments[which].state == ARGUMENT_ABSENT;
}

/* The Secret that the committed release reads its token from; false when that is not told. */
static bool
committed_secret(const struct repository *repository, const struct file *file, struct str *ret_secret)
{
	for (size_t i = 0; i < repository->resources->len; i++) {
		const struct resource *resource = &repository->resources->items[i];
		const struct ynode *spec = ynode_get(resource->root, STR("spec"));
		if (resource->file == file && resource_is(resource, FLUX_HELM_GROUP, STR("HelmRelease"))) {
			*ret_secret = ynode_str(ynode_at(spec, "values", "config", "secretName", NULL));
			return ret_secret->len > 0 && !ynode_get(spec, STR("valuesFrom"));
		}
	}
	return false;
}

/* glab writes the file when it runs; what is committed may have been mended by hand. */
static bool
release_reads(struct lint *lint, const struct bootstrap *command, struct str *ret_secret,
	const struct file **ret_file)
{
	const struct repository *repository = lint_repository(lint);
	const struct argument *name = &command->arguments[BOOTSTRAP_RELEASE_FILE];
	struct str path, base = STR("gitlab-agent-helm-release.yaml");
	*ret_secret = WRITTEN_NAME;
	*ret_file = NULL;
	if (name->state == ARGUMENT_UNKNOWN || command->directory_state != ARGUMENT_KNOWN) {
		return false;
	}
	base = name->state == ARGUMENT_KNOWN ? name->text : base;
	if (!path_join(lint_arena(lint), command->directory, base, &path)) {
		return false;
	}
	*ret_file = files_get(repository->files, path);
	return !*ret_file || committed_secret(repository, *ret_file, ret_secret);
}

static void
check_command(struct lint *lint, const struct bootstrap *command)
{
	const struct argument *given = &command->arguments[BOOTSTRAP_TOKEN_SECRET];
	struct str secret;
	const struct file *file;
	bool is_plain = command->kind == BOOTSTRAP_GLAB && command->is_sure && !command->has_unknown_flag
		&& given->state == ARGUMENT_KNOWN && !given->is_default
		&& is_absent(command, BOOTSTRAP_RELEASE_VALUES) && is_absent(command, BOOTSTRAP_PROJECT);
	if (!is_plain || !release_reads(lint, command, &secret, &file) || str_eq(secret, given->text)) {
		return;
	}
	struct finding *finding = lint_report_at(lint, command->script->file, given->span,
		"glab makes the Secret \"%.*s\", but the release that it commits reads \"%.*s\"",
		STR_ARG(given->text), STR_ARG(secret));
	if (file) {
		lint_relate_file(lint, finding, file, "the release");
	}
	lint_help(lint, finding,
		"leave the flag out, or set config.secretName to \"%.*s\" with --helm-release-values",
		STR_ARG(given->text));
}

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct bootstraps *bootstraps = &repository->flux->bootstraps;
	for (size_t i = 0; i < bootstraps->commands.len; i++) {
		check_command(lint, &bootstraps->commands.items[i]);
	}
}

const struct rule rule_FX035 = {
	.code = "FX035",
	.name = "glab-token-secret",
	.summary = "`glab cluster agent bootstrap` is told another name for the token's Secret than the "
		   "release reads.",
	.rationale = "`--gitlab-agent-token-secret-name` names the Secret that glab makes. The HelmRelease "
		     "that it commits "
		     "says `secretName: gitlab-agent-token` all the same; only `--helm-release-values` "
		     "changes that. The "
		     "agent's pods stay at *CreateContainerConfigError* or *secret not found*, and nothing "
		     "else is "
		     "wrong.\n\nSilent where the command has `--helm-release-values` or a part of it is a "
		     "variable.",
	.advice = "Leave the flag out, or give a values file with `config.secretName` as well.",
	.reference = "https://docs.gitlab.com/cli/cluster/agent/bootstrap/",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.any_file = true,
	.check_repository = check,
};
