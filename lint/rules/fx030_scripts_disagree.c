#include "path.h"
#include "rule.h"
#include "unreached.h"

/* Where Flux starts, as far as it bears on one glab command. */
struct start {
	const struct file *file;
	struct span span;
	struct str path;
};

/* A Kustomization of Flux or a file of kustomize somewhere that may bring in what glab puts directly into the
 * path. */
static bool
may_be_led_to(const struct repository *repository, struct str path)
{
	for (size_t i = 0; i < repository->resources->len; i++) {
		const struct resource *resource = &repository->resources->items[i];
		if (resource_is(resource, STR("kustomize.toolkit.fluxcd.io"), STR("Kustomization"))
			&& directory_may_cover(
				ynode_str(ynode_at(resource->root, "spec", "path", NULL)), path)) {
			return true;
		}
	}
	const struct directory *directory = files_directory(repository->files, path);
	for (size_t i = directory ? directory->first : 0; directory && i < directory->last; i++) {
		const struct file *file = &repository->files->items[i];
		bool is_beside = str_eq(path_parent(file->source.path), path);
		if (is_beside
			&& (flux_reaches(repository->flux, file)
				|| map_get(repository->listed, file->source.path))) {
			return true;
		}
	}
	return false;
}

static bool
has_agent(const struct repository *repository, const struct argument *agent)
{
	for (size_t i = 0; i < repository->agents->len; i++) {
		if (agent->state == ARGUMENT_KNOWN
			&& str_eq(repository->agents->items[i].name, agent->text)) {
			return true;
		}
	}
	return false;
}

/* The first root of the repository; false when not all are known for sure, or one holds the path. */
static bool
committed_start(const struct flux *flux, struct str path, struct start *ret_start)
{
	for (size_t i = 0; i < flux->roots.len; i++) {
		const struct flux_root *root = &flux->roots.items[i];
		if (!root->is_complete || path_is_below(path, root->kustomization->path)) {
			return false;
		}
	}
	for (size_t i = 0; i < flux->declared.len; i++) {
		const struct flux_declared *declared = &flux->declared.items[i];
		if (!declared->is_path_sure || path_is_below(path, declared->path)) {
			return false;
		}
	}
	if (!flux->roots_are_bounded || flux->roots.len == 0) {
		return false;
	}
	const struct flux_kustomization *first = flux->roots.items[0].kustomization;
	const struct ynode *at = first->path_node ? first->path_node : first->resource->root;
	*ret_start = (struct start){ first->resource->file, at->span, first->path };
	return true;
}

/* What the same script bootstraps Flux with, before anything is committed; false when any path in any script
 * is not known, or holds the path. */
static bool
scripted_start(
	const struct flux *flux, const struct bootstrap *command, struct str path, struct start *ret_start)
{
	bool found = false;
	struct str text = command->script->file->source.text;
	for (size_t i = 0; i < flux->declared.len; i++) {
		const struct flux_declared *declared = &flux->declared.items[i];
		if (!declared->is_path_sure || path_is_below(path, declared->path)) {
			return false;
		}
		if (!found && declared->command && declared->file == command->script->file) {
			*ret_start = (struct start){ declared->file, declared->span, declared->path };
			found = true;
		}
	}
	return found && flux->roots.len == 0 && str_find(text, STR("clone")) == text.len;
}

static void
check_command(struct lint *lint, const struct repository *repository, const struct bootstrap *command)
{
	const struct argument *path = &command->arguments[BOOTSTRAP_MANIFEST_PATH];
	bool is_plain = command->kind == BOOTSTRAP_GLAB && command->is_sure && !command->has_unknown_flag
		&& command->directory_state == ARGUMENT_KNOWN && !command->is_default && !command->is_outside
		&& command->arguments[BOOTSTRAP_PROJECT].state == ARGUMENT_ABSENT;
	struct start start;
	if (!is_plain || may_be_led_to(repository, command->directory)) {
		return;
	}
	bool disagrees = (has_agent(repository, &command->arguments[BOOTSTRAP_AGENT])
				 && committed_start(repository->flux, command->directory, &start))
		|| scripted_start(repository->flux, command, command->directory, &start);
	if (!disagrees) {
		return;
	}
	struct span at = path->state == ARGUMENT_ABSENT ? command->span : path->span;
	struct str start_path = start.path.len > 0 ? start.path : STR("./");
	struct finding *finding = lint_report_at(lint, command->script->file, at,
		"glab commits the agent's manifests to \"%.*s\", where Flux does not look",
		STR_ARG(command->directory.len > 0 ? command->directory : STR("./")));
	lint_relate_at(lint, finding, start.file, start.span, "Flux starts at \"%.*s\"", STR_ARG(start_path));
	lint_help(lint, finding, "give --manifest-path the path of Flux, or one below it");
}

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct bootstraps *bootstraps = &repository->flux->bootstraps;
	for (size_t i = 0; i < bootstraps->commands.len; i++) {
		check_command(lint, repository, &bootstraps->commands.items[i]);
	}
}

const struct rule rule_FX030 = {
	.code = "FX030",
	.name = "scripts-disagree",
	.summary = "A script gives `glab cluster agent bootstrap` a path that Flux does not apply.",
	.rationale = "glab commits the agent's HelmRelease and its chart source to `--manifest-path`, the "
		     "root of the "
		     "repository when that is absent, and waits for Flux to apply them. Flux applies what is "
		     "below the "
		     "`--path` of `flux bootstrap`. Where the one is not below the other, nothing ever "
		     "applies the files, "
		     "and glab ends with *failed to reconcile the GitLab Agent*.\n\n"
		     "Said when both paths are known: of a script in a repository whose roots are committed "
		     "and which "
		     "configures that agent, or of a script that runs both commands. Silent where a "
		     "Kustomization or a "
		     "`kustomization.yaml` may lead Flux to the path.",
	.advice = "Give `--manifest-path` what Flux has as `--path`, or a directory below it.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/"
		     "#error-failed-to-reconcile-the-gitlab-agent",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.any_file = true,
	.check_repository = check,
};
