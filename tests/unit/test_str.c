#include <setjmp.h>
#include <stdarg.h>

#include "map.h"
#include "str.h"
#include "vec.h"

#include <cmocka.h>

static void
cut_walks_the_pieces_and_ends(void **state)
{
	(void)state;
	struct str rest = STR("a//b");
	assert_true(str_eq(str_cut(&rest, '/'), STR("a")));
	assert_true(str_eq(str_cut(&rest, '/'), STR("")));
	assert_true(str_eq(str_cut(&rest, '/'), STR("b")));
	assert_null(rest.ptr);
}

static void
distance_counts_a_swap_as_one(void **state)
{
	(void)state;
	assert_int_equal(str_distance(STR("mainfest"), STR("manifest"), 2), 1);
	assert_int_equal(str_distance(STR("agent"), STR("agent"), 2), 0);
	assert_int_equal(str_distance(STR("agent"), STR("flux"), 2), 3);
}

static void
find_gives_the_length_when_there_is_none(void **state)
{
	(void)state;
	assert_int_equal(str_find(STR("abcabd"), STR("abd")), 3);
	assert_int_equal(str_find(STR("abc"), STR("abcd")), 3);
	assert_int_equal(str_find(STR("aab"), STR("x")), 3);
}

static void
map_keeps_insertion_order_and_newest_value(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct map map = { 0 };
	int values[100];
	for (size_t i = 0; i < countof(values); i++) {
		values[i] = (int)i;
		assert_null(map_put(&arena, &map, arena_printf(&arena, "key%zu", 99 - i), &values[i]));
	}
	assert_ptr_equal(map_put(&arena, &map, STR("key99"), &values[7]), &values[0]);
	assert_ptr_equal(map_get(&map, STR("key99")), &values[7]);
	assert_null(map_get(&map, STR("key100")));
	assert_true(str_eq(map.first->key, STR("key99")));
	assert_true(str_eq(map.last->key, STR("key0")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cut_walks_the_pieces_and_ends),
		cmocka_unit_test(distance_counts_a_swap_as_one),
		cmocka_unit_test(find_gives_the_length_when_there_is_none),
		cmocka_unit_test(map_keeps_insertion_order_and_newest_value),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
