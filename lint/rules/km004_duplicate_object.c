#include "kustomize_faults.h"
#include "path.h"

/* FX029 tells of several clusters below one path. */
static bool
is_wanted(const struct build *build)
{
	return build->kustomization || !str_starts(path_base(build->file->source.path), STR("gotk-"));
}

static void
check(struct lint *lint, const struct repository *repository)
{
	report_faults(lint, repository, FAULT_DUPLICATE, is_wanted,
		"remove one of the two, or give it another name or namespace");
}

const struct rule rule_KM004 = {
	.code = "KM004",
	.name = "duplicate-object",
	.summary = "A build has the same object twice.",
	.rationale =
		"kustomize tells objects apart by group, version, kind, namespace and name. A second "
		"object of the same identity, by a file that two directories list, by a copy, or by a "
		"`namespace` that moves two objects into one place, ends the build: `may not add resource "
		"with an already registered id`, or `namespace transformation produces ID conflict`. The "
		"whole build ends, so that nothing of the directory is applied. To verify: `kubectl "
		"kustomize DIRECTORY`.\n\nA warning where no Flux root is known to build it.",
	.advice = "List each file once, in the directory nearest to it, and include that directory; or "
		  "rename one of the two.",
	.reference = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
