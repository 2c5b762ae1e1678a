#include "kustomize_faults.h"
#include "yscalar.h"

/* Only a word alone on its line can be put into quotes safely. */
static void
quote(struct lint *lint, struct finding *finding, const struct file *file,
	const struct field_problem *problem)
{
	const struct ynode *at = problem->at;
	struct arena *arena = lint_arena(lint);
	struct str written =
		str_first(str_skip(file->source.text, at->span.start), at->span.end - at->span.start);
	if (at->kind != YNODE_SCALAR || !str_eq(problem->expected, STR("a string"))
		|| ynode_type(at, YDIALECT_SIGS_YAML) == YTYPE_NULL || !str_eq(written, ynode_str(at))) {
		lint_help(lint, finding, "write %.*s", STR_ARG(problem->expected));
		return;
	}
	struct edit edit = { at->source, at->span, arena_printf(arena, "\"%.*s\"", STR_ARG(written)), NULL };
	lint_help(lint, finding, "put it into quotes");
	lint_fix(lint, finding, &edit);
}

/* apiVersion and kind: a Flux object in the file is KZ011's. */
static void
check_kind(struct lint *lint, const struct kustomization *k)
{
	const struct build *build = k->build;
	struct str version = kustomization_text(k->root, STR("apiVersion"));
	bool is_own = build->result == BUILD_FAILS && build->fault == FAULT_FIELD && build->file == k->file
		&& k->problems.len == 0 && build->at && build->at->source == k->file->id;
	if (is_own && str_find(version, STR(".toolkit.fluxcd.io/")) == version.len) {
		lint_report(lint, build->at, "kustomize fails: %.*s", STR_ARG(build->why));
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct kustomizations *all = repository->kustomizations;
	for (size_t i = 0; i < all->len; i++) {
		const struct kustomization *k = &all->items[i];
		check_kind(lint, k);
		for (size_t j = 0; j < k->problems.len; j++) {
			const struct field_problem *problem = &k->problems.items[j];
			if (problem->kind != FIELD_WRONG_TYPE || problem->at->source != k->file->id) {
				continue;
			}
			struct finding *finding =
				lint_report(lint, problem->at, "\"%.*s\" must be %.*s, and this is %s",
					STR_ARG(problem->name), STR_ARG(problem->expected),
					ytype_name(ynode_type(problem->at, YDIALECT_SIGS_YAML)));
			quote(lint, finding, k->file, problem);
		}
	}
}

const struct rule rule_KZ013 = {
	.code = "KZ013",
	.name = "kustomization-wrong-type",
	.summary = "A field of a kustomization file is of another type than kustomize takes.",
	.rationale =
		"kustomize refuses the whole file: `json: cannot unmarshal number into Go struct field`. "
		"Mostly it is a word that YAML takes for a number or a boolean: a tag `1.10`, a label "
		"`true` or `yes`. The whole build ends, so that nothing of the directory is applied. To "
		"verify: `kubectl kustomize DIRECTORY`.\n\nA warning where no Flux root is known to build "
		"it.",
	.advice = "Put quotes around a word that must be text; make a list or a mapping of what must be one.",
	.reference = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.check_repository = check,
};
