#include "refusal_text.h"

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct refusals *refusals = repository->refusals;
	for (size_t i = 0; i < refusals->values.len; i++) {
		const struct refusal *refusal = &refusals->values.items[i];
		const struct crd_problem *problem = &refusal->problem;
		if (problem->kind == CRD_PROBLEM_FIELD) {
			continue;
		}
		struct finding *finding = report_refusal(lint, refusal, "%.*s%s%.*s, in %.*s",
			STR_ARG(problem->path), problem->kind == CRD_PROBLEM_MISSING ? " " : ": ",
			STR_ARG(problem->message), STR_ARG(refusal_kind(lint, refusal->object)));
		if (problem->suggestion.len > 0) {
			lint_help(lint, finding, "did you mean \"%.*s\"?", STR_ARG(problem->suggestion));
		}
	}
}

const struct rule rule_KM006 = {
	.code = "KM006",
	.name = "object-invalid-value",
	.summary = "A value of an object is none that its CustomResourceDefinition takes.",
	.rationale =
		"The server refuses the object for one value of another type, a word that is not in the "
		"list, a text that does not match the pattern, a number or length out of bounds, a field "
		"that "
		"is missing, or a rule that the object breaks. Nothing else of that Kustomization is applied "
		"then.\n\nNulls are dropped and defaults filled in first, as the server does it. Texts with "
		"a "
		"variable in them are not judged, nor are rules in CEL beyond comparisons, `has()`, `size()` "
		"and "
		"the like. The definition is one that the same root applies (gotk-components.yaml among "
		"them), or "
		"one built beside the object; for Flux's own objects, where none is found, only what Flux "
		"2.0 to "
		"2.9 all refuse is told, as a warning when a newer Flux may have more words or demand less. "
		"To "
		"verify: `kubectl apply --server-side --dry-run=server -f FILE`.\n\nA warning where no Flux "
		"root "
		"is known to apply it.",
	.advice = "Correct the value; `kubectl explain KIND.spec.FIELD` says what it may be.",
	.reference = "https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/"
		     "custom-resource-definitions/#validation",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
