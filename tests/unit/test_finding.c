#include <setjmp.h>
#include <stdarg.h>

#include "finding.h"
#include "utf8.h"

#include <cmocka.h>

struct fixture {
	struct arena arena;
	struct sources sources;
	struct findings findings;
};

static void
setup(struct fixture *f)
{
	static const struct source a = { STR_INIT("a.yaml"), STR_INIT("x: é y\nz\n") };
	static const struct source b = { STR_INIT("b.yaml"), STR_INIT("x\n") };
	*f = (struct fixture){ 0 };
	f->findings.arena = &f->arena;
	assert_int_equal(sources_add(&f->arena, &f->sources, &b), 1);
	assert_int_equal(sources_add(&f->arena, &f->sources, &a), 2);
}

static struct finding *
add(struct fixture *f, uint32_t source, uint32_t start, struct str code)
{
	struct finding *finding =
		findings_add(&f->findings, SEVERITY_ERROR, source, (struct span){ start, start + 1 });
	finding->code = code;
	finding->message = STR("m");
	return finding;
}

static void
findings_are_sorted_by_path_place_and_code(void **state)
{
	(void)state;
	struct fixture f;
	setup(&f);
	const struct finding *last = add(&f, 1, 0, STR("A1"));
	const struct finding *third = add(&f, 2, 5, STR("A1"));
	const struct finding *second = add(&f, 2, 2, STR("B1"));
	const struct finding *first = add(&f, 2, 2, STR("A1"));
	findings_finish(&f.findings, &f.sources);
	const struct finding *order[] = { first, second, third, last };
	assert_int_equal(f.findings.len, countof(order));
	for (size_t i = 0; i < countof(order); i++) {
		assert_ptr_equal(f.findings.items[i], order[i]);
	}
	arena_release(&f.arena);
}

static void
repetitions_are_dropped(void **state)
{
	(void)state;
	struct fixture f;
	setup(&f);
	add(&f, 1, 0, STR("A1"));
	add(&f, 1, 0, STR("A1"));
	findings_finish(&f.findings, &f.sources);
	assert_int_equal(f.findings.len, 1);
	arena_release(&f.arena);
}

static void
a_fingerprint_survives_moved_lines_and_tells_equals_apart(void **state)
{
	(void)state;
	struct fixture f, moved;
	setup(&f);
	setup(&moved);
	add(&f, 2, 1, STR("A1"));
	add(&f, 2, 4, STR("A1"));
	add(&moved, 2, 3, STR("A1"));
	findings_finish(&f.findings, &f.sources);
	findings_finish(&moved.findings, &moved.sources);
	const uint64_t *first = f.findings.items[0]->fingerprint;
	assert_memory_equal(first, moved.findings.items[0]->fingerprint, sizeof(uint64_t[2]));
	assert_memory_not_equal(first, f.findings.items[1]->fingerprint, sizeof(uint64_t[2]));
	arena_release(&f.arena);
	arena_release(&moved.arena);
}

static void
positions_count_code_points_from_one(void **state)
{
	(void)state;
	const struct source source = { STR("a"), STR("x: é y\r\nz") };
	struct position at = source_position(&source, 6); /* the y: é is two bytes */
	assert_int_equal(at.line, 1);
	assert_int_equal(at.column, 6);
	at = source_position(&source, 9);
	assert_int_equal(at.line, 2);
	assert_int_equal(at.column, 1);
	at = source_position(&source, 1000);
	assert_int_equal(at.line, 2);
	assert_int_equal(at.column, 2);
	assert_true(str_eq(source_line(&source, 3), STR("x: é y")));
	assert_true(str_eq(source_line(&source, 9), STR("z")));
}

static void
ill_formed_utf8_is_found_where_it_begins(void **state)
{
	(void)state;
	static const struct {
		struct str text;
		size_t valid;
	} cases[] = {
		{ STR_INIT("plain ascii text"), 16 },
		{ STR_INIT("\xe2\x82\xac"), 3 },
		{ STR_INIT("abcdefgh\xc0\xaf"), 8 },
		{ STR_INIT("a\xed\xa0\x80"), 1 },
		{ STR_INIT("\xf4\x90\x80\x80"), 0 },
		{ STR_INIT("ab\xe2\x82"), 2 },
		{ STR_INIT("\xf0\x9f\x98\x80!"), 5 },
	};
	for (size_t i = 0; i < countof(cases); i++) {
		assert_int_equal(utf8_valid_prefix(cases[i].text), cases[i].valid);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(findings_are_sorted_by_path_place_and_code),
		cmocka_unit_test(repetitions_are_dropped),
		cmocka_unit_test(a_fingerprint_survives_moved_lines_and_tells_equals_apart),
		cmocka_unit_test(positions_count_code_points_from_one),
		cmocka_unit_test(ill_formed_utf8_is_found_where_it_begins),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
