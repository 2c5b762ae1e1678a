#include "install_finding.h"

/* May the token come on a way that is not the chart's? */
static bool
may_come_otherwise(const struct install *install)
{
	static const struct str ways[] = { STR_INIT("extraVolumeMounts"), STR_INIT("extraVolumes"),
		STR_INIT("extraArgs"), STR_INIT("initContainers") };
	for (size_t i = 0; i < countof(ways); i++) {
		enum value_state state = install_value(install, ways[i]).state;
		if (state == VALUE_SET || state == VALUE_OPEN) {
			return true;
		}
	}
	return install->is_patched;
}

static bool
is_missing(struct value value)
{
	return value.state == VALUE_ABSENT || value.state == VALUE_EMPTY;
}

/* CV020 tells of that. */
static bool
is_at_old_key(const struct install *install)
{
	return install->is_official && ynode_key(install->values, STR("token"));
}

static void
report_neither(struct lint *lint, const struct install *install)
{
	const struct ynode *place = install_place(install, NULL);
	struct finding *finding = lint_report(
		lint, place, "the agent gets no token: neither config.token nor config.secretName is set");
	finding->severity = install->applied && install->is_official ? SEVERITY_ERROR : SEVERITY_WARNING;
	lint_help(lint, finding,
		"set config.secretName to the name of a Secret that holds the token under the key \"token\"");
	lint_install(lint, finding, install, place);
}

/* A Secret of that name that Helm did not make, in the cluster of the release. */
static const struct applied *
existing_secret(const struct install *install, struct str name)
{
	return install->applied && install->applied->cluster && install->namespace.len > 0
		? cluster_find(install->applied->cluster, STR(""), STR("Secret"), install->namespace, name)
		: NULL;
}

/* From Flux 2.5 on helm-controller has Helm take over what is there already, unless it is told not to. */
static bool
is_taken_over(const struct install *install)
{
	enum { MAJOR = 2, MINOR = 5 };
	const struct ynode *disable =
		ynode_at(install->applied->object->node, "spec", "install", "disableTakeOwnership", NULL);
	struct flux_version flux = install->applied->cluster->root->version;
	bool is_older = flux.major + flux.minor > 0
		&& (flux.major < MAJOR || (flux.major == MAJOR && flux.minor < MINOR));
	return !is_older && !str_eq(ynode_str(disable), STR("true"));
}

static void
report_both(struct lint *lint, const struct install *install, struct value token, struct value name)
{
	const struct applied *secret = existing_secret(install, name.text);
	const struct ynode *place = install_place(install, token.node);
	struct finding *finding = lint_report(lint, place,
		"config.token beside config.secretName: the chart makes the Secret \"%.*s\" itself",
		STR_ARG(name.text));
	bool is_refused = secret && !is_taken_over(install);
	finding->severity = is_refused ? SEVERITY_ERROR : SEVERITY_WARNING;
	if (secret) {
		lint_relate(lint, finding, secret->object->written, "%s",
			is_refused ? "this one is applied as well, and Helm refuses to take it over"
				   : "this one is applied as well: Helm takes it over, and both write to it");
	}
	lint_help(lint, finding, "drop config.token, and let the Secret come from elsewhere");
	lint_install(lint, finding, install, place);
}

static void
check(struct lint *lint, const struct install *install)
{
	struct value token = install_value(install, STR("config.token"));
	struct value name = install_value(install, STR("config.secretName"));
	if (token.state == VALUE_SET && name.state == VALUE_SET) {
		report_both(lint, install, token, name);
	} else if (is_missing(token) && is_missing(name) && !may_come_otherwise(install)
		&& !is_at_old_key(install)) {
		report_neither(lint, install);
	}
}

const struct rule rule_CV005 = {
	.code = "CV005",
	.name = "token-and-secret-name",
	.summary = "The agent's chart is given neither `config.token` nor `config.secretName`, or both.",
	.rationale =
		"With neither the chart is installed all the same: the agent looks for "
		"`/etc/agentk/secrets/token`, does not find it and restarts for ever. With both the "
		"chart makes a Secret of that name, and where one is there already the installation "
		"stops: *Secret … exists and cannot be imported into the current release*. From Flux 2.5 "
		"on Helm takes it over instead, and from then on two write to it.\n\n*Neither* "
		"is an error of a HelmRelease whose values are all read, and a warning elsewhere, "
		"unless a command reuses the values of before. *Both* is an error where the Secret is "
		"applied as well and Flux is known to be older than 2.5, or told not to take it over "
		"(`install.disableTakeOwnership`). Silent where a Secret, an unread file or a variable may "
		"hold one of "
		"them, and where volumes or arguments may bring the token.",
	.advice = "Set `config.secretName` alone.",
	.reference = "https://docs.gitlab.com/user/clusters/agent/install/#customize-the-helm-installation",
	.since = "0.1.0",
	.severity = SEVERITY_ERROR,
	.check_install = check,
};
