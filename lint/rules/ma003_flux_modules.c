#include "placed_installs.h"

/* Does an agent's configuration speak of the module's switch? Whose it is may not be known. */
static bool
may_be_switched_off(const struct repository *repository)
{
	for (size_t i = 0; i < repository->agents->len; i++) {
		const struct agentcfg *cfg = repository->agents->items[i].cfg;
		const struct ynode *flux = cfg ? ynode_get(cfg->root, STR("flux")) : NULL;
		if (ynode_get(flux, STR("enabled"))) {
			return true;
		}
	}
	return false;
}

static bool
check_two(struct lint *lint, const struct install *first, const struct install *second)
{
	struct str host = install_kas_host(second);
	if (!installs_share_cluster(first, second) || !install_is_admin_by_default(first)
		|| !install_is_admin_by_default(second) || host.len == 0
		|| !str_eq_nocase(install_kas_host(first), host)) {
		return false;
	}
	const struct ynode *place = install_place(second, NULL);
	struct finding *finding = lint_report(
		lint, place, "two agents of this cluster keep Receivers for the same GitRepositories");
	lint_help(lint, finding,
		"let one of them do it: rbac.create: false for the others, with roles that leave Flux's "
		"objects "
		"out");
	finish_two_installs(lint, finding, first, second, place);
	return true;
}

static void
check(struct lint *lint, const struct repository *repository)
{
	if (!may_be_switched_off(repository)) {
		each_two_installs(lint, repository, check_two);
	}
}

const struct rule rule_MA003 = {
	.code = "MA003",
	.name = "multiple-flux-modules",
	.summary = "Several agents of one cluster act on the same objects of Flux.",
	.rationale =
		"Each agent makes a Receiver for every GitRepository in the cluster that comes from its "
		"GitLab, and has Flux reconcile when something was pushed. Two agents of one GitLab that may "
		"both do so write their own id into the same objects in turn.\n\nNothing but the rights of "
		"an "
		"agent limits that, so it is said of agents that are cluster-admin by the chart's default, "
		"in one cluster and with one server, and not where an agent's configuration has "
		"`flux.enabled`.\n\nA matter of taste: this rule runs only when it is selected.",
	.advice = "Bind the Flux objects to one of the agents only.",
	.reference = "https://gitlab.com/gitlab-org/gitlab/-/issues/357516",
	.since = "0.1.0",
	.severity = SEVERITY_INFO,
	.is_strict = true,
	.check_repository = check,
};
