#include <setjmp.h>
#include <stdarg.h>

#include "join.h"

#include <cmocka.h>

static void
assert_joined(const char *old, const char *wanted, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct joined joined;
	const char *why = "";
	if (!join_texts(&arena, str_from(old), str_from(wanted), &joined, &why)) {
		fail_msg("%s", why);
	}
	assert_string_equal(joined.text.ptr, expected);
	assert_int_equal(joined.conflict.len, 0);
}

static void
what_says_it_already_stays(void **state)
{
	(void)state;
	const char *bases = "bases:\n- ./b\n";
	assert_joined(bases, "resources:\n  - b\n", bases);
	assert_joined(bases, "resources:\n  - c\n  - b\n", "bases:\n- ./b\nresources:\n  - c\n");
	assert_joined("bases: [b]\nresources: [a]\n", "resources:\n  - b\n", "bases: [b]\nresources: [a]\n");
	const char *old =
		"# ours\nci_access: # who\n  projects: [{id: a/b, default_namespace: x}]\nflux: {}\n";
	assert_joined(old, "ci_access:\n  projects:\n    - id: A/b\n", old);
}

static void
what_is_missing_is_added_beside_what_is_there(void **state)
{
	(void)state;
	assert_joined("# ours\nci_access:\n  projects:\n  - id: a/b   # keep\n  # more to come\n\nflux: {}\n",
		"ci_access:\n  projects:\n    - id: c/d\n      access_as:\n        ci_job: {}\n    - id: "
		"a/b\n"
		"      environments:\n        - prod\nuser_access:\n  access_as:\n    agent: {}\n",
		"# ours\nci_access:\n  projects:\n  - id: a/b   # keep\n    environments:\n      - prod\n"
		"  - id: c/d\n    access_as:\n      ci_job: {}\n  # more to come\n\nflux: {}\n"
		"user_access:\n  access_as:\n    agent: {}\n");
	assert_joined(
		"resources:\n- a.yaml\n", "resources:\n  - b\n  - a.yaml\n", "resources:\n- a.yaml\n- b\n");
	assert_joined("resources: [a.yaml]", "resources:\n  - b\n", "resources: [a.yaml, b]");
	assert_joined("resources: [ ] # none\na: b\n", "resources:\n  - b\n  - c\n",
		"resources: [b, c] # none\na: b\n");
	assert_joined("resources: [a]", "resources:\n  - \"b,c\"\n", "resources: [a, \"b,c\"]");
	assert_joined("namespace: a", "resources:\n  - b\n", "namespace: a\nresources:\n  - b");
	assert_joined("a: 1\r\n", "b: 2\n", "a: 1\r\nb: 2\r\n");
}

static void
what_is_written_otherwise_is_a_conflict(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct joined joined;
	const char *why = "";
	const char *old = "# ours\nobservability:\n  logging: {level: debug} # why\n";
	assert_true(join_texts(&arena, str_from(old),
		STR("observability:\n  logging:\n    level: info\nflux: {}\n"), &joined, &why));
	assert_string_equal(joined.conflict.ptr, "observability.logging.level");
	assert_string_equal(
		joined.forced.ptr, "# ours\nobservability:\n  logging: {level: info} # why\nflux: {}\n");
	/* Two members of access_as would have the whole file refused. */
	assert_true(join_texts(&arena, STR("user_access:\n  access_as: {user: {}}\n"),
		STR("user_access:\n  access_as:\n    agent: {}\n"), &joined, &why));
	assert_string_equal(joined.conflict.ptr, "user_access.access_as");
	assert_string_equal(joined.text.ptr, "user_access:\n  access_as: {user: {}}\n");
}

static void
what_force_cannot_write_either_is_named(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct joined joined;
	const char *why = "";
	assert_true(join_texts(&arena, STR("a: one\nci_access:\n"), STR("a: two\nci_access:\n  groups: []\n"),
		&joined, &why));
	assert_string_equal(joined.conflict.ptr, "a");
	assert_string_equal(joined.forced.ptr, "a: two\nci_access:\n");
	assert_string_equal(joined.stuck.ptr, "ci_access");
}

static void
what_cannot_be_added_to_is_refused(void **state)
{
	(void)state;
	static const char *const texts[] = { "", "- a\n", "a: [\n", "a: 1\n---\nb: 2\n", "{a: 1}\n",
		"ci_access: {}\n", "ci_access:\n  projects: []\n",
		"apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n",
		"x: &x\n  projects:\n  - id: a/b\nci_access:\n  <<: *x\n" };
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct joined joined;
	for (size_t i = 0; i < countof(texts); i++) {
		const char *why = NULL;
		bool ok = join_texts(&arena, str_from(texts[i]),
			STR("ci_access:\n  projects:\n    - id: c/d\n"), &joined, &why);
		assert_false(ok);
		assert_non_null(why);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_says_it_already_stays),
		cmocka_unit_test(what_is_missing_is_added_beside_what_is_there),
		cmocka_unit_test(what_is_written_otherwise_is_a_conflict),
		cmocka_unit_test(what_force_cannot_write_either_is_named),
		cmocka_unit_test(what_cannot_be_added_to_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
