#include <setjmp.h>
#include <stdarg.h>

#include "redact.h"

#include <cmocka.h>

/* Made up, in the shape of the real ones. */
#define TOKEN "7hQmZkP2vXw9_TrYb4NcLs6Jd-8FgEa1UoKi3MxWq5RtBv0HyS"

static void
assert_redacts(const char *text, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct str safe = redact(&arena, str_from(text));
	assert_int_equal(safe.len, strlen(text));
	assert_memory_equal(safe.ptr, expected, safe.len);
}

static void
tokens_lose_what_follows_their_prefix(void **state)
{
	(void)state;
	assert_redacts("token: glagent-" TOKEN "\n",
		"token: glagent-**************************************************\n");
	assert_redacts(
		"ours-glagent-" TOKEN, "ours-glagent-**************************************************");
	assert_redacts("\"glpat-abcdefghij0123456789\"", "\"glpat-********************\"");
	assert_redacts("glptt-0a1b2c3d4e5f60718293", "glptt-********************");
	assert_redacts("glpat-for/glpat-abcdefghij0123456789", "glpat-for/glpat-********************");
}

static void
random_words_are_hidden_whole(void **state)
{
	(void)state;
	assert_redacts("a " TOKEN " b", "a ************************************************** b");
}

static void
what_the_rules_on_secrets_find_is_hidden(void **state)
{
	(void)state;
	assert_redacts("glpat-X2lLNp53rp_4W8xxMUumK74Low-.01.0h1k2m3n4;",
		"glpat-****************************************;");
	assert_redacts("https://robot:hunter2!@git.acme.io/", "https://robot:********@git.acme.io/");
	assert_redacts("https://robot:${TOKEN}@git.acme.io/", "https://robot:${TOKEN}@git.acme.io/");
	assert_redacts("AGE-SECRET-KEY-1R4TAUQG4C7GF8US3YCCZ24FQ8FQYCCV5JLVKWUAXX40CGVC2XSJFZJ3KTJ",
		"AGE-SECRET-KEY-1**********************************************************");
	assert_redacts("-----BEGIN PRIVATE KEY-----\n"
		       "jzXyBKi3LESPf7zaHusBtZXt24P6AUtVicstcCXo\nzjBB8cXT3xHZBxTLRM6AEph6\n"
		       "-----END PRIVATE KEY-----\n",
		"-----BEGIN PRIVATE KEY-----\n"
		"****************************************\n************************\n"
		"******** ******* ********\n");
}

static void
a_known_place_is_hidden_whatever_stands_there(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct str safe = redact_span(&arena, STR("password: hunter2"), (struct redact_span){ 10, 99 });
	assert_true(str_eq(safe, STR("password: *******")));
	safe = redact_span(&arena, STR("a b"), (struct redact_span){ 3, 9 });
	assert_true(str_eq(safe, STR("a b")));
}

static void
names_and_digests_stay(void **state)
{
	(void)state;
	const char *const texts[] = {
		"sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
		"clusters/production/infrastructure/controllers/ingress-nginx-2/release",
		"helm.toolkit.fluxcd.io/v2 HelmRelease gitlab-agent-production-eu-central-1", "glagent-lint",
		"thisIsAVeryLongCamelCaseNameForAnObjectOfKubernetes1",
		"apps/glagent-production/manifests/helmrelease", "glagent-production-eu-central-1-standby",
		".gitlab/agents/glagent-0123456789/config", ""
	};
	for (size_t i = 0; i < countof(texts); i++) {
		assert_redacts(texts[i], texts[i]);
	}
}

static void
repetition_is_not_random(void **state)
{
	(void)state;
	assert_true(word_is_random(STR(TOKEN)));
	assert_false(word_is_random(STR("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")));
	assert_false(word_is_random(STR("REPLACE_WITH_YOUR_AGENT_ACCESS_TOKEN_FROM_GITLAB_1")));
	assert_false(word_is_random(STR("aB3")));
}

static void
tokens_are_found_where_names_that_begin_alike_are_not(void **state)
{
	(void)state;
	struct str token = STR("");
	assert_true(token_find(STR("a glpat-x glagent-AAAAbbbbCCCCddddEEEE."), &token));
	assert_true(str_eq(token, STR("glagent-AAAAbbbbCCCCddddEEEE")));
	assert_true(token_find(STR("https://glpat-abcdefghij0123456789@h"), &token));
	assert_true(str_eq(token, STR("glpat-abcdefghij0123456789")));
	assert_false(token_find(STR("glagent-production-europe-west glft-AAAAbbbbCCCCddddEEE"), &token));
	assert_false(token_find(STR(""), &token));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tokens_lose_what_follows_their_prefix),
		cmocka_unit_test(random_words_are_hidden_whole),
		cmocka_unit_test(what_the_rules_on_secrets_find_is_hidden),
		cmocka_unit_test(a_known_place_is_hidden_whatever_stands_there),
		cmocka_unit_test(names_and_digests_stay),
		cmocka_unit_test(repetition_is_not_random),
		cmocka_unit_test(tokens_are_found_where_names_that_begin_alike_are_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
