#include "kpt/packages.h"
#include "rule.h"
#include "token.h"

struct reporting {
	struct lint *lint;
	struct map seen; /* paths */
};

/* The text of a file that holds a token of the old shape and nothing else. The new one is SE001's, wherever
 * it stands. */
static bool
holds_token(const struct file *file, struct span *ret_span)
{
	struct str text = file->source.text, word = str_trim(text);
	uint32_t start = word.len ? (uint32_t)(word.ptr - text.ptr) : 0;
	*ret_span = (struct span){ start, start + (uint32_t)word.len };
	return file->kind == FS_REGULAR && (file->is_kept || file->is_loaded) && token_is_old(word);
}

static void
report(struct reporting *r, const struct file *file, const struct entry *entry)
{
	struct span span;
	if (!holds_token(file, &span)
		|| map_put(lint_arena(r->lint), &r->seen, file->source.path, (void *)(uintptr_t)file)) {
		return;
	}
	struct finding *finding = lint_report_at(r->lint, file, span,
		"an agent's token is committed, in the file that a package makes its Secret of");
	lint_hide_at(r->lint, file, span);
	if (entry) {
		lint_relate(r->lint, finding, entry->node, "the Secret is made here");
	}
	lint_help(r->lint, finding,
		"revoke the token, since Git keeps it for ever, and list the file of the new one in "
		".gitignore");
}

/* "token=secrets/agent.token": what the agent reads. */
static bool
is_token_entry(const struct entry *entry)
{
	struct str written = ynode_str(entry->node);
	return entry->use == ENTRY_SOURCE && entry->location.result == LOAD_FILE && entry->location.file
		&& (str_starts(written, STR("token=")) || str_eq(path_base(written), STR("token")));
}

static void
check(struct lint *lint, const struct repository *repository)
{
	struct reporting r = { .lint = lint };
	struct kpt_packages packages;
	const struct kustomizations *all = repository->kustomizations;
	kpt_packages_collect(lint_arena(lint), repository->files, &packages);
	for (size_t i = 0; i < all->len; i++) {
		bool is_packed = kpt_package_of(&packages, all->items[i].file->source.path) != NULL;
		for (size_t j = 0; is_packed && j < all->items[i].entries.len; j++) {
			const struct entry *entry = &all->items[i].entries.items[j];
			if (is_token_entry(entry)) {
				report(&r, entry->location.file, entry);
			}
		}
	}
	for (size_t i = 0; i < repository->files->len; i++) {
		const struct file *file = &repository->files->items[i];
		if (str_eq(path_base(file->source.path), STR("agent.token"))
			&& kpt_package_of(&packages, file->source.path)) {
			report(&r, file, NULL);
		}
	}
}

const struct rule rule_KP004 = {
	.code = "KP004",
	.name = "kpt-token-in-package",
	.summary = "The token of an agent is committed with the kpt package that installs it.",
	.rationale =
		"GitLab's own package for the agent makes its Secret of a file, `secrets/agent.token`, which "
		"has to be there when the package is applied, and must not be in Git: whoever can read the "
		"repository, or any clone of it, can connect in the agent's name.\n\nMeant is a file of "
		"exactly 50 random characters, as tokens were before they had a prefix, that a "
		"`secretGenerator` of the package takes as `token`, or that is called `agent.token`. Tokens "
		"with the prefix `glagent-` are SE001. The token is never printed.",
	.advice = "1. Create a second token for the agent and put it into the cluster.\n"
		  "2. Remove the file from Git, and name it in `.gitignore`.\n"
		  "3. Revoke the old token in GitLab.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/work_with_agent/#reset-the-agent-token",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.any_file = true,
	.check_repository = check,
};
