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
#define AGENT_CONFIG "user_access: {access_as: {agent: {}}, projects: [{id: a/b}]}\n"

static bool
reaches(const struct flux *flux, const char *path)
{
	return flux_reaches(flux, files_get(flux->files, str_from(path))) != NULL;
}

static const struct build *
root_build(const struct flux *flux)
{
	assert_true(flux->roots.len > 0);
	return flux->roots.items[0].kustomization->build;
}

static void
assert_refused(const struct flux *flux, const char *path)
{
	const struct build *build = root_build(flux);
	assert_int_equal(build->result, BUILD_FAILS);
	assert_true(build->is_refused);
	assert_true(str_eq(build->file->source.path, str_from(path)));
}

static void
a_root_is_what_gotk_sync_says_where_it_says_it(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "clusters/prod/flux-system/gotk-sync.yaml", SYNC("./clusters/prod") },
		{ "clusters/prod/a.yaml", CONFIG_MAP },
		{ "clusters/toto/b.yaml", CONFIG_MAP },
		END,
	};
	const struct flux *flux = flux_of(&arena, entries);
	assert_int_equal(flux->roots.len, 1);
	assert_true(flux->roots_are_known);
	assert_true(flux->roots.items[0].is_complete);
	assert_true(reaches(flux, "clusters/prod/a.yaml"));
	assert_false(reaches(flux, "clusters/toto/b.yaml"));
}

static void
a_moved_gotk_sync_says_nothing(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "clusters/new/flux-system/gotk-sync.yaml", SYNC("./clusters/old") },
		{ "clusters/old/a.yaml", CONFIG_MAP },
		END,
	};
	const struct flux *flux = flux_of(&arena, entries);
	assert_false(flux->roots_are_known);
	assert_false(flux->roots.items[0].is_certain);
	assert_false(flux->roots.items[0].is_complete);
	assert_int_equal(flux->roots.items[0].closure.len, 0);
	assert_false(reaches(flux, "clusters/old/a.yaml"));
}

static void
a_moved_gotk_sync_that_its_path_still_applies_says_where_flux_starts(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "cluster/core/flux-system/gotk-sync.yaml", SYNC("./cluster") },
		{ "cluster/a.yaml", CONFIG_MAP },
		END,
	};
	const struct flux *flux = flux_of(&arena, entries);
	assert_true(flux->roots_are_known);
	assert_true(flux->roots.items[0].is_complete);
	assert_true(reaches(flux, "cluster/a.yaml"));
}

static void
an_empty_gotk_sync_hides_a_root(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "a/flux-system/gotk-sync.yaml", SYNC("./a") },
		{ "b/flux-system/gotk-sync.yaml", "# placeholder\n" },
		END,
	};
	assert_false(flux_of(&arena, entries)->roots_are_known);
}

static void
at_the_root_the_agents_config_is_refused(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "flux-system/gotk-sync.yaml", SYNC("./") },
		{ ".gitlab/agents/x/config.yaml", AGENT_CONFIG },
		{ "z.yaml", "also: bad\n" },
		END,
	};
	const struct flux *flux = flux_of(&arena, entries);
	assert_refused(flux, ".gitlab/agents/x/config.yaml");
	assert_true(reaches(flux, "z.yaml"));
	assert_false(flux->roots.items[0].is_complete);
}

static void
a_blank_agent_config_is_fine(void **state)
{
	(void)state;
	static const char *const texts[] = { "", "# later\n", "{}\n", "---\n" };
	for (size_t i = 0; i < countof(texts); i++) {
		struct arena CLEANUP(arena_release) arena = { 0 };
		const struct tree_entry entries[] = {
			{ "flux-system/gotk-sync.yaml", SYNC("./") },
			{ ".gitlab/agents/x/config.yaml", texts[i] },
			END,
		};
		assert_int_equal(root_build(flux_of(&arena, entries))->result, BUILD_OK);
	}
}

static void
a_kustomization_file_at_the_root_governs(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "kustomization.yaml", "resources: [flux-system]\n" },
		{ "flux-system/kustomization.yaml", "resources: [gotk-sync.yaml]\n" },
		{ "flux-system/gotk-sync.yaml", SYNC("./") },
		{ ".gitlab/agents/x/config.yaml", AGENT_CONFIG },
		END,
	};
	const struct flux *flux = flux_of(&arena, entries);
	assert_int_equal(root_build(flux)->result, BUILD_OK);
	assert_false(reaches(flux, ".gitlab/agents/x/config.yaml"));
	assert_true(reaches(flux, "flux-system/gotk-sync.yaml"));
}

static void
a_directory_with_its_own_kustomization_file_is_opaque(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "flux-system/gotk-sync.yaml", SYNC("./") },
		{ ".gitlab/kustomization.yaml", "resources: []\n" },
		{ ".gitlab/agents/x/config.yaml", AGENT_CONFIG },
		END,
	};
	assert_int_equal(root_build(flux_of(&arena, entries))->result, BUILD_OK);
}

static void
one_ignore_line_brings_the_ci_file_back(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "flux-system/gotk-sync.yaml", SYNC("./") },
		{ ".gitlab/agents/x/config.yaml", AGENT_CONFIG },
		{ ".gitlab-ci.yml", "job: {script: [a]}\n" },
		{ ".sourceignore", "/.gitlab/\n" },
		END,
	};
	assert_refused(flux_of(&arena, entries), ".gitlab-ci.yml");
	const struct tree_entry without[] = { entries[0], entries[2], END };
	assert_int_equal(root_build(flux_of(&arena, without))->result, BUILD_OK);
}

static void
an_ignore_that_restates_the_defaults_is_fine(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "flux-system/gotk-sync.yaml",
			SOURCE("https://h/o/r", ", ignore: \"/.gitlab/\\n.gitlab-ci.yml\\n\"")
				KUSTOMIZATION("flux-system", "./", "") },
		{ ".gitlab/agents/x/config.yaml", AGENT_CONFIG },
		{ ".gitlab-ci.yml", "job: {script: [a]}\n" },
		END,
	};
	const struct flux *flux = flux_of(&arena, entries);
	assert_int_equal(root_build(flux)->result, BUILD_OK);
	assert_true(flux->roots.items[0].is_complete);
}

static void
children_of_the_same_source_are_followed(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "c/flux-system/gotk-sync.yaml", SYNC("./c") },
		{ "c/infra.yaml", KUSTOMIZATION("infra", "../../../infra/", "") },
		{ "infra/apps.yaml", KUSTOMIZATION("apps", "/apps", "") },
		{ "apps/a.yaml", CONFIG_MAP },
		{ "other/a.yaml", CONFIG_MAP },
		END,
	};
	const struct flux *flux = flux_of(&arena, entries);
	assert_int_equal(flux->roots.items[0].closure.len, 3);
	assert_true(flux->roots.items[0].is_complete);
	assert_true(reaches(flux, "apps/a.yaml"));
	assert_false(reaches(flux, "other/a.yaml"));
	assert_ptr_equal(
		flux->roots.items[0].closure.items[2]->parent, flux->roots.items[0].closure.items[1]);
}

static void
kustomizations_that_apply_each_other_end(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "c/flux-system/gotk-sync.yaml", SYNC("./c") },
		{ "c/a.yaml", KUSTOMIZATION("a", "./a", "") },
		{ "a/a.yaml", KUSTOMIZATION("c", "./c", "") },
		END,
	};
	assert_true(flux_of(&arena, entries)->roots.items[0].is_complete);
}

static void
assert_child(const char *child, bool is_complete, bool is_reached)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "c/flux-system/gotk-sync.yaml", SYNC("./c") },
		{ "c/child.yaml", child },
		{ "x/a.yaml", CONFIG_MAP },
		END,
	};
	const struct flux *flux = flux_of(&arena, entries);
	assert_int_equal(flux->roots.items[0].is_complete, is_complete);
	assert_int_equal(reaches(flux, "x/a.yaml"), is_reached);
}

#define CHILD_AT(path, kind, name)                                                                           \
	"apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"                                  \
	"metadata: {name: x, namespace: flux-system}\n"                                                      \
	"spec: {path: " path ", sourceRef: {kind: " kind ", name: " name "}}\n"
#define CHILD_OF(kind, name) CHILD_AT("./x", kind, name)
#define OTHER(kind, spec)                                                                                    \
	"---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: " kind                                          \
	"\nmetadata: {name: other, namespace: flux-system}\nspec: {" spec "}\n"

static void
what_is_unknown_of_a_child_makes_the_closure_incomplete(void **state)
{
	(void)state;
	assert_child(KUSTOMIZATION("x", "./x", ""), true, true);
	assert_child(KUSTOMIZATION("x", "./${CLUSTER}", ""), false, false);
	assert_child(CHILD_OF("GitRepository", "other"), false, false);
	assert_child(CHILD_OF("ExternalArtifact", "other"), false, false);
	assert_child(CHILD_OF("OCIRepository", "other"), false, false);
}

static void
another_source_is_outside_unless_it_may_be_this_repository(void **state)
{
	(void)state;
	assert_child(CHILD_AT("./deploy", "GitRepository", "other")
			     OTHER("GitRepository", "url: 'https://gitlab.example.com/other/apps'"),
		true, false);
	assert_child(CHILD_OF("GitRepository", "other")
			     OTHER("GitRepository", "url: 'https://gitlab.example.com/other/apps'"),
		false, false);
	assert_child(CHILD_OF("GitRepository", "other")
			     OTHER("GitRepository", "url: 'ssh://git@gitlab.example.com/platform/clusters'"),
		true, true);
	assert_child(CHILD_OF("GitRepository", "other") OTHER("GitRepository",
			     "url: 'https://gitlab.example.com/platform/clusters', ref: {branch: next}"),
		false, false);
	assert_child(CHILD_OF("GitRepository", "other")
			     OTHER("GitRepository", "url: 'https://mirror.example.com/x/clusters'"),
		false, false);
	assert_child(CHILD_AT("./deploy", "OCIRepository", "other")
			     OTHER("OCIRepository", "url: 'oci://r.example.com/apps'"),
		true, false);
	assert_child(CHILD_OF("OCIRepository", "other")
			     OTHER("OCIRepository", "url: 'oci://r.example.com/clusters'"),
		false, false);
}

static void
a_patch_on_a_child_path_leaves_it_open(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "c/flux-system/gotk-sync.yaml", SYNC("./c") },
		{ "c/k/kustomization.yaml",
			"resources: [x.yaml]\npatches:\n- target: {kind: Kustomization}\n  patch: |\n    - "
			"{op: replace, path: /spec/path, value: ./y}\n" },
		{ "c/k/x.yaml", KUSTOMIZATION("x", "./x", "") },
		{ "x/a.yaml", CONFIG_MAP },
		END,
	};
	const struct flux *flux = flux_of(&arena, entries);
	assert_false(flux->roots.items[0].is_complete);
	assert_false(reaches(flux, "x/a.yaml"));
}

static void
a_patch_on_the_root_itself_leaves_all_open(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "c/flux-system/gotk-sync.yaml", SYNC("./c") },
		{ "c/flux-system/kustomization.yaml",
			"resources: [gotk-sync.yaml]\npatches:\n- target: {kind: GitRepository}\n  patch: "
			"|\n    - {op: add, path: /spec/ignore, value: x}\n" },
		{ "c/values.yaml", "a: b\n" },
		END,
	};
	const struct flux *flux = flux_of(&arena, entries);
	assert_false(flux->roots.items[0].is_certain);
	assert_false(flux->roots_are_known);
	assert_false(reaches(flux, "c/values.yaml"));
}

static void
the_same_path_twice_is_two_clusters(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "clusters/a/flux-system/gotk-sync.yaml", SYNC("./clusters/a") },
		{ "clusters/b/flux-system/gotk-sync.yaml", SYNC("./clusters/b") },
		{ "clusters/b/x.yaml", CONFIG_MAP },
		END,
	};
	const struct flux *flux = flux_of(&arena, entries);
	assert_int_equal(flux->roots.len, 2);
	assert_true(flux->roots_are_known);
	assert_true(flux_reaches(flux, files_get(flux->files, STR("clusters/b/x.yaml")))
		== flux->roots.items[1].closure.items[0]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_root_is_what_gotk_sync_says_where_it_says_it),
		cmocka_unit_test(a_moved_gotk_sync_says_nothing),
		cmocka_unit_test(a_moved_gotk_sync_that_its_path_still_applies_says_where_flux_starts),
		cmocka_unit_test(an_empty_gotk_sync_hides_a_root),
		cmocka_unit_test(at_the_root_the_agents_config_is_refused),
		cmocka_unit_test(a_blank_agent_config_is_fine),
		cmocka_unit_test(a_kustomization_file_at_the_root_governs),
		cmocka_unit_test(a_directory_with_its_own_kustomization_file_is_opaque),
		cmocka_unit_test(one_ignore_line_brings_the_ci_file_back),
		cmocka_unit_test(an_ignore_that_restates_the_defaults_is_fine),
		cmocka_unit_test(children_of_the_same_source_are_followed),
		cmocka_unit_test(kustomizations_that_apply_each_other_end),
		cmocka_unit_test(what_is_unknown_of_a_child_makes_the_closure_incomplete),
		cmocka_unit_test(another_source_is_outside_unless_it_may_be_this_repository),
		cmocka_unit_test(a_patch_on_a_child_path_leaves_it_open),
		cmocka_unit_test(a_patch_on_the_root_itself_leaves_all_open),
		cmocka_unit_test(the_same_path_twice_is_two_clusters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
