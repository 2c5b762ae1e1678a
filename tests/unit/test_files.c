#include <setjmp.h>
#include <stdarg.h>

#include "resource.h"
#include "vec.h"

#include <cmocka.h>

/* A listing of `paths`; one that ends with '@' is a link. */
static struct files
list(struct arena *arena, size_t count, const char *const *paths, struct sources *sources)
{
	struct fs_entries entries = { 0 };
	struct files files;
	for (size_t i = 0; i < count; i++) {
		struct str path = str_from(paths[i]);
		bool link = str_ends(path, STR("@"));
		struct fs_entry entry = { .path = str_first(path, path.len - link),
			.kind = link ? FS_SYMLINK : FS_REGULAR };
		vec_push(arena, &entries, entry);
	}
	files_list(arena, &entries, &files, sources);
	return files;
}

static void
directories_know_their_files(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct sources sources;
	const char *const paths[] = { "a/b/x.yaml", "a/b/y.yaml", "a/z.yaml", "a-b/x.yaml", "top" };
	struct files files = list(&arena, countof(paths), paths, &sources);

	const struct directory *a = files_directory(&files, STR("a"));
	assert_int_equal(a->first, 0);
	assert_int_equal(a->last, 3);
	assert_int_equal(files_directory(&files, STR("a/b"))->last, 2);
	assert_int_equal(files_directory(&files, STR(""))->last, 5);
	assert_null(files_directory(&files, STR("top")));
	assert_null(files_directory(&files, STR("a/b/x.yaml")));
}

static void
sources_have_the_number_of_their_slot(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct sources sources;
	const char *const paths[] = { "a", "b.yml" };
	struct files files = list(&arena, countof(paths), paths, &sources);

	assert_int_equal(files.items[1].id, 2);
	assert_true(str_eq(sources_get(&sources, 2)->path, STR("b.yml")));
	assert_ptr_equal(files_get(&files, STR("b.yml")), &files.items[1]);
	assert_true(files.items[1].is_yaml);
	assert_false(files.items[0].is_yaml);
}

static void
first_of_takes_regular_files_directly_inside(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct sources sources;
	const char *const paths[] = { "Kustomization", "a/b/kustomization.yaml", "a/kustomization.yaml@",
		"a/kustomization.yml" };
	const struct str names[] = { STR_INIT("kustomization.yaml"), STR_INIT("kustomization.yml"),
		STR_INIT("Kustomization"), { NULL, 0 } };
	struct files files = list(&arena, countof(paths), paths, &sources);

	assert_ptr_equal(files_first_of(&files, STR("a"), names), &files.items[3]);
	assert_ptr_equal(files_first_of(&files, STR(""), names), &files.items[0]);
	assert_ptr_equal(files_first_of(&files, STR("a/b"), names), &files.items[1]);
	assert_null(files_first_of(&files, STR("c"), names));
}

static void
chart_holds_all_below_it_but_not_a_repository(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct sources sources;
	const char *const paths[] = { "charts/x/Chart.yaml", "charts/x/templates/a.yaml", "Chart.yaml" };
	struct files files = list(&arena, countof(paths), paths, &sources);

	assert_true(files_in_chart(&files, STR("charts/x/templates/a.yaml")));
	assert_true(files_in_chart(&files, STR("charts/x/Chart.yaml")));
	assert_false(files_in_chart(&files, STR("charts/values.yaml")));
}

/* Gives file `index` the tree of `text`. */
static void
fill(struct arena *arena, struct files *files, size_t index, const char *text)
{
	struct file *file = &files->items[index];
	struct ysyntax_error error;
	file->source.text = str_from(text);
	assert_true(ytree_parse(arena, arena, &file->source, file->id, 0, &file->docs, &error));
}

static void
resources_are_documents_and_items_of_lists(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct sources sources;
	struct resources resources;
	const char *const paths[] = { "a.yaml", "b.yaml" };
	struct files files = list(&arena, countof(paths), paths, &sources);
	fill(&arena, &files, 0,
		"apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Secret, metadata: {name: s}}\n"
		"- not one\n---\n# nothing\n---\nkind: NoVersion\n---\n[a]\n");
	fill(&arena, &files, 1,
		"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: r, namespace: "
		"n}\n");
	resources_collect(&arena, &files, &resources);

	assert_int_equal(resources.len, 2);
	assert_true(str_eq(resources.items[0].object_key, STR("/Secret//s")));
	assert_true(str_eq(resources.items[0].version, STR("v1")));
	const struct resource *release = &resources.items[1];
	assert_true(str_eq(release->object_key, STR("helm.toolkit.fluxcd.io/HelmRelease/n/r")));
	assert_true(str_eq(release->version, STR("v2")));
	assert_true(resource_is(release, STR("helm.toolkit.fluxcd.io"), STR("HelmRelease")));
	assert_false(resource_is(release, STR(""), STR("HelmRelease")));
	assert_ptr_equal(release->file, &files.items[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(directories_know_their_files),
		cmocka_unit_test(sources_have_the_number_of_their_slot),
		cmocka_unit_test(first_of_takes_regular_files_directly_inside),
		cmocka_unit_test(chart_holds_all_below_it_but_not_a_repository),
		cmocka_unit_test(resources_are_documents_and_items_of_lists),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
