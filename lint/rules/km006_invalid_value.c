#include "refusal_text.h"
#include "yscalar.h"

/* How the patterns of Flux's durations end. */
#define DURATION "(ms|s|m|h))+$"

/* What would be right, where the text says it. */
static void
help(struct lint *lint, struct finding *finding, const struct crd_problem *problem)
{
	struct str text = ynode_str(problem->at);
	struct str pattern = ynode_str(ynode_get(problem->schema, STR("pattern")));
	bool is_quoted = ynode_is(problem->at, YNODE_SCALAR) && problem->at->style == YSTYLE_QUOTED;
	if (problem->suggestion.len > 0) {
		lint_help(lint, finding, "did you mean \"%.*s\"?", STR_ARG(problem->suggestion));
	} else if (str_ends(pattern, STR(DURATION))) {
		lint_help(lint, finding, "write a duration such as 30s, 10m or 1h30m; a day is 24h");
	} else if (problem->kind == CRD_PROBLEM_TYPE && text.len > 0 && pattern.len == 0
		&& str_starts(problem->message, STR("expected a string"))) {
		lint_help(lint, finding, "put it into quotes");
	} else if (problem->kind == CRD_PROBLEM_TYPE && is_quoted
		&& yscalar_type(text, YDIALECT_YAML_V3) != YTYPE_STRING) {
		lint_help(lint, finding, "remove the quotes");
	}
}

/* HR002 tells of a release without a chart or with two, HR013 of a name that is too long. */
static bool
is_told_by_releases(const struct refusal *refusal)
{
	const struct identity *id = &refusal->object->id;
	const struct crd_problem *problem = &refusal->problem;
	return str_eq(id->group, FLUX_HELM_GROUP) && str_eq(id->kind, STR("HelmRelease"))
		&& (str_eq(problem->path, STR("spec.releaseName"))
			|| (str_eq(problem->path, STR("spec"))
				&& str_find(problem->message, STR("chart or chartRef"))
					< problem->message.len));
}

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct refusals *refusals = repository->refusals;
	for (size_t i = 0; i < refusals->values.len; i++) {
		const struct refusal *refusal = &refusals->values.items[i];
		const struct crd_problem *problem = &refusal->problem;
		if (problem->kind == CRD_PROBLEM_FIELD || is_told_by_releases(refusal)) {
			continue;
		}
		struct str kind = refusal_kind(lint, refusal->object);
		const char *mark = problem->kind == CRD_PROBLEM_MISSING ? "" : ":";
		struct str message = arena_printf(lint_arena(lint), "%.*s of %.*s%s %.*s",
			STR_ARG(problem->path), STR_ARG(kind), mark, STR_ARG(problem->message));
		help(lint, report_refusal(lint, refusal, message), problem);
	}
}

const struct rule rule_KM006 = {
	.code = "KM006",
	.name = "object-invalid-value",
	.summary = "A value of an object is none that its CustomResourceDefinition takes.",
	.rationale =
		"The server refuses the object for one value of another type, a word that is not in the "
		"list, a text that does not match the pattern, a number or length out of bounds, a field "
		"that is missing, or a rule that the object breaks. What is applied together with it is "
		"not applied either.\n\nNulls are dropped and defaults filled in first, as the server "
		"does it. Texts with a variable in them are not judged, nor are CEL rules beyond "
		"comparisons, `has()`, `size()` and the like. The definition is one that the same root "
		"applies (gotk-components.yaml among them), or one built beside the object; for Flux's "
		"own objects, where none is found, only what Flux 2.0 to 2.9 all refuse is told, as a "
		"warning unless it is of another type: a newer Flux may take it. To verify: `kubectl "
		"apply --server-side --dry-run=server -f FILE`.\n\nA warning where no Flux root is known "
		"to apply it; then nothing is said of what is missing, for patches may add it. A warning,"
		" too, where something is missing of an object of another kind than Flux's: an admission "
		"webhook may fill it in.",
	.advice = "Correct the value; `kubectl explain KIND.spec.FIELD` says what it may be.",
	.reference = "https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/"
		     "custom-resource-definitions/#validation",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
