#include "kustomize_faults.h"

static bool
is_pinned(struct str path)
{
	struct str query = str_skip(path, str_find_char(path, '?'));
	return str_find(query, STR("ref=")) < query.len || str_find(query, STR("version=")) < query.len;
}

/* An address that is surely a repository's, and not that of a file or an archive. */
static bool
is_repository(struct str path)
{
	static const struct str marks[] = { STR_INIT("github.com/"), STR_INIT("github.com:"),
		STR_INIT("gitlab.com/"), STR_INIT("gitlab.com:"), STR_INIT("bitbucket.org/"),
		STR_INIT(".git"), STR_INIT("git@"), STR_INIT("ssh://"), STR_INIT("git::") };
	static const struct str files[] = { STR_INIT("/releases/"), STR_INIT("/raw/"), STR_INIT("/-/"),
		STR_INIT("/archive/"), STR_INIT(".yaml"), STR_INIT(".yml"), STR_INIT(".json") };
	bool is_marked = false;
	for (size_t i = 0; i < countof(marks); i++) {
		is_marked = is_marked || str_find(path, marks[i]) < path.len;
	}
	for (size_t i = 0; i < countof(files); i++) {
		is_marked = is_marked && str_find(path, files[i]) == path.len;
	}
	return is_marked;
}

static void
check(struct lint *lint, const struct repository *repository)
{
	const struct kustomizations *all = repository->kustomizations;
	for (size_t i = 0; i < all->len; i++) {
		for (size_t j = 0; j < all->items[i].entries.len; j++) {
			const struct entry *entry = &all->items[i].entries.items[j];
			bool is_base = entry->use == ENTRY_RESOURCE || entry->use == ENTRY_COMPONENT;
			if (is_base && entry->location.is_remote && !is_pinned(entry->path)
				&& is_repository(entry->path)) {
				struct finding *finding = lint_report(lint, entry->node,
					"another repository is included at whatever version it has");
				lint_help(lint, finding, "add \"?ref=\" with a tag or a commit");
			}
		}
	}
}

const struct rule rule_KZ008 = {
	.code = "KZ008",
	.name = "remote-base-unpinned",
	.summary = "A kustomization includes another repository at no certain version.",
	.rationale =
		"An address without `?ref=` is whatever the default branch holds at the moment of the "
		"build. The same commit of this repository then gives other objects tomorrow, and who can "
		"write there can write here.\n\nOnly repositories are looked at: the address of a single "
		"file has no `ref`.",
	.advice = "Add `?ref=` with a tag or a commit.",
	.reference = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_repository = check,
};
