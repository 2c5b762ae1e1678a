#include "kustomize_faults.h"

/* A word that is much like a known one is that; the case of letters does not count. */
static void
suggest(struct lint *lint, struct finding *finding, const struct file *file,
	const struct field_problem *problem)
{
	if (problem->suggestion.len == 0) {
		lint_help(lint, finding, "remove it: kustomize has no such field here");
		return;
	}
	lint_help(lint, finding, "did you mean \"%.*s\"?", STR_ARG(problem->suggestion));
	lint_fix(lint, finding,
		edit_scalar(lint_arena(lint), file->source.text, problem->at, problem->suggestion));
}

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct kustomizations *all = repository->kustomizations;
	for (size_t i = 0; i < all->len; i++) {
		const struct kustomization *k = &all->items[i];
		struct str version = kustomization_text(k->root, STR("apiVersion"));
		bool is_flux = str_find(version, STR(".toolkit.fluxcd.io/")) < version.len; /* KZ011 */
		for (size_t j = 0; !is_flux && j < k->problems.len; j++) {
			const struct field_problem *problem = &k->problems.items[j];
			if (problem->kind != FIELD_UNKNOWN || problem->at->source != k->file->id) {
				continue;
			}
			struct finding *finding = lint_report(lint, problem->at,
				"kustomize knows no field \"%.*s\"", STR_ARG(problem->name));
			suggest(lint, finding, k->file, problem);
			if (is_read_leniently(repository, k)) {
				finding->severity = SEVERITY_WARNING;
			}
		}
	}
}

const struct rule rule_KZ012 = {
	.code = "KZ012",
	.name = "kustomization-unknown-field",
	.summary = "A kustomization file has a field that kustomize does not know.",
	.rationale =
		"kustomize refuses the whole file for one field that is misspelt or stands at the wrong "
		"place, at any depth: `invalid Kustomization: json: unknown field`. Only at the path of a "
		"Flux Kustomization are unknown fields dropped without a word: then what was meant does "
		"not happen, and the finding is a warning. The whole build ends, so that nothing of the "
		"directory is applied. To verify: `kubectl kustomize DIRECTORY`.\n\nA warning where no Flux "
		"root is known to build it.",
	.advice = "Correct the field, or remove it.",
	.reference = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.check_repository = check,
};
