#include <setjmp.h>
#include <stdarg.h>

#include "flux/flux.h"
#include "tree.h"

#include <cmocka.h>

#define SYNC(path)                                                                                           \
	"apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\n"                                     \
	"metadata: {name: flux-system, namespace: flux-system}\n"                                            \
	"spec: {url: 'https://gitlab.example.com/platform/clusters.git'}\n---\n"                             \
	"apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"                                  \
	"metadata: {name: flux-system, namespace: flux-system}\nspec:\n  path: " path                        \
	"\n  sourceRef: {kind: GitRepository, name: flux-system}\n"
#define INSTANCE(url, path)                                                                                  \
	"apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata: {name: flux}\n"                \
	"spec:\n  sync: {kind: GitRepository, url: '" url "', ref: main, path: '" path "'}\n"
#define SETTINGS "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n"
#define END                                                                                                  \
	{                                                                                                    \
		NULL, NULL                                                                                   \
	}

/* A repository with a root at clusters/a, files in clusters/b and apps, and one more file. */
static const struct flux *
model(struct arena *arena, const char *path, const char *text, const struct tree **ret_tree)
{
	const struct tree_entry entries[] = {
		{ "apps/x.yaml", SETTINGS },
		{ "clusters/a/flux-system/gotk-sync.yaml", SYNC("./clusters/a") },
		{ "clusters/b/x.yaml", SETTINGS },
		{ path, text },
		END,
	};
	*ret_tree = tree_new(arena, entries);
	return flux_model(arena, &(*ret_tree)->files, &(*ret_tree)->resources);
}

enum expected { SAME_ROOT, BELOW_PATH, ANYWHERE, NOWHERE };

static void
assert_declared(const char *path, const char *text, enum expected expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree *tree;
	const struct flux *flux = model(&arena, path, text, &tree);
	bool reaches_b = flux_may_reach(flux, files_get(&tree->files, STR("clusters/b/x.yaml")));
	bool reaches_apps = flux_may_reach(flux, files_get(&tree->files, STR("apps/x.yaml")));
	assert_int_equal(flux->roots.len, 1);
	assert_int_equal(flux->roots_are_known, expected == SAME_ROOT);
	assert_int_equal(flux->roots_are_bounded, expected != ANYWHERE);
	assert_int_equal(reaches_b, expected == BELOW_PATH || expected == ANYWHERE);
	assert_int_equal(reaches_apps, expected == ANYWHERE);
}

static void
what_starts_at_a_committed_path_is_that_root(void **state)
{
	(void)state;
	assert_declared("up.sh", "C=a\nflux bootstrap git --path=\"clusters/$C\"\n", SAME_ROOT);
	assert_declared("main.tf", "resource \"flux_bootstrap_git\" \"x\" {\n  path = \"clusters/a\"\n}\n",
		SAME_ROOT);
}

static void
what_starts_elsewhere_may_reach_what_lies_there(void **state)
{
	(void)state;
	assert_declared("up.sh", "flux bootstrap git --path=clusters/b\n", BELOW_PATH);
	assert_declared("main.tf", "resource \"flux_bootstrap_git\" \"x\" {\n  path = \"clusters/b\"\n}\n",
		BELOW_PATH);
	assert_declared("up.sh", "flux bootstrap git --path=clusters/gone\n", NOWHERE);
}

static void
what_is_not_known_may_reach_anything(void **state)
{
	(void)state;
	assert_declared("up.sh", "flux bootstrap git --path=$1\n", ANYWHERE);
	assert_declared("up.sh", "flux bootstrap git --path=${P:-clusters/a}\n", ANYWHERE);
	assert_declared("main.tf", "resource \"flux_bootstrap_git\" \"x\" {\n  path = var.x\n}\n", ANYWHERE);
	assert_declared("main.tf", "resource \"flux_bootstrap_git\" \"x\" {\n", ANYWHERE);
	assert_declared("x.yaml", INSTANCE("https://gitlab.example.com/platform/clusters.git", "clusters/a"),
		ANYWHERE);
}

static void
a_path_that_leads_out_may_reach_anything(void **state)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "apps/x.yaml", SETTINGS },
		{ "clusters/a/flux-system/gotk-sync.yaml", SYNC("./clusters/a") },
		{ "clusters/b/kustomization.yaml", "resources: [../../apps]\n" },
		{ "up.sh", "flux bootstrap git --path=clusters/b\n" },
		END,
	};
	const struct tree *tree = tree_new(&arena, entries);
	const struct flux *flux = flux_model(&arena, &tree->files, &tree->resources);
	(void)state;
	assert_true(flux->roots_are_bounded);
	assert_true(flux_may_reach(flux, files_get(&tree->files, STR("apps/x.yaml"))));
}

static void
instances_are_declared_roots_of_sources_that_may_be_ours(void **state)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree *tree;
	const struct flux *flux = model(&arena, "x.yaml",
		INSTANCE("https://gitlab.example.com/platform/clusters", "./clusters/a"), &tree);
	(void)state;
	assert_int_equal(flux->declared.len, 1);
	assert_ptr_equal(flux->declared.items[0].root, &flux->roots.items[0]);
	flux = model(&arena, "x.yaml", INSTANCE("https://example.com/x/other", "a"), &tree);
	assert_int_equal(flux->declared.len, 0);
	flux = model(&arena, "x.yaml",
		INSTANCE("https://gitlab.example.com/platform/clusters", "clusters/${x}"), &tree);
	assert_false(flux->declared.items[0].is_path_sure);
}

#define FLEET(flux, agents)                                                                                  \
	"apiVersion: glagent.dev/v1alpha1\nkind: AgentFleet\nspec:\n  flux: " flux                           \
	"\n  defaults: {install: {method: flux}}\n  agents: " agents "\n"

static void
a_fleet_tells_where_its_clusters_start(void **state)
{
	(void)state;
	assert_declared("glagent.yaml", FLEET("{path: 'clusters/{cluster}'}", "[{name: a}]"), SAME_ROOT);
	assert_declared(
		"glagent.yaml", FLEET("{path: 'clusters/{cluster}'}", "[{name: x, cluster: b}]"), BELOW_PATH);
	assert_declared("glagent.yaml", FLEET("{path: 'clusters/{agent}'}", "[{name: a}]"), ANYWHERE);
}

static void
a_fleet_that_says_nothing_of_flux_declares_nothing(void **state)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree *tree;
	(void)state;
	static const char *const texts[] = { FLEET("{}", "[{name: a}]"),
		FLEET("{path: clusters/a, project: other/project}", "[{name: a}]"),
		FLEET("{path: clusters/a}", "[{name: a, install: {method: helm}}]"), "kind: AgentFleet\n",
		"" };
	for (size_t i = 0; i < countof(texts); i++) {
		assert_int_equal(model(&arena, "glagent.yaml", texts[i], &tree)->declared.len, 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_starts_at_a_committed_path_is_that_root),
		cmocka_unit_test(what_starts_elsewhere_may_reach_what_lies_there),
		cmocka_unit_test(what_is_not_known_may_reach_anything),
		cmocka_unit_test(a_path_that_leads_out_may_reach_anything),
		cmocka_unit_test(a_fleet_tells_where_its_clusters_start),
		cmocka_unit_test(a_fleet_that_says_nothing_of_flux_declares_nothing),
		cmocka_unit_test(instances_are_declared_roots_of_sources_that_may_be_ours),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
