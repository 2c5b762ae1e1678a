#include <setjmp.h>
#include <stdarg.h>

#include "flux/envsubst.h"

#include <cmocka.h>

/* name is "value", empty is "", secret is set to what is not known. */
static void
evaluate(struct arena *arena, const char *text, struct envsubst *result)
{
	static struct envsubst_value name = { STR_INIT("value"), true }, empty = { STR_INIT(""), true },
				     secret = { STR_INIT(""), false };
	struct envsubst_scope scope = { 0 };
	(void)map_put(arena, &scope.values, STR("name"), &name);
	(void)map_put(arena, &scope.values, STR("empty"), &empty);
	(void)map_put(arena, &scope.values, STR("secret"), &secret);
	envsubst_evaluate(arena, str_from(text), &scope, result);
}

static void
assert_result(const char *text, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct envsubst result;
	evaluate(&arena, text, &result);
	assert_int_equal(result.fault, ENVSUBST_FINE);
	assert_false(result.is_open);
	assert_int_equal(result.is_known, expected != NULL);
	if (expected) {
		assert_int_equal(result.text.len, strlen(expected));
		assert_memory_equal(result.text.ptr, expected, result.text.len);
	}
}

static void
assert_fault(const char *text, const char *words, size_t at)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct envsubst result;
	evaluate(&arena, text, &result);
	assert_string_equal(envsubst_fault_text(result.fault), words);
	assert_int_equal(result.fault_at, at);
	assert_false(result.is_open);
	assert_false(result.is_known);
}

static void
assert_open(const char *text)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct envsubst result;
	evaluate(&arena, text, &result);
	assert_true(result.is_open);
}

static void
only_a_dollar_with_a_brace_opens_a_variable(void **state)
{
	(void)state;
	assert_result("$name $(name) {name} 5$ $", "$name $(name) {name} 5$ $");
	assert_result("a-${name}-${unset}", "a-value-");
	assert_result("$${name} $$name $$$${name}", "${name} $name $${name}");
	assert_result("$$${name}", "$value");
	assert_result("", "");
}

static void
a_default_is_taken_where_nothing_is_set(void **state)
{
	(void)state;
	assert_result("${unset:-a}${empty:=b}${unset=c}${name:?d}", "abcvalue");
	assert_result("${unset:-a-${name}-$$-${unset:=}}", "a-value-$$-");
	assert_result("${secret:-a}", NULL);
	assert_result("${name:-${secret}}", "value");
}

static void
operators_are_read_but_not_evaluated(void **state)
{
	(void)state;
	const char *const texts[] = { "${name^^}", "${name,}", "${#name}", "${name:1}", "${name:1:2}",
		"${name#v}", "${name%%e*}", "${name/a/b}", "${name/#a/}" };
	for (size_t i = 0; i < countof(texts); i++) {
		assert_result(texts[i], NULL);
	}
}

static void
what_a_shell_takes_is_refused(void **state)
{
	(void)state;
	assert_fault("a ${list[@]} ", "missing closing brace", 2);
	assert_fault("${name-default}", "missing closing brace", 0);
	assert_fault("${ name }", "unable to parse variable name", 0);
	assert_fault("${{ name }}", "unable to parse variable name", 0);
	assert_fault("${}", "unable to parse variable name", 0);
	assert_fault("${!name}", "unable to parse variable name", 0);
	assert_fault("${#}", "bad substitution", 0);
	assert_fault("${name:-a ${ } b}", "unable to parse variable name", 10);
	assert_fault("${name:\xc3\xa9}", "bad substitution", 0);
	assert_fault("${name#}", "unable to parse substitution within function", 0);
}

static void
what_follows_may_decide(void **state)
{
	(void)state;
	assert_open("${");
	assert_open("${name");
	assert_open("${name:-a");
	assert_open("${name:-${other}");
	assert_open("${n\xc3\xa9}");
	assert_fault("${name\n", "missing closing brace", 0);
}

static void
uses_come_in_the_order_of_evaluation(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct envsubst result;
	evaluate(&arena, "${a} ${b:=${c}}", &result);
	assert_int_equal(result.uses.len, 3);
	assert_true(str_eq(result.uses.items[0].name, STR("a")) && !result.uses.items[0].has_default);
	assert_true(str_eq(result.uses.items[1].name, STR("c")) && !result.uses.items[1].has_default);
	assert_true(str_eq(result.uses.items[2].name, STR("b")) && result.uses.items[2].has_default);
	assert_int_equal(result.uses.items[1].at, 10);
	assert_int_equal(result.uses.items[2].at, 5);
}

static void
nesting_has_a_limit(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	static const struct str opening = STR_INIT("${a:-");
	const size_t depth = 1000;
	char *text = arena_alloc(&arena, depth * (opening.len + 1) + 1);
	for (size_t i = 0; i < depth; i++) {
		memcpy(text + i * opening.len, opening.ptr, opening.len);
		text[depth * opening.len + i] = '}';
	}
	assert_open(text);
}

static void
names_are_letters_digits_and_underscores(void **state)
{
	(void)state;
	assert_true(envsubst_is_name(STR("cluster_1")));
	assert_true(envsubst_is_name(STR("_")));
	assert_false(envsubst_is_name(STR("1st")));
	assert_false(envsubst_is_name(STR("cluster-name")));
	assert_false(envsubst_is_name(STR("a.yaml")));
	assert_false(envsubst_is_name(STR("")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_a_dollar_with_a_brace_opens_a_variable),
		cmocka_unit_test(a_default_is_taken_where_nothing_is_set),
		cmocka_unit_test(operators_are_read_but_not_evaluated),
		cmocka_unit_test(what_a_shell_takes_is_refused),
		cmocka_unit_test(what_follows_may_decide),
		cmocka_unit_test(uses_come_in_the_order_of_evaluation),
		cmocka_unit_test(nesting_has_a_limit),
		cmocka_unit_test(names_are_letters_digits_and_underscores),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
