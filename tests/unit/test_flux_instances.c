#include <setjmp.h>
#include <stdarg.h>

#include "flux_tree.h"

#include <cmocka.h>

#define SYNC                                                                                                 \
	"{kind: GitRepository, url: 'https://gitlab.example.com/a/b.git', ref: refs/heads/main, path: flux}"
#define INSTANCE(sync, more)                                                                                 \
	"apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\n"                                        \
	"metadata: {name: flux, namespace: flux-system}\nspec:\n  sync: " sync "\n" more
#define CHART                                                                                                \
	"apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: operator}\n"         \
	"spec: {url: 'oci://ghcr.io/controlplaneio-fluxcd/charts/flux-instance'}\n"
#define RELEASE(more)                                                                                        \
	"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: flux}\nspec:\n"          \
	"  chartRef: {kind: OCIRepository, name: operator}\n  values: {instance: {sync: " SYNC "}}\n" more
#define APPS(more)                                                                                           \
	"apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"                                  \
	"metadata: {name: apps, namespace: flux-system}\nspec:\n  path: apps\n"                              \
	"  sourceRef: {kind: GitRepository, name: flux-system}\n" more

static size_t
count_roots(const char *instance, const char *apps)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "flux/apps.yaml", apps },
		{ "apps/instance.yaml", instance },
		{ "apps/chart.yaml", CHART },
		END,
	};
	return flux_of(&arena, entries)->roots.len;
}

static void
an_instance_that_leads_back_to_itself_is_a_root(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "flux/apps.yaml", APPS("") },
		{ "apps/instance.yaml", INSTANCE(SYNC, "") },
		{ "other/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n" },
		END,
	};
	const struct flux *flux = flux_of(&arena, entries);
	assert_int_equal(flux->roots.len, 1);
	const struct flux_root *root = &flux->roots.items[0];
	assert_true(root->is_certain);
	assert_true(root->is_complete);
	assert_int_equal(root->closure.len, 2);
	assert_true(str_eq(root->kustomization->path, STR("flux")));
	assert_true(str_eq(root->instance->kind, STR("FluxInstance")));
	assert_true(flux_reaches(flux, files_get(flux->files, STR("apps/instance.yaml"))) != NULL);
	/* That there is no other root is another matter. */
	assert_false(flux->roots_are_known);
}

static void
a_release_of_the_operators_chart_is_one_too(void **state)
{
	(void)state;
	assert_int_equal(count_roots(RELEASE(""), APPS("  targetNamespace: flux-system\n")), 1);
}

static struct flux_version
version_by(const char *distribution)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "flux/apps.yaml", APPS("") },
		{ "apps/instance.yaml",
			arena_printf(&arena, "%s  distribution: %s\n", INSTANCE(SYNC, ""), distribution)
				.ptr },
		END,
	};
	const struct flux *flux = flux_of(&arena, entries);
	assert_int_equal(flux->roots.len, 1);
	return flux->roots.items[0].version;
}

static void
its_distribution_tells_the_version(void **state)
{
	(void)state;
	static const char *const exact[] = { "{version: 2.7.x}", "{version: '2.7.5'}" };
	static const char *const open[] = { "{version: 2.x}", "{version: '>=2.7.0'}", "{version: '${v}'}",
		"{version: '2.7.x || 2.8.x'}", "{version: 2.7.0 - 2.9.0}", "{}" };
	for (size_t i = 0; i < countof(exact); i++) {
		struct flux_version version = version_by(exact[i]);
		assert_int_equal(version.major, 2);
		assert_int_equal(version.minor, 7);
	}
	for (size_t i = 0; i < countof(open); i++) {
		struct flux_version version = version_by(open[i]);
		assert_int_equal(version.major + version.minor, 0);
	}
}

static void
an_instance_that_nothing_here_applies_proves_nothing(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "flux/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: a}\n" },
		{ "bootstrap/instance.yaml", INSTANCE(SYNC, "") },
		END,
	};
	assert_int_equal(flux_of(&arena, entries)->roots.len, 0);
}

static void
what_may_sync_something_else_is_no_root(void **state)
{
	(void)state;
	const char *patched = APPS("  patches:\n    - target: {kind: FluxInstance}\n"
				   "      patch: '[{\"op\": \"replace\", \"path\": \"/spec/sync/path\", "
				   "\"value\": \"other\"}]'\n");
	const char *failing = APPS("  patches: [{target: {kind: FluxInstance}, patch: nothing}]\n");
	assert_int_equal(count_roots(INSTANCE(SYNC, ""), patched), 0);
	assert_int_equal(count_roots(INSTANCE(SYNC, ""), failing), 0);
	assert_int_equal(count_roots(INSTANCE(SYNC, "  kustomize: {patches: [{patch: x}]}\n"), APPS("")), 0);
	assert_int_equal(
		count_roots(INSTANCE("{kind: OCIRepository, url: 'oci://a/b', path: flux}", ""), APPS("")),
		0);
	assert_int_equal(count_roots(INSTANCE("{kind: GitRepository, url: 'https://a/b', path: '${x}'}", ""),
				 APPS("")),
		0);
	const char *values =
		RELEASE("  valuesFrom: [{kind: ConfigMap, name: a, targetPath: instance.sync.path}]\n");
	assert_int_equal(count_roots(values, APPS("  targetNamespace: flux-system\n")), 0);
	/* Its objects would be in a namespace where the children do not look for their source. */
	assert_int_equal(count_roots(RELEASE(""), APPS("  targetNamespace: elsewhere\n")), 0);
}

#define OPERATION(kind, op) "  kustomize: {patches: [{target: {kind: " kind "}, patch: '[{" op "}]'}]}\n"

static void
patches_that_do_not_steer_are_laid_over_what_is_synced(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const char *ignoring = OPERATION("GitRepository", "op: add, path: /spec/ignore, value: /other/");
	const char *labelling = OPERATION("Kustomization", "op: add, path: /metadata/labels, value: {a: b}");
	const char *deep = OPERATION("Kustomization", "op: add, path: /spec/patches/0, value: {a: b}");
	const char *steering = OPERATION("Kustomization", "op: replace, path: /spec/path, value: b");
	const char *others = OPERATION("(Deployment|Service)", "op: add, path: /a, value: b");
	const char *any = OPERATION(".*", "op: add, path: /a, value: b");
	const char *const rest[] = { labelling, others, deep, steering, any };
	const size_t expected[] = { 1, 1, 0, 0, 0 };
	for (size_t i = 0; i < countof(rest); i++) {
		struct str instance = arena_printf(&arena, "%s%s", INSTANCE(SYNC, ""), rest[i]);
		assert_int_equal(count_roots(instance.ptr, APPS("")), expected[i]);
	}
	const struct tree_entry entries[] = {
		{ "flux/apps.yaml", APPS("") },
		{ "apps/instance.yaml", arena_printf(&arena, "%s%s", INSTANCE(SYNC, ""), ignoring).ptr },
		{ "apps/other/values.yaml", "a: b\n" },
		END,
	};
	const struct flux *flux = flux_of(&arena, entries);
	assert_int_equal(flux->roots.len, 1); /* "/other/" is the root's: the values fail the build */
	assert_int_equal(flux->roots.items[0].closure.items[1]->build->result, BUILD_FAILS);
	const struct tree_entry ignored[] = {
		{ "flux/apps.yaml", APPS("") },
		{ "apps/instance.yaml",
			arena_printf(&arena, "%s%s", INSTANCE(SYNC, ""),
				OPERATION(
					"GitRepository", "op: add, path: /spec/ignore, value: /apps/other/"))
				.ptr },
		{ "apps/other/values.yaml", "a: b\n" },
		END,
	};
	assert_int_equal(flux_of(&arena, ignored)->roots.len, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_instance_that_leads_back_to_itself_is_a_root),
		cmocka_unit_test(its_distribution_tells_the_version),
		cmocka_unit_test(a_release_of_the_operators_chart_is_one_too),
		cmocka_unit_test(an_instance_that_nothing_here_applies_proves_nothing),
		cmocka_unit_test(what_may_sync_something_else_is_no_root),
		cmocka_unit_test(patches_that_do_not_steer_are_laid_over_what_is_synced),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
