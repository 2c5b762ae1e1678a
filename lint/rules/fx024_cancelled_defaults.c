#include "left_out.h"
#include "path.h"
#include "substituted.h"

static struct finding *
report_pattern(struct lint *lint, const struct flux_root *root, const struct ignore_pattern *pattern,
	const struct build *build)
{
	static const char text[] =
		"this pattern cancels Flux's default ones: \"%.*s\" is read now and is no "
		"Kubernetes manifest, so Flux fails with \"failed to decode Kubernetes YAML from "
		"…/%.*s: %.*s\"";
	struct str path = build->file->source.path;
	if (pattern->file) {
		return lint_report_at(lint, pattern->file, pattern->span, text, STR_ARG(path), STR_ARG(path),
			STR_ARG(build->why));
	}
	return lint_report(
		lint, left_out_spec(root), text, STR_ARG(path), STR_ARG(path), STR_ARG(build->why));
}

static void
report(struct lint *lint, const struct flux_root *root, const struct ignore_pattern *pattern,
	const struct flux_kustomization *kustomization)
{
	const struct build *build = kustomization->build;
	const struct ynode *at = kustomization->path_node;
	struct finding *finding = report_pattern(lint, root, pattern, build);
	if (flux_is_suspended(kustomization)) {
		finding->severity = SEVERITY_WARNING;
	}
	if (!at) {
		at = kustomization->resource->root;
	}
	lint_relate(lint, finding, at, "the Flux path that holds the file");
	lint_relate_file(lint, finding, build->file, "Flux stops here");
	lint_help(lint, finding,
		"add \"%.*s\" to the patterns, and what else of the defaults this repository needs "
		"(.gitlab-ci.yml, .github/, **/.sops.yaml); or point spec.path at a sub-directory",
		STR_ARG(path_base(build->file->source.path)));
}

static void
check_root(struct lint *lint, const struct repository *repository, const struct flux_root *root)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct ignore ignore = { 0 };
	for (size_t i = 0; i < root->closure.len; i++) {
		const struct flux_kustomization *kustomization = root->closure.items[i];
		if (!kustomization->build || !kustomization->build->is_refused) {
			continue;
		}
		if (ignore.len == 0) {
			left_out_patterns(&scratch, repository, root, &ignore);
		}
		if (left_out_by_default(&scratch, &ignore, kustomization->build->file)) {
			report(lint, root, &ignore.items[ignore.first_custom], kustomization);
		}
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	for (size_t i = 0; i < repository->flux->roots.len; i++) {
		check_root(lint, repository, &repository->flux->roots.items[i]);
	}
}

const struct rule rule_FX024 = {
	.code = "FX024",
	.name = "ignore-pattern-cancels-defaults",
	.summary = "A pattern in `.sourceignore` or `spec.ignore` brings back files that Flux leaves out by "
		   "default, and one of them is no manifest.",
	.rationale =
		"Flux leaves `.github/`, `.gitlab-ci.yml`, `.sops.yaml`, pictures and archives out of what "
		"it "
		"reads, but only as long as there is no pattern of one's own: a single line in any "
		"`.sourceignore`, or in `spec.ignore` of the source, replaces all of these defaults (those "
		"for "
		"Git's own files stay). Below a path without a kustomization file Flux then decodes "
		"`.gitlab-ci.yml` as a manifest and stops: *failed to decode Kubernetes YAML*. `flux build "
		"kustomization` adds the defaults on its own and so does not show it.\n\nSaid only where a "
		"build fails of it.",
	.advice = "Repeat the defaults that matter beside your own patterns:\n\n"
		  "```\n/.gitlab/\n.gitlab-ci.yml\n.github/\n**/.sops.yaml\n```\n\n"
		  "Or point `spec.path` at a directory that holds manifests only.",
	.reference = "https://fluxcd.io/flux/components/source/gitrepositories/#excluding-files",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.any_file = true,
	.check_repository = check,
};
