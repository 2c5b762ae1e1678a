#include <setjmp.h>
#include <stdarg.h>

#include "flux/release.h"
#include "flux_texts.h"
#include "repository.h"
#include "tree.h"

#include <cmocka.h>

#define RELEASE(spec)                                                                                        \
	"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n"                                         \
	"metadata: {name: agent, namespace: apps}\nspec: {" spec "}\n"
#define REGISTRY                                                                                             \
	"apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\n"                                     \
	"metadata: {name: agent, namespace: sources}\n"                                                      \
	"spec: {url: 'oci://registry.example.com/charts/gitlab-agent'}\n"

/* The release of clusters/prod/release.yaml. */
static struct release
read_release(struct arena *arena, const char *yaml)
{
	const struct tree_entry entries[] = {
		{ "clusters/prod/flux-system/gotk-sync.yaml", SYNC },
		{ "clusters/prod/registry.yaml", REGISTRY },
		{ "clusters/prod/release.yaml", yaml },
		{ NULL, NULL },
	};
	const struct tree *tree = tree_new(arena, entries);
	const struct clusters *clusters =
		clusters_collect(arena, flux_model(arena, &tree->files, &tree->resources), &tree->resources,
			kustomizations_collect(arena, &tree->files, &tree->resources),
			repository_listed(arena, &tree->files));
	struct release release;
	assert_int_equal(clusters->items.len, 1);
	const struct applied *applied = cluster_find(&clusters->items.items[0], STR("helm.toolkit.fluxcd.io"),
		STR("HelmRelease"), STR("apps"), STR("agent"));
	assert_non_null(applied);
	assert_true(release_read(arena, applied, &release));
	return release;
}

static void
assert_names(const char *yaml, const char *name, const char *target, const char *storage)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct release release = read_release(&arena, yaml);
	assert_true(str_eq(release.name, str_from(name)));
	assert_true(str_eq(release.target, str_from(target)));
	assert_true(str_eq(release.storage, str_from(storage)));
}

static void
names_are_those_that_the_controller_gives(void **state)
{
	(void)state;
	assert_names(RELEASE(""), "agent", "apps", "apps");
	assert_names(RELEASE("releaseName: ''"), "agent", "apps", "apps");
	assert_names(RELEASE("targetNamespace: web"), "web-agent", "web", "apps");
	assert_names(RELEASE("targetNamespace: web, releaseName: it"), "it", "web", "apps");
	assert_names(RELEASE("targetNamespace: web, storageNamespace: web"), "web-agent", "web", "web");
}

static void
what_a_substitution_fills_in_is_not_known(void **state)
{
	(void)state;
	assert_names(RELEASE("releaseName: '${NAME}'"), "", "apps", "apps");
	assert_names(RELEASE("targetNamespace: '${WEB}'"), "", "", "apps");
	assert_names(RELEASE("targetNamespace: '${WEB}', releaseName: it"), "it", "", "apps");
	assert_names(RELEASE("storageNamespace: '${WEB}'"), "agent", "apps", "");
}

/* The hash is what sha256sum says of the whole name. */
static void
a_derived_name_that_is_too_long_is_cut(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct release release = read_release(
		&arena, RELEASE("targetNamespace: a-namespace-with-a-name-of-fifty-bytes-or-so-long"));
	assert_true(str_eq(release.name, STR("a-namespace-with-a-name-of-fifty-bytes-o-27dc016aa3b8")));
}

static void
the_chart_is_found_behind_a_reference(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct release release = read_release(
		&arena, RELEASE("chartRef: {kind: OCIRepository, name: agent, namespace: sources}"));
	assert_true(release_is_agent(&release));
	assert_non_null(release.source);
	assert_null(release.chart);
	release = read_release(&arena, RELEASE("chartRef: {kind: OCIRepository, name: agent}"));
	assert_null(release.source);
	assert_false(release_is_agent(&release));
	release = read_release(&arena,
		RELEASE("chart: {spec: {chart: ./charts/gitlab-agent, sourceRef: {kind: GitRepository, name: "
			"a}}}"));
	assert_true(release_is_agent(&release));
	release = read_release(&arena, RELEASE("chart: {spec: {chart: '${CHART}'}}"));
	assert_false(release_is_agent(&release));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_those_that_the_controller_gives),
		cmocka_unit_test(what_a_substitution_fills_in_is_not_known),
		cmocka_unit_test(a_derived_name_that_is_too_long_is_cut),
		cmocka_unit_test(the_chart_is_found_behind_a_reference),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
