#include <setjmp.h>
#include <stdarg.h>

#include "glob.h"

#include <cmocka.h>

static bool
match(const char *pattern, const char *name)
{
	return glob_match(str_from(pattern), str_from(name));
}

static void
a_star_takes_anything_but_a_slash(void **state)
{
	(void)state;
	assert_true(match("*.yaml", "a.yaml"));
	assert_true(match("*.yaml", ".yaml"));
	assert_true(match("a*b*c", "axxbyybzc"));
	assert_false(match("*.yaml", "a.yml"));
	assert_false(match("*", "a/b"));
}

static void
a_class_takes_one_of_its_code_points(void **state)
{
	(void)state;
	assert_true(match("[a-c]x", "bx"));
	assert_true(match("[^a-c]x", "dx"));
	assert_true(match("[\\]]", "]"));
	assert_true(match("v[uo]l?ano", "vulkano"));
	assert_false(match("[a-c]x", "dx"));
	assert_false(match("[^a-c]x", "ax"));
}

static void
a_malformed_pattern_matches_nothing(void **state)
{
	(void)state;
	assert_false(match("[a", "a"));
	assert_false(match("[]a]", "a"));
	assert_false(match("a\\", "a"));
	assert_false(match("[", ""));
}

static void
a_backslash_makes_the_next_one_plain(void **state)
{
	(void)state;
	assert_true(match("\\*", "*"));
	assert_false(match("\\*", "a"));
	assert_true(match("\\#a", "#a"));
}

static void
empty_matches_only_empty(void **state)
{
	(void)state;
	assert_true(match("", ""));
	assert_true(match("*", ""));
	assert_false(match("", "a"));
	assert_false(match("?", ""));
}

static void
many_stars_take_no_exponential_time(void **state)
{
	(void)state;
	assert_false(
		match("*a*a*a*a*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_star_takes_anything_but_a_slash),
		cmocka_unit_test(a_class_takes_one_of_its_code_points),
		cmocka_unit_test(a_malformed_pattern_matches_nothing),
		cmocka_unit_test(a_backslash_makes_the_next_one_plain),
		cmocka_unit_test(empty_matches_only_empty),
		cmocka_unit_test(many_stars_take_no_exponential_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
