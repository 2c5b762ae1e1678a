#include <setjmp.h>
#include <stdarg.h>

#include "chart.h"
#include "yaml.h"

#include <cmocka.h>

static void
assert_fullname(const char *release, const char *values, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct ynode *tree = values ? yaml_parse(&arena, str_from(values), 0)->root : NULL;
	struct str name = chart_fullname(&arena, str_from(release), tree);
	assert_string_equal(arena_str(&arena, name).ptr, expected);
}

static void
assert_account(const char *values, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct ynode *tree = values ? yaml_parse(&arena, str_from(values), 0)->root : NULL;
	struct str name = chart_service_account(&arena, STR("production"), tree);
	assert_string_equal(arena_str(&arena, name).ptr, expected);
}

static void
fullname_is_the_release_when_that_names_the_chart(void **state)
{
	(void)state;
	assert_fullname("gitlab-agent", NULL, "gitlab-agent");
	assert_fullname("second-gitlab-agent", NULL, "second-gitlab-agent");
	assert_fullname("my-agent", NULL, "my-agent-gitlab-agent");
	assert_fullname("test", "nameOverride: agent\n", "test-agent");
	assert_fullname("test-agent-1", "nameOverride: agent\n", "test-agent-1");
}

static void
fullname_override_wins_and_empty_is_not_set(void **state)
{
	(void)state;
	assert_fullname("x", "fullnameOverride: agentk\nnameOverride: y\n", "agentk");
	assert_fullname("x", "fullnameOverride: \"\"\nnameOverride: ~\n", "x-gitlab-agent");
}

static void
fullname_is_cut_to_a_label_without_a_dash_at_its_end(void **state)
{
	(void)state;
	assert_fullname("a23456789012345678901234567890123456789012345678901-x", NULL,
		"a23456789012345678901234567890123456789012345678901-x-gitlab-ag");
	assert_fullname("a234567890123456789012345678901234567890123456789012", "nameOverride: 123456789-x\n",
		"a234567890123456789012345678901234567890123456789012-123456789");
}

static void
service_account_is_the_fullname_unless_named(void **state)
{
	(void)state;
	assert_account(NULL, "production-gitlab-agent");
	assert_account("serviceAccount: {create: true, name: agentk}\n", "agentk");
	assert_account("serviceAccount: {create: false, name: mine}\n", "mine");
	assert_account("serviceAccount: {create: false}\n", "default");
	assert_account("serviceAccount: {name: \"\"}\nfullnameOverride: x\n", "x");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fullname_is_the_release_when_that_names_the_chart),
		cmocka_unit_test(fullname_override_wins_and_empty_is_not_set),
		cmocka_unit_test(fullname_is_cut_to_a_label_without_a_dash_at_its_end),
		cmocka_unit_test(service_account_is_the_fullname_unless_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
