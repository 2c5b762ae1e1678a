#include "refusal_text.h"

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct refusals *refusals = repository->refusals;
	for (size_t i = 0; i < refusals->values.len; i++) {
		const struct refusal *refusal = &refusals->values.items[i];
		const struct crd_problem *problem = &refusal->problem;
		if (problem->kind != CRD_PROBLEM_FIELD) {
			continue;
		}
		struct finding *finding = report_refusal(lint, refusal,
			arena_printf(lint_arena(lint), "%.*s is no field of %.*s", STR_ARG(problem->path),
				STR_ARG(refusal_kind(lint, refusal->object))));
		if (refusal->since.len > 0) {
			lint_help(lint, finding,
				"Flux has it since %.*s: update the gotk-components.yaml, or remove it",
				STR_ARG(refusal->since));
		} else if (problem->suggestion.len > 0) {
			lint_help(lint, finding, "did you mean \"%.*s\"?", STR_ARG(problem->suggestion));
		} else {
			lint_help(lint, finding, "remove it, or move it to where it belongs");
		}
	}
}

const struct rule rule_KM005 = {
	.code = "KM005",
	.name = "object-unknown-field",
	.summary = "An object has a field that its CustomResourceDefinition does not declare.",
	.rationale = "Flux applies from the server's side, and the server refuses such an object: `field not "
		     "declared in schema`. What is applied together with it is not applied either. `kubectl "
		     "apply` refuses it as `unknown field`.\n\nThe definition is one that the same root "
		     "applies (gotk-components.yaml among them), or one built beside the object. Flux's own "
		     "objects, where no definition is found, are held against the fields of Flux 2.0 to 2.9: "
		     "an error when the field looks like one of them that is misspelt, else a warning, for a "
		     "newer Flux may have it. Below `x-kubernetes-preserve-unknown-fields`, as in a "
		     "HelmRelease's values, any field may stand. To verify: `kubectl apply --server-side "
		     "--dry-run=server -f FILE`.\n\nA warning where no Flux root is known to apply it.",
	.advice = "Correct the field's name or place; `kubectl explain KIND.spec --recursive` lists them.",
	.reference = "https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/"
		     "custom-resource-definitions/#field-pruning",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
