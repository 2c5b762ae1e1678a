#include "kustomize_faults.h"

static void
check_idle(struct lint *lint, const struct repository *repository, const struct kustomization *kustomization)
{
	const struct build *build = kustomization->build;
	if (build->result != BUILD_OK || build->idle.len == 0
		|| may_gain_objects(repository, kustomization)) {
		return;
	}
	for (size_t i = 0; i < build->idle.len; i++) {
		if (build->idle.items[i]->source == kustomization->file->id) {
			struct finding *finding = lint_report(
				lint, build->idle.items[i], "this patch is for nothing in the build");
			finding->severity = SEVERITY_WARNING;
			lint_help(lint, finding, "correct the target, or remove the patch");
		}
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct kustomizations *all = repository->kustomizations;
	report_faults(
		lint, repository, FAULT_TARGET, NULL, "correct the kind, name or namespace that it asks for");
	for (size_t i = 0; i < all->len; i++) {
		check_idle(lint, repository, &all->items[i]);
	}
}

const struct rule rule_KZ006 = {
	.code = "KZ006",
	.name = "patch-target-missing",
	.summary = "A patch is for an object that is not in the build.",
	.rationale =
		"A merge patch without a target must find the one object that it names, and ends the build "
		"when it does not: `no matches for Id`. So do a count of `replicas` and a source of "
		"`replacements` for nothing.\n\nA patch with a target that selects nothing is left out "
		"without a word; that is a warning here, and silent in components and where the build is "
		"not known completely. The whole build ends, so that nothing of the directory is applied. "
		"To verify: `kubectl kustomize DIRECTORY`.\n\nSilent at the path of a Flux Kustomization "
		"with `spec.components`, "
		"which may bring the object. A warning where no Flux root is known to build it.",
	.advice = "Correct kind, name and namespace: those of the object as its file has them, or as the "
		  "build has made them by then.",
	.reference = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
