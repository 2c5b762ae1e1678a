#include "kustomize_faults.h"

/* Nothing but comments: something else will write it, as bootstrapping writes gotk-components.yaml. */
static bool
is_blank(const struct file *file)
{
	const struct ydoc *doc = file->docs;
	return !file->syntax
		&& (!doc || (!doc->next && doc->root->kind == YNODE_SCALAR && ynode_str(doc->root).len == 0));
}

static bool
lists_placeholder(const struct files *files, const struct kustomization *kustomization)
{
	for (size_t i = 0; i < kustomization->entries.len; i++) {
		const struct entry *entry = &kustomization->entries.items[i];
		const struct file *file =
			entry->location.result == LOAD_FILE ? files_get(files, entry->location.path) : NULL;
		if (entry->use == ENTRY_RESOURCE && file && is_blank(file)) {
			return true;
		}
	}
	return false;
}

static bool
may_be_idle(const struct repository *repository, const struct kustomization *kustomization)
{
	const struct build *build = kustomization->build;
	return build->result == BUILD_OK && build->idle.len > 0
		&& !is_completed_by_flux(repository, kustomization)
		&& !lists_placeholder(repository->files, kustomization);
}

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct kustomizations *all = repository->kustomizations;
	report_faults(
		lint, repository, FAULT_TARGET, NULL, "correct the kind, name or namespace that it asks for");
	for (size_t i = 0; i < all->len; i++) {
		const struct build *build = all->items[i].build;
		bool is_judged = may_be_idle(repository, &all->items[i]);
		for (size_t j = 0; is_judged && j < build->idle.len; j++) {
			if (build->idle.items[j]->source != all->items[i].file->id) {
				continue;
			}
			struct finding *finding = lint_report(
				lint, build->idle.items[j], "this patch is for nothing in the build");
			finding->severity = SEVERITY_WARNING;
			lint_help(lint, finding, "correct the target, or remove the patch");
		}
	}
}

const struct rule rule_KZ006 = {
	.code = "KZ006",
	.name = "patch-target-missing",
	.summary = "A patch is for an object that is not in the build.",
	.rationale =
		"A merge patch without a target must find the one object that it names, and ends the build "
		"when it does not: `no matches for Id`. So do a count of `replicas` and a source of "
		"`replacements` for nothing. Nothing of the directory is applied. To verify: `kubectl "
		"kustomize "
		"DIRECTORY`.\n\nA patch with a target that selects nothing is left out without a word; that "
		"is a warning here, and silent in components and where the build is not known "
		"completely.\n\nWhere a Flux Kustomization brings components into the directory, what Flux "
		"builds is judged. A warning where no Flux root is known to build it.",
	.advice = "Correct kind, name and namespace: those of the object as its file has them, or as the "
		  "build has made them by then.",
	.reference = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
