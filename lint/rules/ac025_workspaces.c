#include "agent_grants.h"
#include "yscalar.h"

enum { HOURS_MAX = 8760, ACTIVE_HOURS = 36, STOPPED_HOURS = 744 }; /* a year; GitLab's defaults */

struct checking {
	struct lint *lint;
	const struct agentcfg *cfg;
	const struct ynode *key, *block; /* remote_development and its mapping */
};

static void
report(const struct checking *c, const struct ynode *at, struct str message, const char *help)
{
	struct finding *finding = lint_report(c->lint, at, "%.*s", STR_ARG(message));
	lint_help(c->lint, finding, "%s", help);
	lint_object(c->lint, finding, c->cfg->root, at);
}

static void
check_zone(const struct checking *c)
{
	const struct ynode *zone = ynode_get(c->block, STR("dns_zone"));
	struct str text = str_trim(ynode_str(zone));
	if (!grant_says(c->block, STR("dns_zone")) || (ynode_is(zone, YNODE_SCALAR) && text.len == 0)) {
		report(c, zone ? zone : c->key, STR("GitLab takes no workspace settings without dns_zone"),
			"add the zone of the workspaces' addresses, like \"dns_zone: "
			"workspaces.example.com\"");
	} else if (str_has_char(text, '/') || str_has_char(text, ':') || str_has_char(text, '*')) {
		report(c, zone,
			arena_printf(lint_arena(c->lint),
				"\"%.*s\" is no host name, and GitLab takes no workspace settings with it",
				STR_ARG(text)),
			"write the name alone: no scheme, port, path or \"*\"");
	}
}

static void
check_escalation(const struct checking *c)
{
	const struct ynode *class = ynode_get(c->block, STR("default_runtime_class"));
	if (grant_is_on(c->block, STR("allow_privilege_escalation"))
		&& !grant_is_on(c->block, STR("use_kubernetes_user_namespaces"))
		&& (!grant_says(c->block, STR("default_runtime_class")) || ynode_str(class).len == 0)) {
		report(c, ynode_get(c->block, STR("allow_privilege_escalation")),
			STR("GitLab takes allow_privilege_escalation only with a runtime class or user "
			    "namespaces, and without them none of these settings"),
			"set default_runtime_class or use_kubernetes_user_namespaces: true, or remove this");
	}
}

/* False when it cannot be read. */
static bool
read_hours(const struct ynode *block, struct str key, int64_t otherwise, int64_t *ret_hours)
{
	*ret_hours = otherwise;
	return !grant_says(block, key) || yscalar_int(ynode_str(ynode_get(block, key)), ret_hours);
}

static void
check_hours(const struct checking *c)
{
	static const struct str active_key = STR_INIT("max_active_hours_before_stop"),
				stopped_key = STR_INIT("max_stopped_hours_before_termination");
	const struct ynode *at =
		ynode_get(c->block, grant_says(c->block, stopped_key) ? stopped_key : active_key);
	int64_t active = 0, stopped = 0;
	bool is_read = read_hours(c->block, active_key, ACTIVE_HOURS, &active)
		&& read_hours(c->block, stopped_key, STOPPED_HOURS, &stopped);
	if (!at || !is_read || active < 0 || active > INT32_MAX || stopped < 0 || stopped > INT32_MAX
		|| active + stopped <= HOURS_MAX) {
		return;
	}
	report(c, at,
		arena_printf(lint_arena(c->lint),
			"%lld hours until a stop and %lld more until the end are beyond the %d that GitLab "
			"takes",
			(long long)active, (long long)stopped, HOURS_MAX),
		"lower max_active_hours_before_stop or max_stopped_hours_before_termination; their defaults "
		"are 36 and 744");
}

static void
check(struct lint *lint, const struct agent *agent)
{
	const struct agentcfg *cfg = agent_judged_config(agent);
	const struct ynode *key = cfg ? ynode_key(cfg->root, STR("remote_development")) : NULL;
	struct checking checking = { lint, cfg, key, key ? key->next : NULL };
	if (!key || !ynode_is(key->next, YNODE_MAPPING) || key->next->len == 0 || cfg->is_refused) {
		return;
	}
	if (!grant_says(key->next, STR("enabled"))) {
		report(&checking, key, STR("workspaces stay off: the settings do not say enabled: true"),
			"add \"enabled: true\", or \"enabled: false\" if that is meant");
	} else if (grant_is_on(key->next, STR("enabled"))) {
		check_zone(&checking);
		check_escalation(&checking);
		check_hours(&checking);
	}
}

const struct rule rule_AC025 = {
	.code = "AC025",
	.name = "workspaces-without-effect",
	.summary = "The settings for workspaces are such that GitLab offers none with this agent.",
	.rationale =
		"What `remote_development` says goes to GitLab, which checks it as a whole and keeps the old "
		"settings, or none, when something is wrong: without `dns_zone` or with one that is no host "
		"name, with `allow_privilege_escalation` but neither a runtime class nor user namespaces, "
		"with hours that come to more than a year. Without `enabled: true` it takes them and "
		"switches workspaces off. The agent itself runs on and says nothing.\n\nSilent with "
		"`enabled: false`.\n\nTo verify: the agent is not among those that a new workspace may "
		"use.",
	.advice = "Write at least `enabled: true` and `dns_zone`.",
	.reference = "https://docs.gitlab.com/user/workspace/settings/",
	.since = "0.1.0",
	.severity = SEVERITY_WARNING,
	.check_agent = check,
};
