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

static void
assert_roots_known(const char *path, const char *text, bool expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "clusters/a/flux-system/gotk-sync.yaml", SYNC("./clusters/a") },
		{ path, text },
		END,
	};
	assert_int_equal(flux_of(&arena, entries)->roots_are_known, expected);
}

static void
signs_of_other_roots_are_heeded(void **state)
{
	(void)state;
	assert_roots_known("x.yaml", "apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\n", false);
	assert_roots_known("main.tf", "resource \"flux_bootstrap_git\" \"x\" {}\n", false);
	assert_roots_known("up.sh", "flux bootstrap gitlab --path=clusters/b\n", false);
	assert_roots_known("up.sh", "flux bootstrap gitlab --path=\"clusters/$NAME\"\n", false);
	assert_roots_known("up.sh", "flux bootstrap gitlab --owner x\n", false);
	assert_roots_known(
		"up.sh", "flux bootstrap gitlab \\\n  --path ./clusters/a/ \\\n  --owner x\n", true);
	assert_roots_known(
		".gitlab-ci.yml", "a:\n  script:\n  - flux bootstrap gitlab --path clusters/a\n", true);
	assert_roots_known("up.sh", "# flux bootstrap gitlab --path=clusters/b\n", true);
	assert_roots_known("README.md", "flux bootstrap gitlab --path=clusters/b\n", true);
	assert_roots_known("up.sh", "flux create kustomization x --path=y\n", false);
	assert_roots_known(
		"clusters/b/flux-system/k.yaml", KUSTOMIZATION("flux-system", "clusters/b", ""), false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signs_of_other_roots_are_heeded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
