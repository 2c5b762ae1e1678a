/* Installs of Argo CD and Terraform that read values files of the repository. */
#include <setjmp.h>
#include <stdarg.h>

#include "json.h"
#include "repository.h"
#include "tree.h"

#include <cmocka.h>

#define END                                                                                                  \
	{                                                                                                    \
		NULL, NULL                                                                                   \
	}
#define VALUES_FILE "a: 1\nb: {c: yes}\n"

static const struct install *
only_install(struct arena *arena, const struct tree_entry *entries)
{
	const struct tree *tree = tree_new(arena, entries);
	const struct clusters *clusters =
		clusters_collect(arena, flux_model(arena, &tree->files, &tree->resources), &tree->resources,
			kustomizations_collect(arena, &tree->files, &tree->resources),
			repository_listed(arena, &tree->files));
	const struct installs *installs = installs_collect(arena, &tree->files, &tree->resources, clusters);
	assert_int_equal(installs->items.len, 1);
	return &installs->items.items[0];
}

static void
assert_values(const struct tree_entry *entries, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct buf out = { .arena = &arena };
	const struct install *install = only_install(&arena, entries);
	json_write(&out, install->values, 0);
	buf_add(&out, install->is_open ? STR("+?") : STR(""));
	assert_string_equal(out.data, expected);
}

#define APPS(path, url, revision)                                                                            \
	"apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: apps}\nspec:\n"               \
	"  source: {repoURL: '" url "', path: " path ", targetRevision: " revision "}\n"
#define AGENT(files, revision)                                                                               \
	"apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: agent}\nspec:\n"              \
	"  sources:\n  - repoURL: https://charts.gitlab.io\n    chart: gitlab-agent\n"                       \
	"    targetRevision: 2.6.2\n    helm:\n      valueFiles: [" files "]\n      values: 'd: 4'\n"        \
	"  - repoURL: https://git.example.com/ops/apps.git\n    ref: own\n    targetRevision: " revision     \
	"\n"

static void
assert_application(const char *apps, const char *agent, const char *expected)
{
	const struct tree_entry entries[] = {
		{ "apps/agent.yaml", agent },
		{ "apps/root.yaml", apps },
		{ "values/agent.yaml", VALUES_FILE },
		END,
	};
	assert_values(entries, expected);
}

static void
a_values_file_of_argo_is_read_where_the_reference_is_this_repository(void **state)
{
	(void)state;
	const char *apps = APPS("apps", "https://git.example.com/ops/apps", "HEAD");
	const char *known = "{\"a\":1,\"b\":{\"c\":true},\"d\":4}", *open = "{\"d\":4}+?";
	assert_application(apps, AGENT("$own/values/agent.yaml", "HEAD"), known);
	assert_application(apps, AGENT("$own/values/agent.yaml", ""), known);
	assert_application(apps, AGENT("values.yaml, $own/values/agent.yaml", "HEAD"), known);
	assert_application(apps, AGENT("$own/values/agent.yaml, values.yaml", "HEAD"), open);
	assert_application(apps, AGENT("$own/values/gone.yaml", "HEAD"), open);
	assert_application(apps, AGENT("$own/values/*.yaml", "HEAD"), open);
	assert_application(apps, AGENT("$other/values/agent.yaml", "HEAD"), open);
	assert_application(apps, AGENT("$own/values/agent.yaml", "v1"), open);
}

static void
another_repository_with_such_a_path_is_another(void **state)
{
	(void)state;
	const char *agent = AGENT("$own/values/agent.yaml", "HEAD"), *open = "{\"d\":4}+?";
	assert_application(APPS("apps", "https://git.example.com/ops/other", "HEAD"), agent, open);
	assert_application(APPS("other", "https://git.example.com/ops/apps", "HEAD"), agent, open);
	assert_application(APPS("apps", "https://git.example.com/ops/apps", "v1"), agent, open);
}

static void
assert_terraform(const char *values, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct str text = arena_printf(&arena,
		"resource \"helm_release\" \"agent\" {\n  name = \"agent\"\n  chart = \"gitlab-agent\"\n"
		"  repository = \"https://charts.gitlab.io\"\n  values = %s\n"
		"  set {\n    name = \"d\"\n    value = \"4\"\n  }\n}\n",
		values);
	const struct tree_entry entries[] = {
		{ "infra/main.tf", text.ptr },
		{ "infra/agent.yaml", VALUES_FILE },
		{ "infra/more.yaml", "a: 2\n" },
		END,
	};
	print_message("%s\n", values);
	assert_values(entries, expected);
}

#define MODULE(name) "file(\"${path.module}/" name "\")"

static void
values_files_of_terraform_lie_in_the_order_of_the_list(void **state)
{
	(void)state;
	const char *known = "{\"a\":1,\"b\":{\"c\":true},\"d\":4}",
		   *both = "{\"a\":2,\"b\":{\"c\":true},\"d\":4}";
	assert_terraform("[" MODULE("agent.yaml") "]", known);
	assert_terraform("[\n    " MODULE("agent.yaml") ",\n    " MODULE("more.yaml") ",\n  ]", both);
	assert_terraform("[" MODULE("more.yaml") ", " MODULE("agent.yaml") "]", known);
	assert_terraform("[" MODULE("../infra/agent.yaml") "]", known);
	assert_terraform("[]", "{\"d\":4}");
	assert_terraform("[<<-EOT\n    a: 2 # wss://x, y\n    b:\n      c: on\n  EOT\n  ]", both);
	assert_terraform("[<<EOT\na: 1\nEOT\n, " MODULE("more.yaml") "]", "{\"a\":2,\"d\":4}");
}

static void
what_terraform_makes_of_values_is_open(void **state)
{
	(void)state;
	const char *open = "{\"d\":4}+?", *last = "{\"a\":2,\"d\":4}+?";
	assert_terraform("[file(\"agent.yaml\")]", open);
	assert_terraform("[" MODULE("gone.yaml") "]", open);
	assert_terraform("[templatefile(\"${path.module}/agent.yaml\", { a = 1, b = 2 })]", open);
	assert_terraform("[yamlencode({ a = 1 }), " MODULE("more.yaml") "]", last);
	assert_terraform("[join(\"\", [" MODULE("agent.yaml") ", " MODULE("more.yaml") "])]", open);
	assert_terraform("[replace(x, " MODULE("more.yaml") ", y)]", open);
	assert_terraform("[<<EOT\na: ${var.a}\nEOT\n]", open);
	assert_terraform("[\n # x, " MODULE("agent.yaml") ",\n " MODULE("more.yaml") "]", open);
	assert_terraform("concat([" MODULE("agent.yaml") "], var.more)", open);
	assert_terraform("var.values", open);
}

static void
a_value_in_a_heredoc_stands_in_its_file(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const char *text =
		"resource \"helm_release\" \"agent\" {\n  name = \"agent\"\n  chart = \"gitlab-agent\"\n"
		"  repository = \"https://charts.gitlab.io\"\n"
		"  values = [<<EOT\nconfig:\n  kasAddress: wss://kas.example.com\nEOT\n  ]\n}\n";
	const struct tree_entry entries[] = { { "main.tf", text }, END };
	const struct install *install = only_install(&arena, entries);
	struct value value = install_value(install, STR("config.kasAddress"));
	assert_int_equal(value.state, VALUE_SET);
	struct str written = { text + value.node->span.start, value.node->span.end - value.node->span.start };
	assert_true(str_eq(written, STR("wss://kas.example.com")));
}

#define KPTFILE(more) "apiVersion: kpt.dev/v1\nkind: Kptfile\nmetadata: {name: agent}\n" more
#define SETTERS(address)                                                                                     \
	KPTFILE("pipeline:\n  mutators:\n  - image: gcr.io/kpt-fn/apply-setters:v0.2.0\n"                    \
		"    configMap: {kas-address: '" address "'}\n")
#define DEPLOYMENT_HEAD                                                                                      \
	"apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: agent, namespace: agents}\nspec:\n"         \
	"  template:\n    spec:\n      containers:\n      - name: agent\n"                                   \
	"        image: registry.gitlab.com/gitlab-org/cluster-integration/gitlab-agent/agentk:v17.3.1\n"
#define DEPLOYMENT(args) DEPLOYMENT_HEAD "        args:\n" args
#define JOINED "        - \"--kas-address=wss://kas.example.com\" # kpt-set: --kas-address=${kas-address}\n"
#define MARKED                                                                                               \
	"        args: # kpt-set: ${kas-args}\n        - --kas-address\n        - wss://kas.example.com\n"
#define SEPARATE "        - --kas-address\n        - wss://kas.example.com\n"
#define KUSTOMIZATION(more) "kind: Kustomization\nresources: [agent.yaml]\nnamePrefix: a-\n" more

static size_t
count_of_package(const char *kptfile, const char *deployment, const char *kustomization)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "agent/Kptfile", kptfile },
		{ "agent/agent.yaml", deployment },
		{ "agent/namespace.yaml",
			"apiVersion: builtin\nkind: NamespaceTransformer\nmetadata: {name: n}\n" },
		{ kustomization ? "agent/kustomization.yaml" : NULL, kustomization },
		END,
	};
	const struct tree *tree = tree_new(&arena, entries);
	const struct clusters *clusters =
		clusters_collect(&arena, flux_model(&arena, &tree->files, &tree->resources), &tree->resources,
			kustomizations_collect(&arena, &tree->files, &tree->resources),
			repository_listed(&arena, &tree->files));
	const struct installs *installs = installs_collect(&arena, &tree->files, &tree->resources, clusters);
	for (size_t i = 0; i < installs->items.len; i++) {
		struct value value = install_value(&installs->items.items[i], STR("config.kasAddress"));
		assert_true(str_eq(value.text, STR("wss://kas.example.com")));
		assert_true(str_eq(installs->items.items[i].namespace, STR("agents")));
		struct str written = { deployment + value.node->span.start,
			value.node->span.end - value.node->span.start };
		assert_true(str_eq(written, value.text));
	}
	return installs->items.len;
}

static void
the_address_of_a_package_is_the_one_in_its_deployment(void **state)
{
	(void)state;
	assert_int_equal(count_of_package(KPTFILE(""), DEPLOYMENT(JOINED), NULL), 1);
	assert_int_equal(count_of_package(KPTFILE(""), DEPLOYMENT(SEPARATE), NULL), 1);
	assert_int_equal(count_of_package(SETTERS("wss://kas.example.com"), DEPLOYMENT(JOINED), NULL), 1);
	assert_int_equal(
		count_of_package(SETTERS("x', kas-args: '[--kas-address, \"wss://kas.example.com\"]"),
			DEPLOYMENT_HEAD MARKED, NULL),
		1);
	assert_int_equal(count_of_package(KPTFILE(""), DEPLOYMENT(SEPARATE), KUSTOMIZATION("")), 1);
	assert_int_equal(count_of_package(KPTFILE(""), DEPLOYMENT(SEPARATE),
				 KUSTOMIZATION("transformers: [namespace.yaml]\n")),
		1);
}

static void
a_package_that_something_changes_tells_nothing(void **state)
{
	(void)state;
	assert_int_equal(count_of_package(SETTERS("wss://other.example.com"), DEPLOYMENT(JOINED), NULL), 0);
	assert_int_equal(
		count_of_package(KPTFILE("pipeline: {mutators: [{image: a/b}]}\n"), DEPLOYMENT(JOINED), NULL),
		0);
	assert_int_equal(count_of_package(KPTFILE(""), DEPLOYMENT(SEPARATE),
				 KUSTOMIZATION("transformers: [agent.yaml]\n")),
		0);
	assert_int_equal(
		count_of_package(KPTFILE(""), DEPLOYMENT(SEPARATE), KUSTOMIZATION("patches: []\n")), 0);
	assert_int_equal(
		count_of_package(SETTERS("x', kas-args: '[--help]"), DEPLOYMENT_HEAD MARKED, NULL), 0);
	assert_int_equal(count_of_package(KPTFILE(""), DEPLOYMENT("        - --help\n"), NULL), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_values_file_of_argo_is_read_where_the_reference_is_this_repository),
		cmocka_unit_test(another_repository_with_such_a_path_is_another),
		cmocka_unit_test(values_files_of_terraform_lie_in_the_order_of_the_list),
		cmocka_unit_test(what_terraform_makes_of_values_is_open),
		cmocka_unit_test(the_address_of_a_package_is_the_one_in_its_deployment),
		cmocka_unit_test(a_package_that_something_changes_tells_nothing),
		cmocka_unit_test(a_value_in_a_heredoc_stands_in_its_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
