#include <setjmp.h>
#include <stdarg.h>

#include "embedded.h"
#include "rbac.h"
#include "template.h"
#include "yaml.h"

#include <cmocka.h>

static const char *const spaces[] = { "shop", "billing" };

/* What is needed of the agent that the tests share; each changes a few fields. */
static struct spec_agent
agent_with(struct arena *arena, const char *tree)
{
	struct spec_agent agent = { .tree = yaml_parse(arena, str_from(tree), 0)->root };
	agent.view.name = "production";
	agent.view.release_name = "production";
	agent.view.namespace = "agents";
	agent.view.service_account.create = true;
	return agent;
}

static struct str
rendered(struct arena *arena, const struct spec_agent *agent)
{
	const struct ydoc *template =
		yaml_parse(arena, embedded_get(STR("templates/rbac.yaml")), YTREE_COMMENTS);
	struct scope outer = { agent->tree, NULL };
	struct scope scope = { rbac_derive(arena, NULL, agent), &outer };
	struct template_error error;
	struct buf out = { .arena = arena };
	struct ydoc document;
	if (!template_render(arena, NULL, template, &scope, &document, &error)) {
		fail_msg("%.*s", STR_ARG(error.problem));
	}
	rbac_print(arena, &out, &document);
	return arena_str(arena, buf_str(&out));
}

/* "Kind NAMESPACE/NAME" of each object in order, and what it refers to. */
static const char *
outline(struct arena *arena, const struct spec_agent *agent)
{
	struct buf out = { .arena = arena };
	const struct ydoc *doc = yaml_parse(arena, rendered(arena, agent), 0);
	for (; doc; doc = doc->next) {
		struct str space = ynode_str(ynode_at(doc->root, "metadata", "namespace", NULL));
		struct str role = ynode_str(ynode_at(doc->root, "roleRef", "name", NULL));
		const struct ynode *subjects = ynode_get(doc->root, STR("subjects"));
		const struct ynode *subject = subjects ? subjects->first : NULL;
		buf_addf(&out, "%.*s %.*s/%.*s", STR_ARG(ynode_str(ynode_get(doc->root, STR("kind")))),
			STR_ARG(space), STR_ARG(ynode_str(ynode_at(doc->root, "metadata", "name", NULL))));
		if (subject) {
			buf_addf(&out, " %.*s -> %.*s %.*s", STR_ARG(role),
				STR_ARG(ynode_str(ynode_get(subject, STR("kind")))),
				STR_ARG(ynode_str(ynode_get(subject, STR("name")))));
		}
		buf_add_char(&out, '\n');
	}
	return out.data;
}

#define FEATURES                                                                                             \
	"Role agents/agents:production-gitlab-agent:features\n"                                              \
	"RoleBinding agents/agents:production-gitlab-agent:features agents:production-gitlab-agent:features" \
	" -> ServiceAccount production-gitlab-agent\n"

static const char *const derived_text =
	"# What the GitLab agent \"production\" may do (rbac.access: derived).\n"
	"# Apply it before the chart is installed as \"production\". Every namespace that it names "
	"must exist.\n"
	"---\n"
	"# What the agent's features need in namespace agents.\n"
	"apiVersion: rbac.authorization.k8s.io/v1\n"
	"kind: Role\n"
	"metadata:\n"
	"  name: agents:production-gitlab-agent:features\n"
	"  namespace: agents\n"
	"  labels:\n"
	"    app.kubernetes.io/name: gitlab-agent\n"
	"    app.kubernetes.io/instance: production\n"
	"    app.kubernetes.io/managed-by: glagent-gen\n"
	"rules:\n"
	"  # always: the replicas elect the one that works, through a Lease\n"
	"  - apiGroups: [coordination.k8s.io]\n"
	"    resources: [leases]\n"
	"    verbs: [get, create, update]\n"
	"  # always: events about that election\n"
	"  - apiGroups: [\"\"]\n"
	"    resources: [events]\n"
	"    verbs: [create, patch]\n"
	"---\n"
	"apiVersion: rbac.authorization.k8s.io/v1\n"
	"kind: RoleBinding\n"
	"metadata:\n"
	"  name: agents:production-gitlab-agent:features\n"
	"  namespace: agents\n"
	"  labels:\n"
	"    app.kubernetes.io/name: gitlab-agent\n"
	"    app.kubernetes.io/instance: production\n"
	"    app.kubernetes.io/managed-by: glagent-gen\n"
	"roleRef:\n"
	"  apiGroup: rbac.authorization.k8s.io\n"
	"  kind: Role\n"
	"  name: agents:production-gitlab-agent:features\n"
	"subjects:\n"
	"  - kind: ServiceAccount\n"
	"    name: production-gitlab-agent\n"
	"    namespace: agents\n";

static void
derived_is_a_role_for_the_election_and_no_more(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct spec_agent agent = agent_with(&arena, "name: production\nrbac: {access: derived}\n");
	agent.view.rbac.access = RBAC_DERIVED;
	assert_string_equal(outline(&arena, &agent), FEATURES);
	assert_string_equal(rendered(&arena, &agent).ptr, derived_text);
}

static void
flux_and_impersonation_are_rules_of_the_cluster(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct spec_agent agent = agent_with(&arena,
		"config: {ci_access: {projects: [{id: g/a, access_as: {ci_job: {}}}]}}\n"
		"values: {fullnameOverride: agentk}\n");
	agent.view.features.flux = true;
	assert_string_equal(outline(&arena, &agent),
		"ClusterRole /agents:agentk:features\n"
		"ClusterRoleBinding /agents:agentk:features agents:agentk:features -> ServiceAccount agentk\n"
		"Role agents/agents:agentk:features\n"
		"RoleBinding agents/agents:agentk:features agents:agentk:features -> ServiceAccount "
		"agentk\n");
	const char *text = rendered(&arena, &agent).ptr;
	assert_non_null(strstr(text, "  # ci_access: acts as CI jobs\n"));
	assert_non_null(strstr(
		text, "# That is as much as cluster-admin, so keep namespace \"agents\" to the agent.\n"));
}

static void
view_is_bound_beside_what_the_features_need(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct spec_agent agent = agent_with(&arena, "rbac: {access: view}\n");
	agent.view.rbac.access = RBAC_VIEW;
	assert_string_equal(outline(&arena, &agent),
		FEATURES "ClusterRoleBinding /agents:production-gitlab-agent:view view -> ServiceAccount "
			 "production-gitlab-agent\n");
}

static void
namespaced_binds_the_role_in_each_namespace(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct spec_agent agent = agent_with(&arena, "rbac: {access: namespaced}\n");
	agent.view.rbac.access = RBAC_NAMESPACED;
	agent.view.rbac.role = "admin";
	agent.view.rbac.namespaces = (struct decode_texts){ spaces, 2 };
	assert_string_equal(outline(&arena, &agent),
		FEATURES "RoleBinding shop/agents:production-gitlab-agent:admin admin -> ServiceAccount "
			 "production-gitlab-agent\n"
			 "RoleBinding billing/agents:production-gitlab-agent:admin admin -> ServiceAccount "
			 "production-gitlab-agent\n");
}

static void
bindings_name_whom_the_agent_impersonates(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct spec_agent agent = agent_with(&arena, "rbac: {access: none}\n");
	const struct spec_binding bindings[] = {
		{ .group = "gitlab:project_env:4712:production",
			.role = "edit",
			.namespaces = { spaces, 1 } },
		{ .user = "gitlab:user:a/b", .role = "view" },
		{ .service_account = "shop/deployer", .role = "edit", .namespaces = { spaces + 1, 1 } },
	};
	agent.view.rbac.access = RBAC_NONE;
	agent.view.rbac.bindings = (struct spec_bindings){ bindings, 3 };
	assert_true(rbac_is_needed(&agent));
	assert_string_equal(outline(&arena, &agent),
		"ClusterRoleBinding /agents:production-gitlab-agent:gitlab:user:a-b:view view -> User "
		"gitlab:user:a/b\n"
		"RoleBinding shop/agents:production-gitlab-agent:gitlab:project_env:4712:production:edit "
		"edit "
		"-> Group gitlab:project_env:4712:production\n"
		"RoleBinding billing/agents:production-gitlab-agent:shop:deployer:edit edit -> "
		"ServiceAccount "
		"deployer\n");
	assert_non_null(strstr(rendered(&arena, &agent).ptr,
		"  - kind: ServiceAccount\n    namespace: shop\n    name: deployer\n"));
}

static void
a_service_account_is_made_only_when_the_chart_makes_none(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct spec_agent agent = agent_with(
		&arena, "rbac: {access: none}\nserviceAccount: {create: false, annotations: {a: \"1\"}}\n");
	agent.view.rbac.access = RBAC_NONE;
	agent.view.service_account.create = false;
	agent.view.service_account.name = "mine";
	assert_string_equal(outline(&arena, &agent), "ServiceAccount agents/mine\n");
	assert_non_null(strstr(rendered(&arena, &agent).ptr, "  annotations:\n    a: \"1\"\n"));
}

static void
what_the_chart_binds_is_not_bound_again(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct spec_agent agent = agent_with(&arena, "name: production\nrbac: {access: existing}\n");
	agent.view.features.flux = true;
	agent.view.rbac.role = "gitlab-agent";
	agent.view.rbac.access = RBAC_EXISTING;
	assert_false(rbac_is_needed(&agent));
	assert_string_equal(rendered(&arena, &agent).ptr,
		"# What the GitLab agent \"production\" may do (rbac.access: existing).\n"
		"# Nothing to apply: the chart binds the ClusterRole that rbac.role names.\n");
	agent.view.rbac.access = RBAC_CLUSTER_ADMIN;
	assert_non_null(strstr(rendered(&arena, &agent).ptr, "# Nothing to apply: the chart binds "));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(derived_is_a_role_for_the_election_and_no_more),
		cmocka_unit_test(flux_and_impersonation_are_rules_of_the_cluster),
		cmocka_unit_test(view_is_bound_beside_what_the_features_need),
		cmocka_unit_test(namespaced_binds_the_role_in_each_namespace),
		cmocka_unit_test(bindings_name_whom_the_agent_impersonates),
		cmocka_unit_test(a_service_account_is_made_only_when_the_chart_makes_none),
		cmocka_unit_test(what_the_chart_binds_is_not_bound_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
