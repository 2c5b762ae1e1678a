#include "access.h"

enum { WORDS_MAX = 9 };

/* A row of the table; empty words end each list. */
struct row {
	enum access_feature feature;
	enum access_scope scope;
	const char *why;
	const char *group;
	const char *resources[WORDS_MAX];
	const char *names[WORDS_MAX];
	const char *verbs[WORDS_MAX];
};

/*
 * A cluster cannot be asked offline, so every row names where its verbs come from. Server-side apply is
 * `patch`, and `create` where the object may be absent
 * (kubernetes.io/docs/reference/using-api/server-side-apply); `update` beside `patch` gives nothing more.
 */
static const struct row rows[] = {
	/* LeaseLock of client-go; Lease agent-ID-lock in POD_NAMESPACE (agentk, internal/cmd). The id is
	 * GitLab's, so the name is not known here. */
	{ ACCESS_CORE, ACCESS_NAMESPACE, "always: the replicas elect the one that works, through a Lease",
		"coordination.k8s.io", { "leases" }, { NULL }, { "get", "create", "update" } },
	/* EventSinkImpl over CoreV1 (agentk, internal/cmd): an event of the election lies where its Lease
	   does. */
	{ ACCESS_CORE, ACCESS_NAMESPACE, "always: events about that election", "", { "events" }, { NULL },
		{ "create", "patch" } },
	/* The chart hands POD_SELECTOR_LABELS and OWN_PRIVATE_API_URL to receptive agents: a replica that has
	 * no tunnel finds one that has. The verbs are those of an informer. */
	{ ACCESS_RECEPTIVE, ACCESS_NAMESPACE, "receptive: the replicas find each other by their labels", "",
		{ "pods" }, { NULL }, { "get", "list", "watch" } },
	/* checkCRDExistsAndEstablished (agentk, internal/module/flux); later versions ask discovery instead.
	 */
	{ ACCESS_FLUX, ACCESS_CLUSTER, "features.flux: looks whether Flux is installed",
		"apiextensions.k8s.io", { "customresourcedefinitions" },
		{ "gitrepositories.source.toolkit.fluxcd.io", "receivers.notification.toolkit.fluxcd.io" },
		{ "get" } },
	/* The informers and reconcileWebhookReceiver of gitRepositoryController (agentk,
	   internal/module/flux). */
	{ ACCESS_FLUX, ACCESS_CLUSTER, "features.flux: watches the GitRepositories of this GitLab",
		"source.toolkit.fluxcd.io", { "gitrepositories" }, { NULL }, { "get", "list", "watch" } },
	{ ACCESS_FLUX, ACCESS_CLUSTER, "features.flux: keeps a Receiver for each of them",
		"notification.toolkit.fluxcd.io", { "receivers" }, { NULL },
		{ "get", "list", "watch", "create", "update", "patch" } },
	/* reconcileWebhookReceiverSecret: Secret gitlab-NAME beside each GitRepository, any namespace. */
	{ ACCESS_FLUX, ACCESS_CLUSTER,
		"features.flux: and the Secret that each Receiver names, in any namespace", "", { "secrets" },
		{ NULL }, { "create", "update", "patch" } },
	/* Both are owned with blockOwnerDeletion: the admission plugin OwnerReferencesPermissionEnforcement,
	 * on in OpenShift, then asks for the owner's finalizers. */
	{ ACCESS_FLUX, ACCESS_CLUSTER,
		"features.flux: makes the GitRepository own both, which OpenShift asks this for",
		"source.toolkit.fluxcd.io", { "gitrepositories/finalizers" }, { NULL }, { "update" } },
	/* docs.gitlab.com/user/clusters/agent/vulnerabilities: a pod a namespace scans and the agent reads
	 * its log; reports come as ConfigMaps, which the chart's own Role lets that pod create. What the pod
	 * itself may read is in the chart. */
	{ ACCESS_OCS, ACCESS_NAMESPACE, "features.ocs: starts the pods that scan", "", { "pods" }, { NULL },
		{ "get", "list", "watch", "create", "delete" } },
	{ ACCESS_OCS, ACCESS_NAMESPACE, "features.ocs: reads their logs", "", { "pods/log" }, { NULL },
		{ "get" } },
	{ ACCESS_OCS, ACCESS_NAMESPACE, "features.ocs: collects their reports", "", { "configmaps" },
		{ NULL }, { "get", "list", "watch", "delete" } },
	/* docs.gitlab.com/user/clusters/agent/ci_cd_workflow, "Impersonate the CI/CD job": user, groups,
	 * extra. RBAC knows no prefixes, so names cannot be limited to gitlab:*. */
	{ ACCESS_CI_JOB, ACCESS_CLUSTER, "ci_access: acts as CI jobs", "", { "users", "groups" }, { NULL },
		{ "impersonate" } },
	{ ACCESS_CI_JOB, ACCESS_CLUSTER, "ci_access: says which CI job it is", "authentication.k8s.io",
		{ "userextras/agent.gitlab.com/id", "userextras/agent.gitlab.com/config_project_id",
			"userextras/agent.gitlab.com/project_id",
			"userextras/agent.gitlab.com/ci_pipeline_id", "userextras/agent.gitlab.com/ci_job_id",
			"userextras/agent.gitlab.com/username",
			"userextras/agent.gitlab.com/environment_slug",
			"userextras/agent.gitlab.com/environment_tier" },
		{ NULL }, { "impersonate" } },
	/* docs.gitlab.com/user/clusters/agent/user_access, "Configure access with user impersonation". */
	{ ACCESS_USER, ACCESS_CLUSTER, "user_access: acts as GitLab users", "", { "users", "groups" },
		{ NULL }, { "impersonate" } },
	{ ACCESS_USER, ACCESS_CLUSTER, "user_access: says which GitLab user it is", "authentication.k8s.io",
		{ "userextras/agent.gitlab.com/id", "userextras/agent.gitlab.com/config_project_id",
			"userextras/agent.gitlab.com/username", "userextras/agent.gitlab.com/access_type" },
		{ NULL }, { "impersonate" } },
};

static bool
rule_eq(const struct access_rule *a, const struct access_rule *b)
{
	return a->scope == b->scope && str_eq(a->space, b->space) && access_words_eq(a->groups, b->groups)
		&& access_words_eq(a->resources, b->resources) && access_words_eq(a->names, b->names)
		&& access_words_eq(a->verbs, b->verbs);
}

static void
add_rule(struct arena *arena, struct access_rules *rules, struct access_rule rule)
{
	for (size_t i = 0; i < rules->len; i++) {
		struct access_rule *old = &rules->items[i];
		if (!rule_eq(old, &rule)) {
			continue;
		}
		if (!str_eq(old->why, rule.why)) {
			old->why = arena_printf(arena, "%.*s; %.*s", STR_ARG(old->why), STR_ARG(rule.why));
		}
		return;
	}
	vec_push(arena, rules, rule);
}

static struct access_words
words_of(struct arena *arena, const char *const *texts)
{
	struct access_words words = { 0 };
	for (; *texts; texts++) {
		vec_push(arena, &words, str_from(*texts));
	}
	return words;
}

static struct access_words
one_word(struct arena *arena, struct str word)
{
	struct access_words words = { 0 };
	vec_push(arena, &words, word);
	return words;
}

static void
add_row(struct arena *arena, struct access_rules *rules, const struct row *row)
{
	struct access_rule rule = { .feature = row->feature,
		.scope = row->scope,
		.space = STR(""),
		.why = str_from(row->why),
		.groups = one_word(arena, str_from(row->group)),
		.resources = words_of(arena, row->resources),
		.names = words_of(arena, row->names),
		.verbs = words_of(arena, row->verbs) };
	add_rule(arena, rules, rule);
}

/* Impersonating exactly `names` of one resource: a fixed identity can be granted by name. */
static void
add_impersonation(struct arena *arena, struct access_rules *rules, struct str group, struct str resource,
	struct access_words names)
{
	struct access_rule rule = { .feature = ACCESS_IMPERSONATE,
		.scope = ACCESS_CLUSTER,
		.space = STR(""),
		.why = STR("ci_access: acts as the identity that access_as.impersonate names"),
		.groups = one_word(arena, group),
		.resources = one_word(arena, resource),
		.names = names,
		.verbs = one_word(arena, STR("impersonate")) };
	if (names.len) {
		add_rule(arena, rules, rule);
	}
}

/* "system:serviceaccount:NAMESPACE:NAME" is asked for as that ServiceAccount, not as a user (kube-apiserver,
 * pkg/endpoints/filters/impersonation). */
static void
add_username(struct arena *arena, struct access_rules *rules, struct str username)
{
	struct str prefix = STR("system:serviceaccount:");
	struct str rest = str_skip(username, prefix.len);
	struct str space = str_starts(username, prefix) ? str_cut(&rest, ':') : STR("");
	if (space.len == 0 || !rest.ptr || rest.len == 0) {
		add_impersonation(arena, rules, STR(""), STR("users"), one_word(arena, username));
		return;
	}
	struct access_rule rule = { .feature = ACCESS_IMPERSONATE,
		.scope = ACCESS_NAMESPACE,
		.space = space,
		.why = STR("ci_access: acts as the ServiceAccount that access_as.impersonate names"),
		.groups = one_word(arena, STR("")),
		.resources = one_word(arena, STR("serviceaccounts")),
		.names = one_word(arena, rest),
		.verbs = one_word(arena, STR("impersonate")) };
	add_rule(arena, rules, rule);
}

static void
add_identity(struct arena *arena, struct access_rules *rules, const struct access_identity *identity)
{
	struct str authentication = STR("authentication.k8s.io");
	add_username(arena, rules, identity->username);
	add_impersonation(arena, rules, STR(""), STR("groups"), identity->groups);
	if (identity->uid.len) {
		add_impersonation(arena, rules, authentication, STR("uids"), one_word(arena, identity->uid));
	}
	for (size_t i = 0; i < identity->extra.len; i++) {
		const struct access_extra *extra = &identity->extra.items[i];
		struct str resource = arena_printf(arena, "userextras/%.*s", STR_ARG(extra->key));
		add_impersonation(arena, rules, authentication, resource, extra->values);
	}
}

struct access_rules
access_rules_of(struct arena *arena, const struct access_features *features)
{
	struct access_rules rules = { 0 };
	for (size_t i = 0; i < countof(rows); i++) {
		if (features->has[rows[i].feature] || rows[i].feature == ACCESS_CORE) {
			add_row(arena, &rules, &rows[i]);
		}
	}
	for (size_t i = 0; i < features->identities.len; i++) {
		add_identity(arena, &rules, &features->identities.items[i]);
	}
	return rules;
}
