#include "rbac.h"

#include "chart.h"
#include "map.h"
#include "template.h"
#include "ymerge.h"

struct builder {
	struct arena *arena;
	const struct spec_agent *agent;
	struct str account,
		prefix; /* "NAMESPACE:FULLNAME": unique in the cluster, as the chart's own names */
	struct ylist grants, spaces;
	struct map taken; /* "NAMESPACE NAME" of the bindings so far */
};

struct subject {
	struct str kind, name, space; /* space empty: a user or a group */
};

static const struct ynode *
text(struct arena *arena, struct str s)
{
	return ynode_scalar(arena, s, YSTYLE_QUOTED);
}

static void
put(struct ylist *map, struct str key, struct str value)
{
	ylist_put(map, key, text(map->arena, value));
}

struct access_features
rbac_features(struct arena *arena, const struct spec_agent *agent)
{
	struct access_features features = { 0 };
	access_features_add(arena, &features, ynode_get(agent->tree, STR("config")));
	features.has[ACCESS_FLUX] = agent->view.features.flux;
	features.has[ACCESS_RECEPTIVE] = agent->view.receptive.url != NULL;
	/* Without the chart's switch the module does not run, whatever config.yaml says. */
	features.has[ACCESS_OCS] = agent->view.features.ocs;
	return features;
}

static bool
wants_feature_rules(enum rbac_access access)
{
	return access == RBAC_DERIVED || access == RBAC_VIEW || access == RBAC_NAMESPACED;
}

bool
rbac_is_needed(const struct spec_agent *agent)
{
	return wants_feature_rules(agent->view.rbac.access) || agent->view.rbac.bindings.len > 0
		|| !agent->view.service_account.create;
}

const struct ynode *
rbac_chart_values(struct arena *arena, const struct spec_agent *agent)
{
	struct ylist account = ylist_mapping(arena), values = ylist_mapping(arena);
	ylist_put(&account, STR("create"),
		ynode_scalar(arena, agent->view.service_account.create ? STR("true") : STR("false"),
			YSTYLE_PLAIN));
	if (agent->view.service_account.name) {
		put(&account, STR("name"), str_from(agent->view.service_account.name));
	}
	ylist_put(&values, STR("serviceAccount"), account.parent);
	return ymerge(arena, values.parent, ynode_get(agent->tree, STR("values")), YMERGE_NULL_DELETES);
}

static const struct ynode *
words(struct arena *arena, struct access_words words)
{
	struct ylist list = ylist_sequence(arena);
	list.parent->style = YSTYLE_FLOW;
	for (size_t i = 0; i < words.len; i++) {
		ylist_add(&list, text(arena, words.items[i]));
	}
	return words.len ? list.parent : NULL;
}

static const struct ynode *
rule_node(struct arena *arena, const struct access_rule *rule)
{
	struct ylist map = ylist_mapping(arena);
	put(&map, STR("why"), rule->why);
	ylist_put(&map, STR("apiGroups"), words(arena, rule->groups));
	ylist_put(&map, STR("resources"), words(arena, rule->resources));
	ylist_put(&map, STR("resourceNames"), words(arena, rule->names));
	ylist_put(&map, STR("verbs"), words(arena, rule->verbs));
	return map.parent;
}

/* The rules of one scope and namespace; NULL when there is none. */
static const struct ynode *
rules_in(struct arena *arena, const struct access_rules *rules, enum access_scope scope, struct str space)
{
	struct ylist list = ylist_sequence(arena);
	for (size_t i = 0; i < rules->len; i++) {
		const struct access_rule *rule = &rules->items[i];
		if (rule->scope == scope && str_eq(rule->space, space)) {
			ylist_add(&list, rule_node(arena, rule));
		}
	}
	return list.parent->len ? list.parent : NULL;
}

static bool
is_first_of_space(const struct access_rules *rules, size_t at)
{
	for (size_t i = 0; i < at; i++) {
		if (rules->items[i].scope == ACCESS_NAMESPACE
			&& str_eq(rules->items[i].space, rules->items[at].space)) {
			return false;
		}
	}
	return rules->items[at].scope == ACCESS_NAMESPACE;
}

static const struct ynode *
role_nodes(struct arena *arena, const struct access_rules *rules, struct str own)
{
	struct ylist list = ylist_sequence(arena);
	for (size_t i = 0; i < rules->len; i++) {
		struct str space = rules->items[i].space;
		if (is_first_of_space(rules, i)) {
			struct ylist map = ylist_mapping(arena);
			put(&map, STR("space"), space.len ? space : own);
			ylist_put(&map, STR("rules"), rules_in(arena, rules, ACCESS_NAMESPACE, space));
			ylist_add(&list, map.parent);
		}
	}
	return list.parent;
}

static const struct ynode *
subject_node(struct arena *arena, struct subject subject)
{
	struct ylist map = ylist_mapping(arena);
	put(&map, STR("kind"), subject.kind);
	put(&map, STR("name"), subject.name);
	if (subject.space.len) {
		put(&map, STR("namespace"), subject.space);
	} else {
		put(&map, STR("apiGroup"), STR("rbac.authorization.k8s.io"));
	}
	return map.parent;
}

/* A path segment, as names of RBAC objects must be. */
static struct str
segment(struct arena *arena, struct str s)
{
	char *copy = arena_alloc(arena, s.len + 1);
	for (size_t i = 0; i < s.len; i++) {
		bool bad = s.ptr[i] == '/' || s.ptr[i] == '%' || s.ptr[i] == ' ';
		copy[i] = (char)(bad ? '-' : s.ptr[i]);
	}
	return (struct str){ copy, s.len };
}

/* Subjects of one name (a user and a group, g/x and g-x) would overwrite each other's bindings. */
static struct str
unique_name(struct builder *b, struct str object, struct str space)
{
	struct str stem = segment(b->arena, object), name = stem;
	for (int number = 2;; number++) {
		struct str key = arena_printf(b->arena, "%.*s %.*s", STR_ARG(space), STR_ARG(name));
		if (!map_get(&b->taken, key)) {
			map_put(b->arena, &b->taken, key, b);
			return name;
		}
		name = arena_printf(b->arena, "%.*s:%d", STR_ARG(stem), number);
	}
}

/* A ClusterRole for a subject: in `space`, or everywhere when that is empty. */
static void
add_grant(struct builder *b, struct str object, struct str role, struct subject subject, struct str space,
	const char *why)
{
	struct ylist map = ylist_mapping(b->arena);
	put(&map, STR("why"), str_from(why));
	put(&map, STR("object"), unique_name(b, object, space));
	put(&map, STR("role"), role);
	ylist_put(&map, STR("subject"), subject_node(b->arena, subject));
	if (space.len) {
		put(&map, STR("space"), space);
	}
	ylist_add(space.len ? &b->spaces : &b->grants, map.parent);
}

static void
add_in_namespaces(struct builder *b, struct str object, struct str role, struct subject subject,
	const struct decode_texts *namespaces, const char *why)
{
	for (size_t i = 0; i < namespaces->len; i++) {
		add_grant(b, object, role, subject, str_from(namespaces->items[i]), why);
	}
}

static void
add_access(struct builder *b)
{
	const struct agent_spec *view = &b->agent->view;
	struct subject agent = { STR("ServiceAccount"), b->account, str_from(view->namespace) };
	struct str role = view->rbac.role ? str_from(view->rbac.role) : STR("");
	if (view->rbac.access == RBAC_VIEW) {
		add_grant(b, arena_printf(b->arena, "%.*s:view", STR_ARG(b->prefix)), STR("view"), agent,
			STR(""),
			"rbac.access: view, Kubernetes' own ClusterRole, which reads most objects, but "
			"neither "
			"Secrets nor roles");
	} else if (view->rbac.access == RBAC_NAMESPACED) {
		add_in_namespaces(b, arena_printf(b->arena, "%.*s:%.*s", STR_ARG(b->prefix), STR_ARG(role)),
			role, agent, &view->rbac.namespaces, "rbac.access: namespaced");
	}
}

static struct subject
subject_of(const struct spec_binding *binding)
{
	if (binding->user) {
		return (struct subject){ STR("User"), str_from(binding->user), STR("") };
	}
	if (binding->group) {
		return (struct subject){ STR("Group"), str_from(binding->group), STR("") };
	}
	struct str name = str_from(binding->service_account);
	struct str space = str_cut(&name, '/');
	return (struct subject){ STR("ServiceAccount"), name.ptr ? name : STR(""), space };
}

static void
add_binding(struct builder *b, const struct spec_binding *binding)
{
	struct subject subject = subject_of(binding);
	struct str role = str_from(binding->role);
	struct str who = subject.space.len
		? arena_printf(b->arena, "%.*s:%.*s", STR_ARG(subject.space), STR_ARG(subject.name))
		: subject.name;
	struct str object =
		arena_printf(b->arena, "%.*s:%.*s:%.*s", STR_ARG(b->prefix), STR_ARG(who), STR_ARG(role));
	if (binding->namespaces.len == 0) {
		add_grant(b, object, role, subject, STR(""), "rbac.bindings, in the whole cluster");
		return;
	}
	add_in_namespaces(b, object, role, subject, &binding->namespaces, "rbac.bindings");
}

/* RBAC knows no prefixes, so the names cannot be limited to gitlab:*. */
static bool
may_be_anyone(const struct access_features *features)
{
	return features->has[ACCESS_CI_JOB] || features->has[ACCESS_USER];
}

static void
put_features(struct builder *b, struct ylist *map)
{
	struct access_features features = rbac_features(b->arena, b->agent);
	struct access_rules rules = access_rules_of(b->arena, &features);
	const struct ynode *cluster_rules = rules_in(b->arena, &rules, ACCESS_CLUSTER, STR(""));
	if (cluster_rules) {
		struct ylist cluster = ylist_mapping(b->arena);
		ylist_put(&cluster, STR("rules"), cluster_rules);
		if (may_be_anyone(&features)) {
			put(&cluster, STR("risk"), str_from(b->agent->view.namespace));
		}
		ylist_put(map, STR("cluster"), cluster.parent);
	}
	ylist_put(map, STR("roles"), role_nodes(b->arena, &rules, str_from(b->agent->view.namespace)));
}

static const struct ynode *
label_nodes(struct arena *arena, struct str release)
{
	struct ylist map = ylist_mapping(arena);
	put(&map, STR("app.kubernetes.io/name"), STR("gitlab-agent"));
	put(&map, STR("app.kubernetes.io/instance"), release);
	put(&map, STR("app.kubernetes.io/managed-by"), STR("glagent-gen"));
	return map.parent;
}

static const char *
nothing_of(const struct spec_agent *agent)
{
	if (rbac_is_needed(agent)) {
		return NULL;
	}
	switch (agent->view.rbac.access) {
	case RBAC_EXISTING:
		return "the chart binds the ClusterRole that rbac.role names";
	case RBAC_CLUSTER_ADMIN:
		return "the chart binds cluster-admin, as rbac.access says";
	case RBAC_NONE:
		return "rbac.access is none, so somebody else grants what the agent may do";
	case RBAC_DERIVED:
	case RBAC_VIEW:
	case RBAC_NAMESPACED:
	case RBAC_ACCESS_COUNT:
		break;
	}
	return NULL;
}

const struct ynode *
rbac_derive(struct arena *arena, const struct spec *spec, const struct spec_agent *agent)
{
	(void)spec;
	struct str order = arena_printf(
		arena, "Apply it before the chart is installed as \"%s\".", agent->view.release_name);
	return rbac_scope(arena, agent, order);
}

const struct ynode *
rbac_scope(struct arena *arena, const struct spec_agent *agent, struct str order)
{
	const struct ynode *values = rbac_chart_values(arena, agent);
	struct str release = str_from(agent->view.release_name);
	struct str full = chart_fullname(arena, release, values), space = str_from(agent->view.namespace);
	struct builder b = { .arena = arena,
		.agent = agent,
		.account = chart_service_account(arena, release, values),
		.prefix = arena_printf(arena, "%.*s:%.*s", STR_ARG(space), STR_ARG(full)),
		.grants = ylist_sequence(arena),
		.spaces = ylist_sequence(arena) };
	struct ylist map = ylist_mapping(arena), account = ylist_mapping(arena);
	const char *nothing = nothing_of(agent);

	ylist_put(&map, STR("labels"), label_nodes(arena, release));
	put(&map, nothing ? STR("nothing") : STR("order"), nothing ? str_from(nothing) : order);
	put(&account, STR("name"), b.account);
	put(&account, STR("namespace"), space);
	ylist_put(&map, STR("account"), account.parent);
	if (!agent->view.service_account.create) {
		ylist_put(&map, STR("makesAccount"), ynode_scalar(arena, STR("true"), YSTYLE_PLAIN));
	}
	put(&map, STR("object"), arena_printf(arena, "%.*s:features", STR_ARG(b.prefix)));
	if (wants_feature_rules(agent->view.rbac.access)) {
		put_features(&b, &map);
	}
	add_access(&b);
	for (size_t i = 0; i < agent->view.rbac.bindings.len; i++) {
		add_binding(&b, &agent->view.rbac.bindings.items[i]);
	}
	ylist_put(&map, STR("grants"), b.grants.parent);
	ylist_put(&map, STR("spaces"), b.spaces.parent);
	return map.parent;
}

void
rbac_print(struct arena *arena, struct buf *out, const struct ydoc *document)
{
	(void)arena;
	if (document->root) {
		template_print(out, document, TEMPLATE_DOCUMENTS);
	} else if (document->head.len) {
		buf_addf(out, "%.*s\n", STR_ARG(document->head));
	}
}
