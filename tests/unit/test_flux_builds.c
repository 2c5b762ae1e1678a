#include <setjmp.h>
#include <stdarg.h>

#include "flux_tree.h"

#include <cmocka.h>

#define SOURCE(url, more)                                                                                    \
	"apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\n"                                     \
	"metadata: {name: flux-system, namespace: flux-system}\nspec: {url: '" url "'" more "}\n---\n"
#define KUSTOMIZATION(name, path, more)                                                                      \
	"apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"                                  \
	"metadata: {name: " name ", namespace: flux-system}\nspec:\n  path: " path                           \
	"\n  sourceRef: {kind: GitRepository, name: flux-system}\n" more
#define OURS SOURCE("https://gitlab.example.com/platform/clusters.git", "")
#define SYNC(path) OURS KUSTOMIZATION("flux-system", path, "")
#define CONFIG_MAP "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"

static void
kustomizations_of_one_path_share_its_build(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "clusters/a/apps.yaml",
			KUSTOMIZATION("one", "./apps", "") "---\n" KUSTOMIZATION("two", "./apps/",
				"") "---\n" KUSTOMIZATION("three", "./apps", "  targetNamespace: x\n") },
		{ "clusters/a/flux-system/gotk-sync.yaml", SYNC("./clusters/a") },
		{ "apps/a.yaml", CONFIG_MAP },
		END,
	};
	const struct flux_root *root = &flux_of(&arena, entries)->roots.items[0];
	assert_int_equal(root->closure.len, 4);
	assert_true(root->is_complete);
	assert_ptr_equal(root->closure.items[1]->build, root->closure.items[2]->build);
	assert_ptr_not_equal(root->closure.items[1]->build, root->closure.items[3]->build);
	assert_true(str_eq(root->closure.items[2]->name, STR("two")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(kustomizations_of_one_path_share_its_build) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
