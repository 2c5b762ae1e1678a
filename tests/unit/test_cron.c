/* The verdicts are those of robfig/cron v3.0.1, ParseStandard; tests/conformance/agentcfg asks it again. */
#include <setjmp.h>
#include <stdarg.h>

#include "cron.h"

#include <cmocka.h>

static void
check(const char *const *specs, bool valid)
{
	for (; *specs; specs++) {
		if (cron_is_valid(str_from(*specs)) != valid) {
			fail_msg("\"%s\" is %s", *specs, valid ? "refused" : "taken");
		}
	}
}

#define SPECS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void
values_outside_their_field_are_refused(void **state)
{
	(void)state;
	check(SPECS("60 0 * * *", "0 24 1 * *", "0 0 * 32 *", "0 0 * * 13", "0 0 * 0 *", "0 0 0 * *",
		      "0 0 * * 7", "0 0 32 * *", "99999999999999999999 * * * *"),
		false);
	check(SPECS("59 23 31 12 6", "0 0 1 1 0", "05 * * * *", "+5 * * * *", "0 0 31 2 *"), true);
}

static void
a_schedule_has_five_fields(void **state)
{
	(void)state;
	check(SPECS("", " ", "* * * *", "* * * * * *", "tz=UTC 0 0 * * *"), false);
	check(SPECS("  0 0 * * *  ", "0\t0\t*\t*\t*"), true);
}

static void
stars_and_question_marks_mean_the_whole_field(void **state)
{
	(void)state;
	check(SPECS("0 0 * ? *", "0 0 ? * ?", "? * * * *", "?/5 * * * *", "*-5 * * * *", "?-5 * * * *"),
		true);
}

static void
ranges_go_up_and_have_one_hyphen(void **state)
{
	(void)state;
	check(SPECS("1-5 * * * *", "5-5 * * * *", "1,2,3 * * * *", "1, * * * *", "1,,2 * * * *", ", * * * *"),
		true);
	check(SPECS("5-1 * * * *", "1-2-3 * * * *", "-1 * * * *", "1- * * * *"), false);
}

static void
steps_are_positive_and_come_last(void **state)
{
	(void)state;
	check(SPECS("*/5 * * * *", "1-5/2 * * * *", "5/15 * * * *", "*/100 * * * *"), true);
	check(SPECS("*/0 * * * *", "1-5/0 * * * *", "/5 * * * *", "1/2/3 * * * *", "*/5-10 * * * *",
		      "1-/5 * * * *", "*/ * * * *"),
		false);
}

static void
months_and_days_have_names_of_three_letters(void **state)
{
	(void)state;
	check(SPECS("0 0 * jan mon", "0 0 * JAN-MAR sun", "0 0 * * MON-FRI"), true);
	check(SPECS("0 0 * * sunday", "0 0 mon * *", "0 0 L * *", "0 0 * * 1#2"), false);
}

static void
descriptors_are_exact_words(void **state)
{
	(void)state;
	check(SPECS("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"), true);
	check(SPECS("@Daily", "@hourly x", "@foo", "@reboot", "@"), false);
}

static void
every_takes_a_go_duration(void **state)
{
	(void)state;
	check(SPECS("@every 1h", "@every 1h30m", "@every 1.5h", "@every -1h", "@every 0", "@every .5s",
		      "@every 1.h", "@every 10µs"),
		true);
	check(SPECS("@every 1", "@every 1d", "@every  1h", "@every 1x", "@every .h", "@every 1..5h", "@every",
		      "@every ", "@every h"),
		false);
}

static void
a_time_zone_may_stand_before_the_fields(void **state)
{
	(void)state;
	check(SPECS("TZ=UTC 0 0 * * *", "CRON_TZ=Europe/Berlin * * * * *", "TZ= 0 0 * * *", "TZ=UTC @daily"),
		true);
	check(SPECS("TZ=UTC", "TZ=UTC ", "CRON_TZ=", "TZ=UTC * *"), false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_outside_their_field_are_refused),
		cmocka_unit_test(a_schedule_has_five_fields),
		cmocka_unit_test(stars_and_question_marks_mean_the_whole_field),
		cmocka_unit_test(ranges_go_up_and_have_one_hyphen),
		cmocka_unit_test(steps_are_positive_and_come_last),
		cmocka_unit_test(months_and_days_have_names_of_three_letters),
		cmocka_unit_test(descriptors_are_exact_words),
		cmocka_unit_test(every_takes_a_go_duration),
		cmocka_unit_test(a_time_zone_may_stand_before_the_fields),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
