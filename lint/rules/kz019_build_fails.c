#include "kustomize_faults.h"

/* What is no YAML at all, or a key twice, is told of by the rules on YAML; two files by KZ007. */
static bool
is_wanted(const struct build *build)
{
	return !str_eq(build->why, STR("a mapping has a key twice"))
		&& !str_eq(build->why, STR("the kustomization file is no YAML"))
		&& !str_eq(build->why, STR("MalformedYAMLError"))
		&& !str_eq(build->why, STR("several kustomization files in one directory"));
}

static void
check(struct lint *lint, const struct repository *repository)
{
	report_faults(
		lint, repository, FAULT_OTHER, is_wanted, "see what kustomize itself says of this directory");
}

const struct rule rule_KZ019 = {
	.code = "KZ019",
	.name = "kustomization-fails",
	.summary = "A directory is not built for a reason without a rule of its own.",
	.rationale =
		"What other rules have no name for: a generator of a key that is there twice, a "
		"replacement without a source, a chart where none may be run, a "
		"label where a list stands. The whole build ends, so that nothing of the directory is "
		"applied. To verify: `kubectl kustomize DIRECTORY`.\n\nA warning where no Flux root is known "
		"to build it.",
	.advice = "Follow the message; `kubectl kustomize DIRECTORY` has kustomize's own words.",
	.reference = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
