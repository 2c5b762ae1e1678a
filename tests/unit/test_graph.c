#include <setjmp.h>
#include <stdarg.h>

#include "flux_texts.h"
#include "graph/graph.h"
#include "tree.h"

#include <cmocka.h>

static const struct graph *
draw(struct arena *arena, const struct tree_entry *entries, const struct str *path)
{
	const struct tree *tree = tree_new(arena, entries);
	const struct flux *flux = flux_model(arena, &tree->files, &tree->resources);
	struct agents agents = { 0 };
	struct repository repository = { .files = &tree->files, .flux = flux, .agents = &agents };
	repository.clusters = clusters_collect(arena, flux, &tree->resources,
		kustomizations_collect(arena, &tree->files, &tree->resources),
		repository_listed(arena, &tree->files));
	return graph_collect(arena, &repository, path);
}

static const struct graph_node *
find(const struct graph *graph, const char *name)
{
	for (size_t i = 0; i < graph->nodes.len; i++) {
		if (str_eq(graph->nodes.items[i].name, str_from(name))) {
			return &graph->nodes.items[i];
		}
	}
	fail_msg("no node %s", name);
	return NULL;
}

static void
an_object_of_two_kustomizations_is_one_node(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "clusters/prod/flux-system/gotk-sync.yaml", SYNC },
		{ "clusters/prod/a.yaml", CHILD("a", "./apps", "") },
		{ "clusters/prod/b.yaml", CHILD("b", "./apps", "") },
		{ "apps/release.yaml",
			"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n"
			"metadata: {name: shop, namespace: shop}\nspec: {chartRef: {kind: OCIRepository, "
			"name: x}}\n" },
		END,
	};
	const struct graph *graph = draw(&arena, entries, NULL);
	assert_int_equal(graph->nodes.len, 4);
	assert_int_equal(graph->edges.len, 4);
	assert_true(str_eq(find(graph, "shop/shop")->detail, STR("OCIRepository x")));
}

static void
what_is_applied_elsewhere_or_from_elsewhere_is_unknown(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "clusters/prod/flux-system/gotk-sync.yaml", SYNC },
		{ "clusters/prod/a.yaml",
			CHILD("remote", "./apps", "  kubeConfig: {secretRef: {name: x}}\n") },
		{ "clusters/prod/b.yaml", CHILD("variable", "./apps/${x}", "") },
		{ "clusters/prod/c.yaml", CHILD("waits", "./apps", "  dependsOn: [{name: gone}]\n") },
		{ "apps/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: a}\n" },
		END,
	};
	const struct graph *graph = draw(&arena, entries, NULL);
	assert_int_equal(find(graph, "flux-system/remote")->state, GRAPH_UNKNOWN);
	assert_int_equal(find(graph, "flux-system/variable")->state, GRAPH_UNKNOWN);
	/* The closure is open: what is not found may be there. */
	assert_int_equal(find(graph, "flux-system/gone")->kind, GRAPH_MISSING);
	assert_int_equal(find(graph, "flux-system/gone")->state, GRAPH_UNKNOWN);
}

static void
one_cluster_is_drawn_alone(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "clusters/prod/flux-system/gotk-sync.yaml", SYNC },
		{ "parked/release.yaml",
			"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n"
			"metadata: {name: a, namespace: a}\n" },
		END,
	};
	struct str path = STR("clusters/prod"), other = STR("clusters/other");
	assert_int_equal(draw(&arena, entries, NULL)->nodes.len, 2);
	assert_int_equal(draw(&arena, entries, &path)->nodes.len, 1);
	assert_int_equal(draw(&arena, entries, &other)->nodes.len, 0);
}

static void
labels_are_cut_between_characters_and_have_no_controls(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct str lines[GRAPH_LINES_MAX];
	struct graph_node node = { .name = STR("a\x1b[31m\tb"),
		.detail = STR("0123456789012345678901234567890123456789012345678901234567"
			      "8\xc3\xa9 and more") };
	assert_int_equal(graph_label(&arena, &node, lines), 2);
	assert_true(str_eq(lines[0], STR("a [31m b")));
	assert_true(str_eq(
		lines[1], STR("01234567890123456789012345678901234567890123456789012345678\xe2\x80\xa6")));
}

static void
what_yaml_writes_cannot_leave_its_label(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct graph graph = { 0 };
	struct buf mermaid = { .arena = &arena }, dot = { .arena = &arena };
	struct graph_node node = { .name = STR("\"]; click n0 #\\"), .detail = STR("") };
	vec_push(&arena, &graph.nodes, node);
	graph_as_mermaid(&mermaid, &graph);
	graph_as_dot(&dot, &graph);
	struct str drawn = STR("n0([\"#34;#93;#59; click n0 #35;#92;\"])");
	struct str dotted = STR("label=\"\\\"]; click n0 #\\\\\"]");
	assert_true(str_find(buf_str(&mermaid), drawn) < mermaid.len);
	assert_true(str_find(buf_str(&dot), dotted) < dot.len);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_object_of_two_kustomizations_is_one_node),
		cmocka_unit_test(what_is_applied_elsewhere_or_from_elsewhere_is_unknown),
		cmocka_unit_test(one_cluster_is_drawn_alone),
		cmocka_unit_test(labels_are_cut_between_characters_and_have_no_controls),
		cmocka_unit_test(what_yaml_writes_cannot_leave_its_label),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
