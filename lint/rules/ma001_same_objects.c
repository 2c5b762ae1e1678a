#include "chart.h"
#include "placed_installs.h"

/* What the chart calls its objects; empty when something unread may rename them. */
static struct str
objects_name(struct lint *lint, const struct install *install)
{
	bool is_open = install_value(install, STR("fullnameOverride")).state == VALUE_OPEN
		|| install_value(install, STR("nameOverride")).state == VALUE_OPEN || install->is_patched;
	return is_open ? STR("") : chart_fullname(lint_arena(lint), install->release, install->values);
}

/* HR016 tells of those: Helm itself takes them for one release. */
static bool
is_one_release(struct lint *lint, const struct install *first, const struct install *second)
{
	struct release one, other;
	return release_read(lint_arena(lint), first->applied, &one)
		&& release_read(lint_arena(lint), second->applied, &other) && str_eq(one.name, other.name)
		&& str_eq(one.storage, other.storage);
}

static bool
check_two(struct lint *lint, const struct install *first, const struct install *second)
{
	struct str name = objects_name(lint, second);
	if (!installs_share_cluster(first, second) || !str_eq(first->namespace, second->namespace)
		|| name.len == 0 || !str_eq(objects_name(lint, first), name)
		|| is_one_release(lint, first, second)) {
		return false;
	}
	const struct ynode *place = install_place(second, NULL);
	struct finding *finding = lint_report(lint, place,
		"two HelmReleases make the agent's objects in namespace \"%.*s\" under one name, \"%.*s\"",
		STR_ARG(second->namespace), STR_ARG(name));
	lint_help(lint, finding,
		"give the second agent a spec.targetNamespace or a spec.releaseName of its own");
	finish_two_installs(lint, finding, first, second, place);
	return true;
}

static void
check(struct lint *lint, const struct repository *repository)
{
	each_two_installs(lint, repository, check_two);
}

const struct rule rule_MA001 = {
	.code = "MA001",
	.name = "agents-share-objects",
	.summary = "Two agents of one cluster are installed under one name into one namespace.",
	.rationale =
		"Deployment, ServiceAccount, the Secret with the token and all else that the chart makes are "
		"called after the release, or after `fullnameOverride`. Two HelmReleases that come to the "
		"same name in one namespace overwrite each other's objects at every upgrade: one of the two "
		"agents runs, sometimes with the other's address, and removing either removes both.\n\nHR016 "
		"tells of two that are one release for Helm itself, name and record alike. This rule is for "
		"the others: records in different namespaces with one target, or names that differ while "
		"`fullnameOverride` is the same. Said of HelmReleases that one cluster surely gets.\n\nTo "
		"verify: compare the names that `helm template` makes for both, with their values.",
	.advice =
		"Install each agent into a namespace of its own, or under a release name of its own. What is "
		"installed is then removed and installed anew.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/#install-multiple-agents",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_repository = check,
};
