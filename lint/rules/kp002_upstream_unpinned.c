#include "kpt/packages.h"
#include "rule.h"

/* Names that nobody gives a tag. */
static bool
is_branch(struct str ref)
{
	return str_eq(ref, STR("main")) || str_eq(ref, STR("master")) || str_eq(ref, STR("HEAD"));
}

static void
check(struct lint *lint, const struct repository *repository)
{
	struct kpt_packages packages;
	kpt_packages_collect(lint_arena(lint), repository->files, &packages);
	for (size_t i = 0; i < packages.len; i++) {
		const struct kpt_package *package = &packages.items[i];
		const struct ynode *git = ynode_at(package->root, "upstream", "git", NULL);
		struct str ref = kpt_text(git, "ref");
		if (!package->is_v1 || !is_branch(ref)) {
			continue;
		}
		const struct ynode *at = ynode_get(git, STR("ref"));
		struct finding *finding = lint_report(
			lint, at, "the package follows the branch \"%.*s\" of its upstream", STR_ARG(ref));
		lint_help(lint, finding, "name a tag or a commit: kpt pkg update DIRECTORY@TAG");
		lint_object(lint, finding, package->root, at);
	}
}

const struct rule rule_KP002 = {
	.code = "KP002",
	.name = "kpt-upstream-unpinned",
	.summary = "The upstream of a kpt package is a branch.",
	.rationale =
		"What is here stays as it is: kpt has copied the package, and `upstreamLock` says from which "
		"commit. But `kpt pkg update` without a version takes whatever the branch holds by then, so "
		"that two people who update a copy get different packages, and nobody sees from the Kptfile "
		"which version was meant. To verify: `kpt pkg diff DIRECTORY`.\n\nMeant are the refs `main`, "
		"`master` and `HEAD`, which are no tags for sure.",
	.advice = "Update to a tag or a commit: `kpt pkg update DIRECTORY@TAG`.",
	.reference = "https://kpt.dev/reference/cli/pkg/update/",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.any_file = true,
	.check_repository = check,
};
