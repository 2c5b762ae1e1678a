#include "kustomize_faults.h"

/* Out of one list and behind the last of the other. */
static void
move(struct lint *lint, struct finding *finding, const struct kustomization *k, const struct entry *entry,
	struct str to)
{
	struct arena *arena = lint_arena(lint);
	struct str text = k->file->source.text;
	const struct ynode *list = kustomization_field(k->root, to);
	const struct edit *taken = edit_remove_item(arena, text, entry->list, entry->node);
	const struct edit *put = list ? edit_append_item(arena, text, list, entry->path)
				      : edit_add_list(arena, text, k->file->docs->root, to, entry->path);
	if (taken && put) {
		lint_fix(lint, finding, taken);
		lint_fix(lint, finding, put);
	}
}

static void
check_entry(struct lint *lint, const struct repository *repository, const struct kustomization *k,
	const struct entry *entry)
{
	const struct kustomization *inner =
		map_get(&repository->kustomizations->by_directory, entry->location.path);
	bool is_component = entry->use == ENTRY_COMPONENT;
	if ((!is_component && entry->use != ENTRY_RESOURCE) || entry->location.result != LOAD_DIRECTORY
		|| !inner || !inner->root || inner->is_component == is_component) {
		return;
	}
	struct str to = is_component ? STR("resources") : STR("components");
	struct finding *finding = lint_report(lint, entry->node,
		is_component ? "\"%.*s\" is no Component" : "\"%.*s\" is a Component", STR_ARG(entry->path));
	lint_help(lint, finding, "list it under %.*s", STR_ARG(to));
	lint_relate_file(lint, finding, inner->file, "this file says what it is");
	move(lint, finding, k, entry, to);
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

const struct rule rule_KZ004 = {
	.code = "KZ004",
	.name = "component-as-resource",
	.summary = "A Component is listed as a resource, or a Kustomization as a component.",
	.rationale =
		"A directory whose kustomization file says `kind: Component` goes under `components`, any "
		"other under `resources`; kustomize refuses the one in the place of the other: `expected "
		"kind != 'Component'`, `expected kind 'Component'`. The whole build ends, so that nothing "
		"of the directory is applied. To verify: `kubectl kustomize DIRECTORY`.\n\nA warning where "
		"no Flux root is known to build it.",
	.advice = "Move the entry to the other list.",
	.reference = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/components/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.check_repository = check,
};
