#include <setjmp.h>
#include <stdarg.h>

#include "flux/substitution.h"
#include "flux_texts.h"

#include <cmocka.h>

#define APP(name, more) CHILD(name, name, more)
#define FROM(name) "{kind: ConfigMap, name: " name "}"
#define SETTINGS(data)                                                                                       \
	"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: flux-system}\ndata: " data   \
	"\n"
#define WEB "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n"

/* What is read of the Kustomization "apps". */
static void
read_apps(struct arena *arena, const char *apps, const char *settings, struct substitution *ret)
{
	const struct tree_entry entries[] = {
		{ "clusters/prod/flux-system/gotk-sync.yaml", SYNC },
		{ "clusters/prod/apps.yaml", apps },
		{ "clusters/prod/settings.yaml", settings },
		{ "apps/web.yaml", WEB },
		{ NULL, NULL },
	};
	const struct tree *tree = tree_new(arena, entries);
	const struct flux *flux = flux_model(arena, &tree->files, &tree->resources);
	assert_int_equal(flux->roots.len, 1);
	assert_int_equal(flux->roots.items[0].closure.len, 2);
	substitution_read(arena, &flux->roots.items[0], flux->roots.items[0].closure.items[1], ret);
}

/* NULL: it is not set, or not known to what. */
static void
assert_value(const struct substitution *substitution, const char *name, const char *expected)
{
	const struct envsubst_value *value = map_get(&substitution->scope.values, str_from(name));
	if (expected) {
		assert_non_null(value);
		assert_true(value->is_known);
		assert_true(str_eq(value->text, str_from(expected)));
	} else {
		assert_true(!value || !value->is_known);
	}
}

static void
values_come_from_config_maps_of_the_cluster_and_the_own_ones_win(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct substitution s;
	read_apps(&arena,
		APP("apps",
			"  postBuild: {substituteFrom: [" FROM(
				"settings") "], substitute: {b: own, c: \"x\\ny\"}}\n"),
		SETTINGS("{a: given, b: given}"), &s);
	assert_int_equal(s.happens, SUBSTITUTION_SURELY);
	assert_false(s.scope.is_open);
	assert_value(&s, "a", "given");
	assert_value(&s, "b", "own");
	assert_value(&s, "c", "xy");
	assert_false(envsubst_may_be_set(&s.scope, STR("d")));
}

static void
what_is_not_seen_leaves_the_variables_open(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct substitution s;
	read_apps(&arena,
		APP("apps",
			"  postBuild: {substituteFrom: [" FROM(
				"settings") ", {kind: Secret, name: keys}]}\n"),
		SETTINGS("{a: given}"), &s);
	assert_int_equal(s.happens, SUBSTITUTION_SURELY);
	assert_true(envsubst_may_be_set(&s.scope, STR("d")));
	assert_value(&s, "a", NULL); /* the Secret may set it, too */
	read_apps(&arena, APP("apps", "  postBuild: {substituteFrom: [" FROM("other") "]}\n"),
		SETTINGS("{a: given}"), &s);
	assert_true(s.scope.is_open);
}

static void
nothing_happens_where_nothing_is_set(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct substitution s;
	read_apps(&arena, APP("apps", ""), "", &s);
	assert_int_equal(s.happens, SUBSTITUTION_NEVER);
	read_apps(&arena, APP("apps", "  postBuild: {substitute: {}}\n"), "", &s);
	assert_int_equal(s.happens, SUBSTITUTION_NEVER);
	read_apps(&arena, APP("apps", "  postBuild: {substituteStrategy: Always}\n"), "", &s);
	assert_int_equal(s.happens, SUBSTITUTION_SURELY);
	read_apps(&arena,
		APP("apps", "  postBuild: {substituteFrom: [{kind: Secret, name: a, optional: true}]}\n"), "",
		&s);
	assert_int_equal(s.happens, SUBSTITUTION_MAYBE);
}

static void
names_that_flux_refuses_are_kept_with_their_place(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct substitution s;
	read_apps(&arena,
		APP("apps",
			"  postBuild: {substituteFrom: [" FROM(
				"settings") "], substitute: {a-b: c, d: e}}\n"),
		SETTINGS("{a: b, c.yaml: d}"), &s);
	assert_int_equal(s.refused.len, 2);
	assert_true(str_eq(ynode_str(s.refused.items[0].key), STR("c.yaml")));
	assert_non_null(s.refused.items[0].config_map);
	assert_true(str_eq(ynode_str(s.refused.items[1].key), STR("a-b")));
	assert_null(s.refused.items[1].config_map);
}

/* The closure of a root with these files beside its own. */
static const struct flux_root *
follow(struct arena *arena, const char *parent, const char *child, const char *settings)
{
	const struct tree_entry entries[] = {
		{ "clusters/prod/flux-system/gotk-sync.yaml", SYNC },
		{ "clusters/prod/apps.yaml", parent },
		{ "clusters/prod/settings.yaml", settings },
		{ "apps/child.yaml", child },
		{ "web/prod/web.yaml", WEB },
		{ NULL, NULL },
	};
	const struct tree *tree = tree_new(arena, entries);
	return &flux_model(arena, &tree->files, &tree->resources)->roots.items[0];
}

#define WEB_CHILD(path, source)                                                                              \
	"apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"                                  \
	"metadata: {name: web, namespace: flux-system}\n"                                                    \
	"spec: {path: '" path "', sourceRef: {kind: GitRepository, name: '" source "'}}\n"

static void
a_path_and_a_source_are_those_that_the_variables_make(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct flux_root *root = follow(&arena,
		APP("apps",
			"  postBuild: {substituteFrom: [" FROM(
				"settings") "], substitute: {source: flux-system}}\n"),
		WEB_CHILD("./web/${a}", "${source}"), SETTINGS("{a: prod}"));
	assert_int_equal(root->closure.len, 3);
	assert_true(str_eq(root->closure.items[2]->path, STR("web/prod")));
	assert_true(root->is_complete);
}

static void
a_path_that_is_not_known_leaves_the_closure_open(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const char *const parents[] = {
		APP("apps", ""),
		APP("apps", "  postBuild: {substitute: {b: prod}, substituteFrom: [" FROM("other") "]}\n"),
		APP("apps", "  postBuild: {substitute: {a: '${b}'}}\n"),
		APP("apps", "  postBuild: {substitute: {b: prod}}\n"),
		APP("apps",
			"  postBuild: {substituteFrom: [" FROM("settings") ", {kind: Secret, name: a}]}\n"),
	};
	for (size_t i = 0; i < countof(parents); i++) {
		const struct flux_root *root = follow(
			&arena, parents[i], WEB_CHILD("./web/${a}", "flux-system"), SETTINGS("{a: prod}"));
		assert_int_equal(root->closure.len, 2);
		assert_false(root->is_complete);
	}
	/* A number is no path. */
	const struct flux_root *root = follow(&arena, APP("apps", "  postBuild: {substitute: {a: '1'}}\n"),
		WEB_CHILD("${a}", "flux-system"), "");
	assert_int_equal(root->closure.len, 2);
	assert_false(root->is_complete);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_come_from_config_maps_of_the_cluster_and_the_own_ones_win),
		cmocka_unit_test(what_is_not_seen_leaves_the_variables_open),
		cmocka_unit_test(nothing_happens_where_nothing_is_set),
		cmocka_unit_test(names_that_flux_refuses_are_kept_with_their_place),
		cmocka_unit_test(a_path_and_a_source_are_those_that_the_variables_make),
		cmocka_unit_test(a_path_that_is_not_known_leaves_the_closure_open),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
