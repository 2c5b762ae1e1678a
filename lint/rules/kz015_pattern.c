#include "kustomize_faults.h"

/* "git.example.com/group/project?ref=v1" is an address to who wrote it. */
static bool
is_address(struct str path)
{
	size_t question = str_find_char(path, '?');
	return question < path.len && str_has_char(str_skip(path, question), '=') && !str_has_char(path, '*');
}

static void
check_entry(struct lint *lint, const struct repository *repository, const struct kustomization *k,
	const struct entry *entry)
{
	(void)repository;
	(void)k;
	bool has_pattern = str_has_char(entry->path, '*') || str_has_char(entry->path, '?')
		|| str_has_char(entry->path, '[');
	if (has_pattern && entry->location.result == LOAD_MISSING) {
		struct finding *finding = lint_report(lint, entry->node,
			"kustomize takes \"%.*s\" for the name of one file", STR_ARG(entry->path));
		lint_help(lint, finding, "%s",
			is_address(entry->path) ? "write \"https://\" in front of an address"
						: "list each file");
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct kustomizations *all = repository->kustomizations;
	for (size_t i = 0; i < all->len; i++) {
		for (size_t j = 0; j < all->items[i].entries.len; j++) {
			check_entry(lint, repository, &all->items[i], &all->items[i].entries.items[j]);
		}
	}
}

const struct rule rule_KZ015 = {
	.code = "KZ015",
	.name = "pattern-in-kustomization",
	.summary = "A kustomization names files by a pattern.",
	.rationale =
		"kustomize knows no patterns: `*.yaml` is a file of that very name, and there is none. The "
		"whole build ends, so that nothing of the directory is applied. To verify: `kubectl "
		"kustomize DIRECTORY`.\n\nA warning where no Flux root is known to build it.",
	.advice = "List each file; a line for each also shows in reviews what was added.",
	.reference = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
