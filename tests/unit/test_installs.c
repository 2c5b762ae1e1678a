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
#define SYNC                                                                                                 \
	"apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\n"                                     \
	"metadata: {name: flux-system, namespace: flux-system}\n"                                            \
	"spec: {url: 'https://gitlab.example.com/platform/clusters.git'}\n---\n"                             \
	"apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"                                  \
	"metadata: {name: flux-system, namespace: flux-system}\n"                                            \
	"spec: {path: clusters/prod, sourceRef: {kind: GitRepository, name: flux-system}}\n"
#define SOURCE                                                                                               \
	"apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\n"                                    \
	"metadata: {name: gitlab, namespace: agents}\nspec: {url: 'https://charts.gitlab.io'}\n"
#define RELEASE(more)                                                                                        \
	"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n"                                         \
	"metadata: {name: agent, namespace: agents}\nspec:\n  chart:\n    spec: {chart: gitlab-agent, "      \
	"version: 2.6.2, sourceRef: {kind: HelmRepository, name: gitlab}}\n" more
#define VALUES(name, text)                                                                                   \
	"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " name ", namespace: agents}\ndata:\n"            \
	"  values.yaml: " text

static const struct installs *
model(struct arena *arena, const struct tree_entry *entries)
{
	const struct tree *tree = tree_new(arena, entries);
	const struct clusters *clusters =
		clusters_collect(arena, flux_model(arena, &tree->files, &tree->resources), &tree->resources,
			kustomizations_collect(arena, &tree->files, &tree->resources),
			repository_listed(arena, &tree->files));
	return installs_collect(arena, &tree->files, &tree->resources, clusters);
}

/* The values as JSON, with "+?" where others may be set. */
static struct str
values_of(struct arena *arena, const struct install *install)
{
	struct buf out = { .arena = arena };
	json_write(&out, install->values, 0);
	buf_add(&out, install->is_open ? STR("+?") : STR(""));
	return buf_str(&out);
}

static void
assert_release(const struct tree_entry *more, const char *release, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct tree_entry entries[8] = {
		{ "clusters/prod/flux-system/gotk-sync.yaml", SYNC },
		{ "clusters/prod/gitlab.yaml", SOURCE },
		{ "clusters/prod/agent.yaml", release },
	};
	for (size_t i = 0; more && more[i].path; i++) {
		entries[3 + i] = more[i];
	}
	const struct installs *installs = model(&arena, entries);
	assert_int_equal(installs->items.len, 1);
	assert_true(installs->items.items[0].is_official);
	assert_true(str_eq(installs->items.items[0].version, STR("2.6.2")));
	assert_string_equal(values_of(&arena, &installs->items.items[0]).ptr, expected);
}

static void
values_of_a_release_lie_over_those_from_elsewhere(void **state)
{
	(void)state;
	static const struct tree_entry maps[] = {
		{ "clusters/prod/one.yaml",
			VALUES("one",
				"|\n    replicas: 1\n    rbac:\n      create: no\n    a: |\n      1\n") },
		{ "clusters/prod/two.yaml", VALUES("two", "'{replicas: 2, b: 2}'\n") },
		END,
	};
	assert_release(maps,
		RELEASE("  valuesFrom: [{kind: ConfigMap, name: one}, {kind: ConfigMap, name: two}]\n"
			"  values: {rbac: {useExistingRole: x}, b: null}\n"),
		"{\"replicas\":2,\"rbac\":{\"create\":false,\"useExistingRole\":\"x\"},\"a\":\"1\\n\",\"b\":"
		"null}");
}

static void
what_is_read_before_something_unread_is_unknown(void **state)
{
	(void)state;
	static const struct tree_entry maps[] = {
		{ "clusters/prod/one.yaml", VALUES("one", "|\n    replicas: 1\n") }, END
	};
	assert_release(maps,
		RELEASE("  valuesFrom: [{kind: ConfigMap, name: one}, {kind: Secret, name: two}]\n"
			"  values: {b: 1}\n"),
		"{\"b\":1}+?");
	assert_release(NULL, RELEASE("  upgrade: {preserveValues: true}\n  values: {b: 1}\n"), "{\"b\":1}+?");
	assert_release(maps,
		RELEASE("  valuesFrom: [{kind: Secret, name: two}, {kind: ConfigMap, name: one}]\n"
			"  values: {b: 1}\n"),
		"{\"replicas\":1,\"b\":1}+?");
}

static void
a_target_path_leaves_one_value_open(void **state)
{
	(void)state;
	assert_release(NULL,
		RELEASE("  valuesFrom: [{kind: Secret, name: two, valuesKey: token, targetPath: "
			"config.token}]\n  values: {b: 1}\n"),
		"{\"config\":{\"token\":\"${}\"},\"b\":1}");
}

static void
a_value_from_a_config_map_stands_in_its_file(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const char *map = VALUES("one", "|\n    config:\n      kasAddress: wss://kas.gitlab.com\n");
	const struct tree_entry entries[] = {
		{ "clusters/prod/flux-system/gotk-sync.yaml", SYNC },
		{ "clusters/prod/one.yaml", map },
		{ "clusters/prod/agent.yaml", RELEASE("  valuesFrom: [{kind: ConfigMap, name: one}]\n") },
		END,
	};
	const struct installs *installs = model(&arena, entries);
	assert_int_equal(installs->items.len, 1);
	struct value value = install_value(&installs->items.items[0], STR("config.kasAddress"));
	assert_int_equal(value.state, VALUE_SET);
	struct str written = { map + value.node->span.start, value.node->span.end - value.node->span.start };
	assert_true(str_eq(written, STR("wss://kas.gitlab.com")));
}

static void
other_charts_of_that_name_are_no_installs(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "clusters/prod/flux-system/gotk-sync.yaml", SYNC },
		{ "clusters/prod/agent.yaml", RELEASE("  values: {gitlab-agent: {config: {token: x}}}\n") },
		{ "clusters/prod/other.yaml", RELEASE("  values: {agent: {config: {token: x}}}\n") },
		{ "install.sh",
			"helm upgrade --install a ./charts/gitlab-agent\n"
			"helm upgrade --install a mine/gitlab-agent\n"
			"helm upgrade --install a gitlab/gitlab-runner # gitlab-agent\n"
			"helm template a gitlab/gitlab-agent\n"
			"helm upgrade --no-such-flag a gitlab/gitlab-agent\n" },
		END,
	};
	assert_int_equal(model(&arena, entries)->items.len, 0);
}

static void
assert_command(const char *command, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "install.sh", command },
		{ "one.yaml", "a: 1\nrbac: {create: off}\n" },
		{ "two.yaml", "a: 2\n" },
		END,
	};
	const struct installs *installs = model(&arena, entries);
	assert_int_equal(installs->items.len, 1);
	print_message("%s\n", command);
	assert_string_equal(values_of(&arena, &installs->items.items[0]).ptr, expected);
}

#define HELM "helm upgrade --install agent gitlab/gitlab-agent "

static void
values_of_a_command_lie_in_the_order_of_helm(void **state)
{
	(void)state;
	assert_command(HELM "--set a=4 -f one.yaml --values=two.yaml --set-json a=3",
		"{\"a\":4,\"rbac\":{\"create\":false}}");
	assert_command(HELM "--set-string a=5 --set a=4,b=1", "{\"a\":\"5\",\"b\":1}");
	assert_command("helm -n x upgrade -i agent gitlab/gitlab-agent -ftwo.yaml", "{\"a\":2}");
	assert_command("helm install --generate-name gitlab/gitlab-agent", "{}");
	assert_command(HELM "--set-file config.kasCaCert=ca.pem", "{\"config\":{\"kasCaCert\":\"${}\"}}");
}

static void
what_a_command_does_not_say_is_open(void **state)
{
	(void)state;
	assert_command(HELM, "{}+?");
	assert_command(HELM "--set a=1 --reuse-values", "{\"a\":1}+?");
	assert_command(HELM "--set a=1 $EXTRA", "{}+?");
	assert_command(HELM "--set a=$A,b=2", "{}+?");
	assert_command(HELM "--set config.token=\"$TOKEN\"", "{\"config\":{\"token\":\"${}\"}}");
	assert_command(HELM "-f one.yaml -f missing.yaml -f two.yaml", "{\"a\":2}+?");
	assert_command("cd x\n" HELM "-f one.yaml --set b=1", "{\"b\":1}+?");
	assert_command("helm upgrade -i $NAME gitlab/gitlab-agent --set b=1", "{\"b\":1}");
	assert_command("A=${A:-1}\n" HELM "--set b=$A", "{\"b\":\"${}\"}");
}

/* What a command in another file than a script gets from -f, beside values.yaml and deploy/values.yaml. */
static void
assert_values_file(const char *path, const char *text, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ path, text },
		{ "values.yaml", "a: 1\n" },
		{ "deploy/values.yaml", "a: 2\n" },
		END,
	};
	const struct installs *installs = model(&arena, entries);
	assert_int_equal(installs->items.len, 1);
	print_message("%s\n", path);
	assert_string_equal(values_of(&arena, &installs->items.items[0]).ptr, expected);
}

static void
a_values_file_is_read_where_the_directory_is_sure(void **state)
{
	(void)state;
	assert_values_file(".gitlab-ci.yml", "job:\n  script:\n    - " HELM "-f values.yaml\n", "{\"a\":1}");
	assert_values_file(".gitlab-ci.yml",
		"job:\n  before_script: [cd deploy]\n  script:\n    - " HELM "-f values.yaml\n", "{}+?");
	assert_values_file(".gitlab-ci.yml",
		"job:\n  extends: .base\n  script:\n    - " HELM "-f values.yaml\n", "{}+?");
	assert_values_file(".github/workflows/x.yml",
		"jobs:\n  a:\n    steps:\n      - run: " HELM
		"-f values.yaml\n        working-directory: deploy\n",
		"{}+?");
	assert_values_file("Taskfile.yml",
		"version: '3'\ntasks:\n  a:\n    dir: deploy\n    cmds:\n      - " HELM "-f values.yaml\n",
		"{}+?");
	assert_values_file("play.yml", "- shell: " HELM "-f values.yaml\n  args: {chdir: deploy}\n", "{}+?");
	assert_values_file("Dockerfile", "FROM a\nRUN " HELM "-f values.yaml\n", "{}+?");
	assert_values_file(
		"install.sh", "sed -i s/x/y/ values.yaml\n" HELM "-f values.yaml --set b=1\n", "{\"b\":1}+?");
	assert_values_file("install.sh", "envsubst <v.tpl >./values.yaml\n" HELM "-f values.yaml --set b=1\n",
		"{\"b\":1}+?");
	assert_values_file(
		"install.sh", "helm list\n" HELM "-f values.yaml --set b=1\n", "{\"a\":1,\"b\":1}");
	assert_values_file("job.yaml",
		"apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: alpine/helm\n"
		"      command: [sh, -c, '" HELM "-f values.yaml']\n",
		"{}+?");
}

/* Of values that are other charts', too, only those are the agent's that its chart has. */
static void
values_that_are_shared_keep_what_the_chart_has(void **state)
{
	(void)state;
	static const struct tree_entry maps[] = {
		{ "clusters/prod/one.yaml", VALUES("one", "|\n    replicas: 1\n    domain: x\n") },
		{ "clusters/prod/other.yaml",
			"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n"
			"metadata: {name: other, namespace: agents}\nspec:\n  chart:\n    spec: {chart: "
			"other, "
			"sourceRef: {kind: HelmRepository, name: gitlab}}\n"
			"  valuesFrom: [{kind: ConfigMap, name: one}]\n" },
		END,
	};
	assert_release(maps, RELEASE("  valuesFrom: [{kind: ConfigMap, name: one}]\n  values: {b: 1}\n"),
		"{\"replicas\":1,\"b\":1}");
	assert_values_file("install.sh",
		"helm upgrade -i other charts/other -f values.yaml\n" HELM "-f values.yaml --set b=1\n",
		"{\"b\":1}");
}

/* The only install of one file. */
static void
assert_file(const char *path, const char *text, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = { { path, text }, END };
	const struct installs *installs = model(&arena, entries);
	assert_int_equal(installs->items.len, 1);
	assert_true(installs->items.items[0].is_official);
	assert_string_equal(values_of(&arena, &installs->items.items[0]).ptr, expected);
}

#define APPLICATION(helm)                                                                                    \
	"apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: agent}\nspec:\n"              \
	"  source:\n    repoURL: https://charts.gitlab.io\n    chart: gitlab-agent\n"                        \
	"    targetRevision: 2.6.2\n    helm:\n" helm

static void
values_of_an_application_are_those_that_argo_passes(void **state)
{
	(void)state;
	assert_file("app.yaml",
		APPLICATION("      values: |\n        a: 1\n        b: 1\n"
			    "      parameters: [{name: b, value: \"2\"}, {name: c, value: \"2\", "
			    "forceString: true}]\n"),
		"{\"a\":1,\"b\":2,\"c\":\"2\"}");
	assert_file(
		"app.yaml", APPLICATION("      valuesObject: {a: 1}\n      values: 'b: 1'\n"), "{\"a\":1}");
	assert_file(
		"app.yaml", APPLICATION("      valueFiles: [x.yaml]\n      values: 'b: 1'\n"), "{\"b\":1}+?");
}

#define HELM_RELEASE(more)                                                                                   \
	"resource \"helm_release\" \"agent\" {\n  name = \"agent\"\n  chart = \"gitlab-agent\"\n"            \
	"  repository = \"https://charts.gitlab.io\"\n" more "}\n"

static void
values_of_terraform_are_its_literals(void **state)
{
	(void)state;
	assert_file("main.tf",
		HELM_RELEASE("  set {\n    name = \"a.b\"\n    value = \"1\"\n  }\n"
			     "  set {\n    name = \"c\"\n    value = false\n  }\n"
			     "  set_sensitive {\n    name = \"config.token\"\n    value = var.token\n  }\n"),
		"{\"a\":{\"b\":1},\"c\":false,\"config\":{\"token\":\"${}\"}}");
	assert_file("main.tf",
		HELM_RELEASE("  values = [file(\"x.yaml\")]\n"
			     "  set {\n    name = \"a\"\n    type = \"string\"\n    value = \"1\"\n  }\n"),
		"{\"a\":\"1\"}+?");
	assert_file("main.tf",
		HELM_RELEASE("  set {\n    name = \"a\"\n    value = \"1\"\n  }\n"
			     "  dynamic \"set\" {\n    for_each = var.x\n    content {}\n  }\n"),
		"{}+?");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_of_a_release_lie_over_those_from_elsewhere),
		cmocka_unit_test(what_is_read_before_something_unread_is_unknown),
		cmocka_unit_test(a_target_path_leaves_one_value_open),
		cmocka_unit_test(a_value_from_a_config_map_stands_in_its_file),
		cmocka_unit_test(other_charts_of_that_name_are_no_installs),
		cmocka_unit_test(values_of_a_command_lie_in_the_order_of_helm),
		cmocka_unit_test(what_a_command_does_not_say_is_open),
		cmocka_unit_test(a_values_file_is_read_where_the_directory_is_sure),
		cmocka_unit_test(values_that_are_shared_keep_what_the_chart_has),
		cmocka_unit_test(values_of_an_application_are_those_that_argo_passes),
		cmocka_unit_test(values_of_terraform_are_its_literals),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
