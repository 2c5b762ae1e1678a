#include <setjmp.h>
#include <stdarg.h>

#include "json.h"
#include "strvals.h"

#include <cmocka.h>

/* What `helm template` makes of the words; "!" where it refuses them. */
struct example {
	enum strvals_kind kind;
	const char *word, *expected;
};

static void
assert_laid(const char *base, const struct example *example)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct buf out = { .arena = &arena };
	struct error error;
	struct strvals_word word = { .text = str_from(example->word), .kind = example->kind };
	const struct ynode *values = json_parse(&arena, str_from(base), &error);
	assert_non_null(values);
	const struct ynode *laid = strvals_lay(&arena, values, &word);
	if (laid) {
		json_write(&out, laid, 0);
	} else {
		buf_add(&out, STR("!"));
	}
	print_message("%s\n", example->word);
	assert_string_equal(out.data, example->expected);
}

/* Read on their own. */
static const struct example words[] = {
	{ STRVALS_TYPED, "a=true", "{\"a\":true}" },
	{ STRVALS_TYPED, "a=TRUE", "{\"a\":true}" },
	{ STRVALS_TYPED, "a=null", "{\"a\":null}" },
	{ STRVALS_TYPED, "a=1.10", "{\"a\":\"1.10\"}" },
	{ STRVALS_TYPED, "a=0", "{\"a\":0}" },
	{ STRVALS_TYPED, "a=-5", "{\"a\":-5}" },
	{ STRVALS_TYPED, "a=007", "{\"a\":\"007\"}" },
	{ STRVALS_TYPED, "a=1e3", "{\"a\":\"1e3\"}" },
	{ STRVALS_TYPED, "a=99999999999999999999", "{\"a\":\"99999999999999999999\"}" },
	{ STRVALS_TEXT, "a=true", "{\"a\":\"true\"}" },
	{ STRVALS_TEXT, "a=10", "{\"a\":\"10\"}" },
	{ STRVALS_TYPED, "a=b,c=d", "{\"a\":\"b\",\"c\":\"d\"}" },
	{ STRVALS_TYPED, "a=b\\,c", "{\"a\":\"b,c\"}" },
	{ STRVALS_TYPED, "a={b,c}", "{\"a\":[\"b\",\"c\"]}" },
	{ STRVALS_TYPED, "a=\\{b\\,c\\}", "{\"a\":\"{b,c}\"}" },
	{ STRVALS_TYPED, "a={}", "{\"a\":[\"\"]}" },
	{ STRVALS_TYPED, "a=[]", "{\"a\":\"[]\"}" },
	{ STRVALS_TYPED, "a\\.b=c", "{\"a.b\":\"c\"}" },
	{ STRVALS_TYPED, "a.b.c=d", "{\"a\":{\"b\":{\"c\":\"d\"}}}" },
	{ STRVALS_TYPED, "a[0].name=X,a[0].value=y", "{\"a\":[{\"name\":\"X\",\"value\":\"y\"}]}" },
	{ STRVALS_TYPED, "a[1]=x", "{\"a\":[null,\"x\"]}" },
	{ STRVALS_TYPED, "a[0][1]=x", "{\"a\":[[null,\"x\"]]}" },
	{ STRVALS_TYPED, "a\\[0\\]=x", "{\"a[0]\":\"x\"}" },
	{ STRVALS_TYPED, "a= b ", "{\"a\":\" b \"}" },
	{ STRVALS_TYPED, "a=", "{\"a\":\"\"}" },
	{ STRVALS_TYPED, "a", "!" },
	{ STRVALS_TYPED, "a=b,", "{\"a\":\"b\"}" },
	{ STRVALS_TYPED, "a=b=c", "{\"a\":\"b=c\"}" },
	{ STRVALS_TYPED, "a..b=c", "!" },
	{ STRVALS_TYPED, "a[x]=c", "!" },
	{ STRVALS_TYPED, "a[-1]=c", "!" },
	{ STRVALS_TYPED, "a[65537]=c", "!" },
	{ STRVALS_TYPED, "a={x}y", "!" },
	{ STRVALS_TYPED, "a={x},b=2", "{\"a\":[\"x\"],\"b\":2}" },
	{ STRVALS_TYPED, "a={x", "!" },
	{ STRVALS_TYPED, "a={a\\,b,c\\}d}", "{\"a\":[\"a,b\",\"c}d\"]}" },
	{ STRVALS_TYPED, "a={1,true,null}", "{\"a\":[1,true,null]}" },
	{ STRVALS_TEXT, "a={1,2}", "{\"a\":[\"1\",\"2\"]}" },
	{ STRVALS_TEXT, "a[0]=1,b=2", "{\"a\":[\"1\"],\"b\":\"2\"}" },
	{ STRVALS_TEXT, "a=x\\", "{\"a\":\"x\"}" },
	{ STRVALS_TYPED, "nodeSelector.kubernetes\\.io/os=linux",
		"{\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"}}" },
	{ STRVALS_LITERAL, "a=b,c{d}\\e", "{\"a\":\"b,c{d}\\\\e\"}" },
	{ STRVALS_LITERAL, "a.b=c=d", "{\"a\":{\"b\":\"c=d\"}}" },
	{ STRVALS_TYPED, "a[0].b=,c=1", "{\"a\":[{\"b\":\"\"}],\"c\":1}" },
	{ STRVALS_TYPED, "a[0].b=", "!" },
	{ STRVALS_UNKNOWN, "a=ca.pem", "{\"a\":\"${}\"}" },
};

static void
words_say_what_helm_reads_in_them(void **state)
{
	(void)state;
	for (size_t i = 0; i < countof(words); i++) {
		assert_laid("{}", &words[i]);
	}
}

static void
pairs_are_laid_over_what_is_there(void **state)
{
	(void)state;
	static const struct example examples[] = {
		{ STRVALS_TYPED, "list[1]=9", "{\"list\":[1,9,3],\"map\":{\"a\":1},\"s\":\"x\"}" },
		{ STRVALS_TYPED, "map.b=2", "{\"list\":[1,2,3],\"map\":{\"a\":1,\"b\":2},\"s\":\"x\"}" },
		{ STRVALS_TYPED, "map=5", "{\"list\":[1,2,3],\"map\":5,\"s\":\"x\"}" },
		{ STRVALS_TYPED, "list[0].a=1", "{\"list\":[{\"a\":1},2,3],\"map\":{\"a\":1},\"s\":\"x\"}" },
		{ STRVALS_TYPED, "s.a=1", "!" },
		{ STRVALS_TYPED, "list.a=1", "!" },
	};
	for (size_t i = 0; i < countof(examples); i++) {
		assert_laid("{\"list\":[1,2,3],\"map\":{\"a\":1},\"s\":\"x\"}", &examples[i]);
	}
}

/* "config.token=" of "config.token=$TOKEN". */
static void
the_last_value_of_a_word_that_is_cut_is_unknown(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct strvals_word word = { .text = STR("a=1,config.token="), .is_cut = true };
	struct buf out = { .arena = &arena };
	const struct ynode *laid = strvals_lay(&arena, ynode_collection(&arena, YNODE_MAPPING), &word);
	assert_non_null(laid);
	json_write(&out, laid, 0);
	assert_string_equal(out.data, "{\"a\":1,\"config\":{\"token\":\"${}\"}}");
	word.text = STR("a=1,conf");
	assert_null(strvals_lay(&arena, laid, &word));
}

static void
a_list_that_may_be_there_already_is_unknown(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct strvals_word word = { .text = STR("a[1].b=1,c.d=2"), .is_open = true };
	struct buf out = { .arena = &arena };
	const struct ynode *laid = strvals_lay(&arena, ynode_collection(&arena, YNODE_MAPPING), &word);
	assert_non_null(laid);
	json_write(&out, laid, 0);
	assert_string_equal(out.data, "{\"a\":\"${}\",\"c\":{\"d\":2}}");
}

static void
pairs_end_when_no_copies_are_left(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct ynode *none = ynode_collection(&arena, YNODE_MAPPING);
	size_t left = 20;
	struct strvals_word word = { .text = STR("a=1,b=2,c=3"), .copies_left = &left };
	assert_non_null(strvals_lay(&arena, none, &word));
	assert_null(strvals_lay(&arena, none, &word));
	assert_null(strvals_lay(&arena, none, &word));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_say_what_helm_reads_in_them),
		cmocka_unit_test(pairs_are_laid_over_what_is_there),
		cmocka_unit_test(a_list_that_may_be_there_already_is_unknown),
		cmocka_unit_test(the_last_value_of_a_word_that_is_cut_is_unknown),
		cmocka_unit_test(pairs_end_when_no_copies_are_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
