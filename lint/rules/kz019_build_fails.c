#include "kustomize_faults.h"

static void
check(struct lint *lint, const struct repository *repository)
{
	report_faults(
		lint, repository, FAULT_OTHER, NULL, "see what kustomize itself says of this directory");
}

const struct rule rule_KZ019 = {
	.code = "KZ019",
	.name = "kustomization-fails",
	.summary = "kustomize does not build a directory.",
	.rationale =
		"What other rules have no name for: a generator of a key that is there twice, a "
		"replacement without a source, a chart where none may be run, YAML with a key twice, a "
		"label where a list stands. The whole build ends, so that nothing of the directory is "
		"applied. To verify: `kubectl kustomize DIRECTORY`.\n\nA warning where no Flux root is known "
		"to build it.",
	.advice = "Follow the message; `kubectl kustomize DIRECTORY` has kustomize's own words.",
	.reference = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
