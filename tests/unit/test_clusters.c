#include <setjmp.h>
#include <stdarg.h>

#include "repository.h"
#include "tree.h"

#include <cmocka.h>

#define SYNC                                                                                                 \
	"apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\n"                                     \
	"metadata: {name: flux-system, namespace: flux-system}\n"                                            \
	"spec: {url: 'https://gitlab.example.com/platform/clusters.git'}\n---\n"                             \
	"apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"                                  \
	"metadata: {name: flux-system, namespace: flux-system}\n"                                            \
	"spec: {path: clusters/prod, sourceRef: {kind: GitRepository, name: flux-system}}\n"
#define CHILD(name, path, more)                                                                              \
	"apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"                                  \
	"metadata: {name: " name ", namespace: flux-system}\nspec:\n  path: " path                           \
	"\n  sourceRef: {kind: GitRepository, name: flux-system}\n" more
#define RELEASE(name)                                                                                        \
	"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: " name                   \
	", namespace: apps}\nspec: {interval: 5m}\n"
#define RELEASE_GROUP STR("helm.toolkit.fluxcd.io")
#define END                                                                                                  \
	{                                                                                                    \
		NULL, NULL                                                                                   \
	}

static const struct clusters *
model(struct arena *arena, const struct tree_entry *entries)
{
	const struct tree *tree = tree_new(arena, entries);
	return clusters_collect(arena, flux_model(arena, &tree->files, &tree->resources), &tree->resources,
		kustomizations_collect(arena, &tree->files, &tree->resources),
		repository_listed(arena, &tree->files));
}

static const struct applied *
find_release(const struct clusters *clusters, const char *namespace, const char *name)
{
	assert_int_equal(clusters->items.len, 1);
	return cluster_find(&clusters->items.items[0], RELEASE_GROUP, STR("HelmRelease"), str_from(namespace),
		str_from(name));
}

static void
an_object_is_found_under_the_name_that_it_gets(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "clusters/prod/flux-system/gotk-sync.yaml", SYNC },
		{ "clusters/prod/apps.yaml", CHILD("apps", "./apps", "  targetNamespace: other\n") },
		{ "apps/release.yaml", RELEASE("agent") },
		END,
	};
	const struct clusters *clusters = model(&arena, entries);
	assert_null(find_release(clusters, "apps", "agent"));
	const struct applied *applied = find_release(clusters, "other", "agent");
	assert_non_null(applied);
	assert_true(str_eq(applied->by->name, STR("apps")));
	assert_null(applied->applies);
	assert_int_equal(clusters->loose.len, 0);
}

static void
a_kustomization_leads_to_what_it_applies(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "clusters/prod/flux-system/gotk-sync.yaml", SYNC },
		{ "clusters/prod/apps.yaml", CHILD("apps", "./apps", "") },
		{ "apps/release.yaml", RELEASE("agent") },
		END,
	};
	const struct clusters *clusters = model(&arena, entries);
	const struct applied *child = cluster_find(&clusters->items.items[0],
		STR("kustomize.toolkit.fluxcd.io"), STR("Kustomization"), STR("flux-system"), STR("apps"));
	assert_non_null(child);
	assert_ptr_equal(child->applies, find_release(clusters, "apps", "agent")->by);
	assert_ptr_equal(child->by, clusters->items.items[0].root->kustomization);
}

static void
what_goes_to_another_cluster_is_not_in_this_one(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "clusters/prod/flux-system/gotk-sync.yaml", SYNC },
		{ "clusters/prod/apps.yaml",
			CHILD("apps", "./apps", "  kubeConfig: {secretRef: {name: remote}}\n") },
		{ "apps/release.yaml", RELEASE("agent") },
		END,
	};
	assert_null(find_release(model(&arena, entries), "apps", "agent"));
}

static void
what_no_root_reaches_is_loose(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "apps/release.yaml", RELEASE("plain") },
		{ "built/kustomization.yaml", "namePrefix: my-\nresources: [release.yaml]\n" },
		{ "built/release.yaml", RELEASE("agent") },
		{ "docs/release.yaml", RELEASE("shown") },
		{ "patched/kustomization.yaml", "resources: [../base]\npatches: [{path: patch.yaml}]\n" },
		{ "patched/patch.yaml", RELEASE("base") },
		{ "base/kustomization.yaml", "resources: [release.yaml]\n" },
		{ "base/release.yaml", RELEASE("base") },
		END,
	};
	const struct clusters *clusters = model(&arena, entries);
	assert_int_equal(clusters->items.len, 0);
	assert_int_equal(clusters->loose.len, 3);
	assert_true(str_eq(clusters->loose.items[0].object->id.name, STR("my-agent")));
	assert_true(str_eq(clusters->loose.items[1].object->id.name, STR("base")));
	assert_true(str_eq(clusters->loose.items[2].object->id.name, STR("plain")));
	assert_null(clusters->loose.items[0].cluster);
}

static void
assert_version(const char *header, unsigned major, unsigned minor)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "clusters/prod/flux-system/gotk-sync.yaml", SYNC },
		{ "clusters/prod/flux-system/gotk-components.yaml", header },
		END,
	};
	const struct clusters *clusters = model(&arena, entries);
	assert_int_equal(clusters->items.items[0].root->version.major, major);
	assert_int_equal(clusters->items.items[0].root->version.minor, minor);
}

static void
the_version_of_flux_is_that_of_its_components(void **state)
{
	(void)state;
	assert_version(
		"---\n# This manifest was generated by flux. DO NOT EDIT.\n# Flux Version: v2.6.4\n", 2, 6);
	assert_version("# Flux Version: v2.12.0\r\n# Components: a,b\n", 2, 12);
	assert_version("# Flux Version: v2\n", 0, 0);
	assert_version("# Flux Version: v2.99999\n", 0, 0);
	assert_version("a: 1\n# Flux Version: v2.6.4\n", 0, 0);
	assert_version("", 0, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_object_is_found_under_the_name_that_it_gets),
		cmocka_unit_test(a_kustomization_leads_to_what_it_applies),
		cmocka_unit_test(what_goes_to_another_cluster_is_not_in_this_one),
		cmocka_unit_test(what_no_root_reaches_is_loose),
		cmocka_unit_test(the_version_of_flux_is_that_of_its_components),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
