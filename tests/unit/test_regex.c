#include <setjmp.h>
#include <stdarg.h>

#include "regex.h"

#include <cmocka.h>

static enum regex_result
match(const char *pattern, struct str text)
{
	struct error error;
	size_t start, end;
	struct regex *regex = regex_new(str_from(pattern), &error);
	if (!regex) {
		fail_msg("%s", error.text);
	}
	enum regex_result result = regex_find(regex, text, 0, &start, &end);
	regex_release(regex);
	return result;
}

static void
a_pattern_matches_anywhere_unless_anchored(void **state)
{
	(void)state;
	assert_int_equal(match("b+", STR("abbc")), REGEX_MATCH);
	assert_int_equal(match("^b+", STR("abbc")), REGEX_NO_MATCH);
	assert_int_equal(match("", STR("")), REGEX_MATCH);
}

static void
dollar_is_the_very_end(void **state)
{
	(void)state;
	assert_int_equal(match("^[a-z]+$", STR("name")), REGEX_MATCH);
	assert_int_equal(match("^[a-z]+$", STR("name\n")), REGEX_NO_MATCH);
}

static void
a_dot_stops_at_both_kinds_of_line_end(void **state)
{
	(void)state;
	assert_int_equal(match("^a.b$", STR("a\nb")), REGEX_NO_MATCH);
	assert_int_equal(match("^a.b$", STR("a\rb")), REGEX_NO_MATCH);
	assert_int_equal(match("^a.b$",
				 STR("a\xC3\xA9"
				     "b")),
		REGEX_MATCH);
}

static void
empty_classes_and_unicode_escapes_are_those_of_ecma(void **state)
{
	(void)state;
	assert_int_equal(match("[]", STR("]")), REGEX_NO_MATCH);
	assert_int_equal(match("^[^]$", STR("\n")), REGEX_MATCH);
	assert_int_equal(match("^\\u00e9$", STR("\xC3\xA9")), REGEX_MATCH);
	assert_int_equal(match("^(a)?b\\1$", STR("b")), REGEX_MATCH);
}

static void
digits_are_ascii(void **state)
{
	(void)state;
	assert_int_equal(match("^\\d$", STR("\xD9\xA3")), REGEX_NO_MATCH); /* ARABIC-INDIC DIGIT THREE */
}

static void
matches_are_found_one_after_the_other(void **state)
{
	(void)state;
	struct error error;
	size_t start, end;
	struct str text = STR("x12 y345");
	struct regex *regex = regex_new(STR("[0-9]+"), &error);
	assert_int_equal(regex_find(regex, text, 0, &start, &end), REGEX_MATCH);
	assert_int_equal(start, 1);
	assert_int_equal(end, 3);
	assert_int_equal(regex_find(regex, text, end, &start, &end), REGEX_MATCH);
	assert_int_equal(start, 5);
	assert_int_equal(end, 8);
	assert_int_equal(regex_find(regex, text, end, &start, &end), REGEX_NO_MATCH);
	assert_int_equal(regex_find(regex, text, text.len + 1, &start, &end), REGEX_NO_MATCH);
	regex_release(regex);
}

static void
a_catastrophic_pattern_gives_up(void **state)
{
	(void)state;
	assert_int_equal(match("^(a+)+$", STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")),
		REGEX_GAVE_UP);
}

static void
a_bad_pattern_says_where(void **state)
{
	(void)state;
	struct error error;
	assert_null(regex_new(STR("ab(c"), &error));
	assert_string_equal(error.text, "pattern \"ab(c\": missing closing parenthesis at offset 4");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pattern_matches_anywhere_unless_anchored),
		cmocka_unit_test(dollar_is_the_very_end),
		cmocka_unit_test(a_dot_stops_at_both_kinds_of_line_end),
		cmocka_unit_test(empty_classes_and_unicode_escapes_are_those_of_ecma),
		cmocka_unit_test(digits_are_ascii),
		cmocka_unit_test(matches_are_found_one_after_the_other),
		cmocka_unit_test(a_catastrophic_pattern_gives_up),
		cmocka_unit_test(a_bad_pattern_says_where),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
