#include <setjmp.h>
#include <stdarg.h>

#include "versions.h"

#include <cmocka.h>

static void
versions_order_by_number_and_prerelease(void **state)
{
	(void)state;
	const char *const ascending[] = { "1.9.2", "1.10.0", "2.0.0-rc1", "2.0.0", "2.0.1" };
	for (size_t i = 1; i < countof(ascending); i++) {
		struct version a, b;
		assert_true(version_parse(str_from(ascending[i - 1]), &a));
		assert_true(version_parse(str_from(ascending[i]), &b));
		assert_true(version_compare(a, b) < 0);
		assert_true(version_compare(b, a) > 0);
	}
}

static void
an_edition_is_no_prerelease(void **state)
{
	(void)state;
	struct version version;
	assert_true(version_parse(STR("v17.6.1-ee"), &version));
	assert_false(version.is_prerelease);
	assert_int_equal(version.major, 17);
	assert_false(version_parse(STR("17"), &version));
	assert_false(version_parse(STR("17.6.x"), &version));
	assert_false(version_parse(STR("9999999.1"), &version));
}

static void
a_chart_brings_its_agent(void **state)
{
	(void)state;
	assert_true(str_eq(chart_agent_version(STR("2.9.1")), STR("v17.6.1")));
	assert_int_equal(chart_agent_version(STR("2.9.2")).len, 0);
	assert_true(chart_agent_version(chart_newest()).len > 0);
}

static void
a_gitlab_has_the_newest_chart_of_its_minor(void **state)
{
	(void)state;
	assert_true(str_eq(chart_for_gitlab(STR("15.7")), STR("1.9.2")));
	assert_true(str_eq(chart_for_gitlab(STR("v17.6.3-ee")), STR("2.9.1")));
	assert_int_equal(chart_for_gitlab(STR("17.5")).len, 0);
}

static void
features_come_with_a_chart(void **state)
{
	(void)state;
	assert_false(chart_has(STR("2.7.9"), CHART_RECEPTIVE));
	assert_true(chart_has(STR("2.8.0"), CHART_RECEPTIVE));
	assert_true(chart_has(STR(""), CHART_RECEPTIVE));
	assert_false(chart_has(STR("1.26.0"), CHART_KAS_CA_CERT));
	assert_true(chart_at_least(STR("2.10.0"), 2, 9, 1));
	assert_false(chart_at_least(STR("latest"), 0, 0, 0));
}

static void
distance_counts_minors_across_majors(void **state)
{
	(void)state;
	int minors = -1;
	assert_true(version_distance(STR("v17.0.0"), STR("16.11"), &minors));
	assert_int_equal(minors, 1);
	assert_true(version_distance(STR("v17.6.1"), STR("17.9"), &minors));
	assert_int_equal(minors, 3);
	assert_false(version_distance(STR("v14.9.0"), STR("15.0"), &minors));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(versions_order_by_number_and_prerelease),
		cmocka_unit_test(an_edition_is_no_prerelease),
		cmocka_unit_test(a_chart_brings_its_agent),
		cmocka_unit_test(a_gitlab_has_the_newest_chart_of_its_minor),
		cmocka_unit_test(features_come_with_a_chart),
		cmocka_unit_test(distance_counts_minors_across_majors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
