/* docs/pitfalls.md: each row is numbered, and names rules that exist or one reason why there is none. */
#include <setjmp.h>
#include <stdarg.h>

#include "engine.h"
#include "fs.h"

#include <cmocka.h>

enum { COLUMNS = 4, PITFALLS = 135 };

static bool
is_reason(struct str cell)
{
	static const struct str reasons[] = { STR_INIT("runtime"), STR_INIT("outside Git"),
		STR_INIT("unsure"), STR_INIT("duplicate") };
	for (size_t i = 0; i < countof(reasons); i++) {
		if (str_eq(cell, reasons[i])) {
			return true;
		}
	}
	return false;
}

static struct str
trim(struct str text)
{
	while (str_starts(text, STR(" "))) {
		text = str_skip(text, 1);
	}
	while (str_ends(text, STR(" "))) {
		text.len--;
	}
	return text;
}

/* "| 1 | … | FX001 |" in cells; false when the line is no such row. */
static bool
read_row(struct str line, struct str ret_cells[COLUMNS])
{
	if (!str_starts(line, STR("| ")) || !str_ends(line, STR(" |"))) {
		return false;
	}
	struct str rest = str_first(str_skip(line, 1), line.len - 2);
	size_t count = 0;
	while (rest.ptr && count < COLUMNS) {
		ret_cells[count++] = trim(str_cut(&rest, '|'));
	}
	return count == COLUMNS && !rest.ptr && ret_cells[0].ptr[0] >= '0' && ret_cells[0].ptr[0] <= '9';
}

static void
assert_said(struct str number, struct str cell)
{
	if (is_reason(cell)) {
		return;
	}
	assert_true(cell.len > 0);
	while (cell.ptr) {
		struct str code = str_cut(&cell, ' ');
		if (!rule_find(code)) {
			fail_msg("row %.*s: no rule %.*s", STR_ARG(number), STR_ARG(code));
		}
	}
}

static void
each_pitfall_has_a_rule_or_a_reason(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct source source;
	struct error error;
	struct str cells[COLUMNS];
	size_t rows = 0;
	assert_true(fs_read_named(&arena, DOCS "/pitfalls.md", &source, &error));
	for (struct str rest = source.text; rest.ptr;) {
		if (read_row(str_cut(&rest, '\n'), cells)) {
			rows++;
			assert_true(str_eq(cells[0], arena_printf(&arena, "%zu", rows)));
			assert_said(cells[0], cells[3]);
		}
	}
	assert_int_equal(rows, PITFALLS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_pitfall_has_a_rule_or_a_reason),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
