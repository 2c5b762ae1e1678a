#include "kustomize_faults.h"

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct kustomizations *all = repository->kustomizations;
	for (size_t i = 0; i < all->len; i++) {
		const struct kustomization *k = &all->items[i];
		bool is_empty = k->build->result == BUILD_FAILS && k->build->fault == FAULT_EMPTY
			&& k->build->file == k->file;
		if (is_empty && !is_read_leniently(repository, k)) {
			struct finding *finding = lint_report_at(lint, k->file, (struct span){ 0, 0 },
				"kustomize refuses a kustomization file without any field");
			lint_help(lint, finding, "write \"resources: []\"");
		}
	}
}

const struct rule rule_KZ014 = {
	.code = "KZ014",
	.name = "kustomization-empty",
	.summary = "A kustomization file has no field.",
	.rationale =
		"kustomize refuses a file with nothing but comments, or with nothing but `apiVersion` and "
		"`kind`: `kustomization.yaml is empty`. Flux takes such a file at the path of a Flux "
		"Kustomization, but not in a directory that another one includes. The whole build ends, so "
		"that nothing of the directory is applied. To verify: `kubectl kustomize DIRECTORY`.\n\nA "
		"warning where no Flux root is known to build it.",
	.advice = "Write `resources: []` for a directory that is empty for now.",
	.reference = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
