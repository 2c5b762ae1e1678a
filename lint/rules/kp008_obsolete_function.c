#include "kpt/packages.h"
#include "rule.h"

static void
check_list(struct lint *lint, const struct kpt_package *package, const char *list)
{
	for (const struct ynode *item = kpt_functions(package, list); item; item = item->next) {
		const struct ynode *at = ynode_get(item, STR("image"));
		if (!str_eq(kpt_image_name(kpt_text(item, "image")), STR("kubeval"))) {
			continue;
		}
		struct finding *finding =
			lint_report(lint, at, "the function kubeval is no longer maintained");
		lint_help(lint, finding, "use ghcr.io/kptdev/krm-functions-catalog/kubeconform");
		lint_object(lint, finding, package->root, at);
	}
}

static void
check(struct lint *lint, const struct repository *repository)
{
	struct kpt_packages packages;
	kpt_packages_collect(lint_arena(lint), repository->files, &packages);
	for (size_t i = 0; i < packages.len; i++) {
		if (packages.items[i].is_v1) {
			check_list(lint, &packages.items[i], "mutators");
			check_list(lint, &packages.items[i], "validators");
		}
	}
}

const struct rule rule_KP008 = {
	.code = "KP008",
	.name = "kpt-obsolete-function",
	.summary = "A kpt package is validated by a function that is no longer maintained.",
	.rationale = "The program behind `kubeval` is no longer maintained, says its own project, and kpt's "
		     "catalogue "
		     "calls the function deprecated in favour of `kubeconform`. GitLab's own package for the "
		     "agent, as it "
		     "was, runs it at each `kpt fn render`.",
	.advice = "Replace it with `ghcr.io/kptdev/krm-functions-catalog/kubeconform`, or remove it.",
	.reference = "https://catalog.kpt.dev/function-catalog/kubeconform/v0.1/",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.any_file = true,
	.check_repository = check,
};
