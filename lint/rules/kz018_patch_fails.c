#include "kustomize_faults.h"

static void
check(struct lint *lint, const struct repository *repository)
{
	report_faults(lint, repository, FAULT_PATCH, NULL, "correct the patch, or its target");
}

const struct rule rule_KZ018 = {
	.code = "KZ018",
	.name = "patch-fails",
	.summary = "A patch does not apply.",
	.rationale =
		"A patch that has both a text and a path, that is neither a manifest nor a list of "
		"operations, or an operation on a path that the object does not have, ends the build: "
		"`replace operation does not apply: doc is missing path`, say. The whole build ends, so "
		"that nothing of the directory is applied. To verify: `kubectl kustomize DIRECTORY`.\n\nA "
		"warning where no Flux root is known to build it.",
	.advice = "Correct the patch: `remove` needs the field to be there, and every operation the mappings "
		  "and "
		  "lists above it.",
	.reference = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
