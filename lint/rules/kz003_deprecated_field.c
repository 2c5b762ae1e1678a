#include "kustomize_faults.h"

static const struct {
	struct str old, successor;
	bool is_renamed; /* and nothing else */
} fields[] = {
	{ STR_INIT("bases"), STR_INIT("resources"), true },
	{ STR_INIT("imageTags"), STR_INIT("images"), true },
	{ STR_INIT("commonLabels"), STR_INIT("labels"), false },
	{ STR_INIT("patchesStrategicMerge"), STR_INIT("patches"), false },
	{ STR_INIT("patchesJson6902"), STR_INIT("patches"), false },
	{ STR_INIT("vars"), STR_INIT("replacements"), false },
};

static void
check_file(struct lint *lint, const struct kustomization *k)
{
	for (size_t i = 0; i < countof(fields); i++) {
		const struct ynode *key = kustomization_key(k->root, fields[i].old);
		if (!key || key->source != k->file->id || !kustomization_field(k->root, fields[i].old)) {
			continue;
		}
		struct finding *finding =
			lint_report(lint, key, "\"%.*s\" is deprecated", STR_ARG(fields[i].old));
		lint_help(lint, finding, "use \"%.*s\"", STR_ARG(fields[i].successor));
		if (fields[i].is_renamed && !kustomization_key(k->root, fields[i].successor)) {
			lint_fix(lint, finding,
				edit_scalar(
					lint_arena(lint), k->file->source.text, key, fields[i].successor));
		}
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	for (size_t i = 0; i < repository->kustomizations->len; i++) {
		check_file(lint, &repository->kustomizations->items[i]);
	}
}

const struct rule rule_KZ003 = {
	.code = "KZ003",
	.name = "kustomization-deprecated-field",
	.summary = "A kustomization file has a field that kustomize means to remove.",
	.rationale =
		"`bases`, `imageTags`, `commonLabels`, `patchesStrategicMerge`, `patchesJson6902` and "
		"`vars` still work, with a warning on standard error that nobody sees where Flux builds. "
		"Each has a successor that can do more.\n\n`bases` and `imageTags` only change their names, "
		"so these are mended; the others need a look: `labels` writes into selectors only with "
		"`includeSelectors: true`, and `patches` takes the target's name for a pattern and comes "
		"before the namespace.",
	.advice = "`kustomize edit fix` rewrites a file; compare what is built before and after.",
	.reference = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.check_repository = check,
};
