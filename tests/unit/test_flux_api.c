#include <setjmp.h>
#include <stdarg.h>

#include "flux/api.h"
#include "tree.h"

#include <cmocka.h>

#define HELM STR("helm.toolkit.fluxcd.io")
#define SOURCE STR("source.toolkit.fluxcd.io")
#define KUSTOMIZE STR("kustomize.toolkit.fluxcd.io")

static struct flux_version
flux(unsigned major, unsigned minor)
{
	return (struct flux_version){ .major = major, .minor = minor };
}

static enum flux_api_state
state_of_release(const char *version, unsigned major, unsigned minor)
{
	const struct flux_api *api = flux_api_find(HELM, STR("HelmRelease"), str_from(version));
	assert_non_null(api);
	return flux_api_state(api, flux(major, minor));
}

static void
a_version_comes_ages_and_goes(void **state)
{
	(void)state;
	assert_int_equal(state_of_release("v2beta1", 0, 41), FLUX_API_SERVED);
	assert_int_equal(state_of_release("v2beta1", 2, 2), FLUX_API_DEPRECATED);
	assert_int_equal(state_of_release("v2beta1", 2, 6), FLUX_API_DEPRECATED);
	assert_int_equal(state_of_release("v2beta1", 2, 7), FLUX_API_REMOVED);
	assert_int_equal(state_of_release("v2beta2", 2, 1), FLUX_API_MISSING);
	assert_int_equal(state_of_release("v2beta2", 2, 7), FLUX_API_DEPRECATED);
	assert_int_equal(state_of_release("v2beta2", 2, 12), FLUX_API_REMOVED);
	assert_int_equal(state_of_release("v2", 2, 2), FLUX_API_MISSING);
	assert_int_equal(state_of_release("v2", 3, 0), FLUX_API_SERVED);
}

static void
only_versions_that_were_are_known(void **state)
{
	(void)state;
	assert_null(flux_api_find(HELM, STR("HelmRelease"), STR("v1")));
	assert_null(flux_api_find(SOURCE, STR("HelmRelease"), STR("v2")));
	assert_null(flux_api_find(KUSTOMIZE, STR("kustomization"), STR("v1")));
	assert_null(flux_api_find(STR("kustomize.config.k8s.io"), STR("Kustomization"), STR("v1beta1")));
	const struct flux_api *oci = flux_api_find(SOURCE, STR("OCIRepository"), STR("v1beta2"));
	assert_int_equal(oci->deprecated_since, FLUX_RELEASE(2, 6));
	assert_int_equal(oci->removed_since, FLUX_RELEASE(2, 8));
}

static void
the_successor_is_one_that_the_cluster_serves(void **state)
{
	(void)state;
	const struct flux_api *api = flux_api_find(HELM, STR("HelmRelease"), STR("v2beta1"));
	assert_true(str_eq(flux_api_successor(api, flux(0, 0))->version, STR("v2")));
	assert_true(str_eq(flux_api_successor(api, flux(2, 8))->version, STR("v2")));
	assert_true(str_eq(flux_api_successor(api, flux(2, 2))->version, STR("v2beta2")));
	assert_null(flux_api_successor(api, flux(2, 1)));
}

static struct str
dropped(struct arena *arena, const char *kind, const char *group, const char *version, const char *yaml)
{
	const struct flux_api *api = flux_api_find(str_from(group), str_from(kind), str_from(version));
	const struct tree_entry entries[] = { { "a.yaml", yaml }, { NULL, NULL } };
	const struct tree *tree = tree_new(arena, entries);
	return flux_api_dropped_field(api, tree->files.items[0].docs->root);
}

static void
fields_that_do_not_come_along_are_named(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const char *helm = "helm.toolkit.fluxcd.io", *kustomize = "kustomize.toolkit.fluxcd.io";
	struct str path = dropped(&arena, "HelmRelease", helm, "v2beta2",
		"spec: {postRenderers: [{}, {kustomize: {patchesStrategicMerge: []}}]}");
	assert_true(str_eq(path, STR("spec.postRenderers[].kustomize.patchesStrategicMerge")));
	path = dropped(&arena, "HelmRelease", helm, "v2beta1",
		"spec: {chart: {spec: {valuesFiles: []}}, postRenderers: [{kustomize: {patches: []}}]}");
	assert_int_equal(path.len, 0);
	path = dropped(&arena, "Kustomization", kustomize, "v1beta1", "spec: {validation: client}");
	assert_true(str_eq(path, STR("spec.validation")));
	path = dropped(&arena, "Kustomization", kustomize, "v1", "spec: {validation: client}");
	assert_int_equal(path.len, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_version_comes_ages_and_goes),
		cmocka_unit_test(only_versions_that_were_are_known),
		cmocka_unit_test(the_successor_is_one_that_the_cluster_serves),
		cmocka_unit_test(fields_that_do_not_come_along_are_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
