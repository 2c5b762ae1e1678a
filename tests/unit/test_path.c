#include <setjmp.h>
#include <stdarg.h>

#include "path.h"

#include <cmocka.h>

static void
assert_joins(const char *base, const char *path, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct str joined;
	bool ok = path_join(&arena, str_from(base), str_from(path), &joined);
	if (!expected) {
		assert_false(ok);
		return;
	}
	assert_true(ok);
	assert_string_equal(joined.ptr, expected);
	assert_int_equal(joined.len, strlen(expected));
}

static void
join_drops_what_means_nothing(void **state)
{
	(void)state;
	assert_joins("", "", "");
	assert_joins("", ".", "");
	assert_joins("", "./", "");
	assert_joins("a//b/", "./c/.", "a/b/c");
	assert_joins("a/b", "", "a/b");
}

static void
join_goes_up_but_not_out(void **state)
{
	(void)state;
	assert_joins("a/b", "../c", "a/c");
	assert_joins("a/b", "../..", "");
	assert_joins("a/b", "../../..", NULL);
	assert_joins("", "..", NULL);
	assert_joins("a", "../../a/b", NULL);
	assert_joins("a", "..x/...", "a/..x/...");
}

static void
absolute_path_counts_from_the_root(void **state)
{
	(void)state;
	assert_joins("a/b", "/c", "c");
	assert_joins("a/b", "/", "");
	assert_joins("a/b", "/..", NULL);
}

static void
pieces_of_a_path(void **state)
{
	(void)state;
	assert_true(str_eq(path_parent(STR("a/b/c")), STR("a/b")));
	assert_true(str_eq(path_parent(STR("a")), STR("")));
	assert_true(str_eq(path_base(STR("a/b")), STR("b")));
	assert_true(str_eq(path_base(STR("b")), STR("b")));
	assert_true(str_eq(path_extension(STR("a.d/b.tar.gz")), STR(".gz")));
	assert_true(str_eq(path_extension(STR("a.d/b")), STR("")));
	assert_true(str_eq(path_extension(STR(".gitignore")), STR(".gitignore")));
}

static void
below_respects_component_borders(void **state)
{
	(void)state;
	assert_true(path_is_below(STR("a/b"), STR("a")));
	assert_true(path_is_below(STR("a"), STR("a")));
	assert_true(path_is_below(STR("a"), STR("")));
	assert_false(path_is_below(STR("ab"), STR("a")));
	assert_false(path_is_below(STR("a"), STR("a/b")));
}

static void
order_keeps_a_directory_together(void **state)
{
	(void)state;
	assert_true(path_cmp(STR("a/z"), STR("a-b")) < 0);
	assert_true(path_cmp(STR("a-b"), STR("a/z")) > 0);
	assert_true(path_cmp(STR("a"), STR("a/b")) < 0);
	assert_true(path_cmp(STR("a\xC3\xA9"), STR("az")) > 0);
	assert_int_equal(path_cmp(STR("a/b"), STR("a/b")), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(join_drops_what_means_nothing),
		cmocka_unit_test(join_goes_up_but_not_out),
		cmocka_unit_test(absolute_path_counts_from_the_root),
		cmocka_unit_test(pieces_of_a_path),
		cmocka_unit_test(below_respects_component_borders),
		cmocka_unit_test(order_keeps_a_directory_together),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
