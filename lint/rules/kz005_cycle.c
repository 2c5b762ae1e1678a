#include "kustomize_faults.h"

static void
check_listing(struct lint *lint, const struct kustomization *k)
{
	for (size_t i = 0; i < k->entries.len; i++) {
		const struct entry *entry = &k->entries.items[i];
		if (entry->use != ENTRY_RESOURCE || !is_listed_before(k, entry)) {
			continue;
		}
		struct finding *finding =
			lint_report(lint, entry->node, "\"%.*s\" is listed already", STR_ARG(entry->path));
		lint_help(lint, finding, "take one of the two out");
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	report_faults(lint, repository, FAULT_CYCLE, NULL, "take this entry out");
	for (size_t i = 0; i < repository->kustomizations->len; i++) {
		check_listing(lint, &repository->kustomizations->items[i]);
	}
}

const struct rule rule_KZ005 = {
	.code = "KZ005",
	.name = "cycle-or-duplicate",
	.summary = "A kustomization includes itself, or the same file or directory twice.",
	.rationale =
		"A directory that includes itself, a directory above itself, or one that leads back to it "
		"can never be built: `cycle detected: candidate root contains visited root`. What is "
		"listed twice brings its objects twice: `may not add resource with an already registered "
		"id`. The whole build ends, so that nothing of the directory is applied. To verify: "
		"`kubectl kustomize DIRECTORY`.\n\nA warning where no Flux root is known to build it.",
	.advice = "Take the entry out, or move what both need into a directory of its own.",
	.reference = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
