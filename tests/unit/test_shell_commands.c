#include <setjmp.h>
#include <stdarg.h>

#include "buf.h"
#include "shell/commands.h"

#include <cmocka.h>

/* Commands as text: words in [ ], "?" behind the known beginning of an unknown one, "~" behind a default, "+"
 * where there may be several. */
static struct str
print(struct arena *arena, const struct shell_commands *commands)
{
	struct buf out = { .arena = arena };
	for (size_t i = 0; i < commands->len; i++) {
		for (size_t j = 0; j < commands->items[i].len; j++) {
			const struct shell_word *word = &commands->items[i].words[j];
			buf_addf(&out, "[%.*s%s%s%s]", STR_ARG(word->text), word->is_known ? "" : "?",
				word->is_default ? "~" : "", word->is_spread ? "+" : "");
		}
		buf_add_char(&out, '\n');
	}
	return out.len ? buf_str(&out) : STR("");
}

static void
assert_read_as(const char *text, enum shell_dialect dialect, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct shell_variables variables = { 0 };
	struct shell_commands commands = { 0 };
	shell_set(&arena, &variables, STR("GIVEN"), STR("clusters/a"), true);
	shell_read(&arena, str_from(text), dialect, &variables, &commands);
	assert_string_equal(print(&arena, &commands).ptr, expected);
}

static void
assert_commands(const char *text, const char *expected)
{
	assert_read_as(text, SHELL_PLAIN, expected);
}

static void
operators_and_line_ends_end_commands(void **state)
{
	(void)state;
	assert_commands("a b; c && d || e | f & g\nh\r\ni", "[a][b]\n[c]\n[d]\n[e]\n[f]\n[g]\n[h]\n[i]\n");
	assert_commands("a \\\n  b \\\r\n c\n", "[a][b][c]\n");
	assert_commands("(a; b) && { c; }\n", "[a]\n[b]\n[c]\n");
}

static void
comments_begin_words_only(void **state)
{
	(void)state;
	assert_commands("# a b\na#b c # d\n'#' e\n", "[a#b][c]\n[#][e]\n");
}

static void
quotes_are_taken_off(void **state)
{
	(void)state;
	assert_commands("a'b c'\"d e\"\\ f \"\\$x\\\"\\n\" 'it'\\''s'\n", "[ab cd e f][$x\"\\n][it's]\n");
}

static void
redirections_and_here_documents_are_no_words(void **state)
{
	(void)state;
	assert_commands("a >x 2>&1 b <in &>log\n", "[a][b]\n");
	assert_commands("cat <<EOF | c\nflux bootstrap\nEOF\nd\n", "[cat]\n[c]\n[d]\n");
	assert_commands("cat <<-'END'\n\ta\n\tEND\nd\n", "[cat]\n[d]\n");
	assert_commands("cat <<< word x\n", "[cat][x]\n");
}

static void
compound_commands_are_looked_into(void **state)
{
	(void)state;
	assert_commands("if a; then b; else c; fi\nwhile d; do e; done\n", "[a]\n[b]\n[c]\n[d]\n[e]\n");
	assert_commands("case $x in a|b) c;; *) d;; esac\nf\n", "[case][?+][in][a]\n[c]\n[d]\n[f]\n");
	assert_commands("f() { a; }\nfunction g { b; }\n", "[a]\n[function][g][{][b]\n");
	assert_commands("((x = 1)); a\n", "[a]\n");
}

static void
assigned_literals_are_known_from_there_on(void **state)
{
	(void)state;
	assert_commands("echo $X\nX=a\necho $X ${X}/b \"$X\"\n", "[echo][?+]\n[X=a]\n[echo][a][a/b][a]\n");
	assert_commands(
		"export X=a Y='b c'\necho $X $Y \"$Y\"\n", "[export][X=a][Y=b c]\n[echo][a][?+][b c]\n");
	assert_commands("X=a\nY=$X/b\necho $Y\n", "[X=a]\n[Y=a/b]\n[echo][a/b]\n");
	assert_commands("X=a Y=b cmd\necho $X\n", "[X=a][Y=b][cmd]\n[echo][?+]\n");
	assert_commands("echo $GIVEN\nGIVEN=b\necho $GIVEN\n", "[echo][clusters/a~]\n[GIVEN=b]\n[echo][b]\n");
}

static void
defaults_say_that_they_are(void **state)
{
	(void)state;
	assert_commands("echo ${X:-a} \"${X:-b}\"\n", "[echo][a~][b~]\n");
	assert_commands(": \"${X:=a}\"\necho $X\n", "[:][a~]\n[echo][a~]\n");
	assert_commands("X=${X:-a}\necho $X\n", "[X=a~]\n[echo][a~]\n");
	assert_commands("X=a\necho ${X:-b}\n", "[X=a]\n[echo][a]\n");
	assert_commands("echo ${X:-$(a)} ${1:-b} ${X#a}\n", "[echo][?+][?+][?+]\n");
}

static void
what_may_be_set_otherwise_is_unknown_everywhere(void **state)
{
	(void)state;
	assert_commands("X=a\necho $X\nif t; then X=b; fi\n", "[X=a]\n[echo][?+]\n[t]\n[X=b]\n");
	assert_commands("X=a\nt || X=b\necho $X\n", "[X=a]\n[t]\n[X=b]\n[echo][?+]\n");
	assert_commands("for X in a b; do echo $X; done\n", "[for][X][in][a][b]\n[echo][?+]\n");
	assert_commands("X=a\nread -r X\necho $X\n", "[X=a]\n[read][-r][X]\n[echo][?+]\n");
	assert_commands("X=a\n. ./env\necho $X\n", "[X=a]\n[.][./env]\n[echo][?+]\n");
	assert_commands("f() { X=b; }\nX=a\nf\necho $X\n", "[X=b]\n[X=a]\n[f]\n[echo][?+]\n");
	assert_commands("X=a | b\necho $X\n", "[X=a]\n[b]\n[echo][?+]\n");
	assert_commands("X=(a b)\necho ${X[@]}\n", "[X=(a b)]\n[echo][?+]\n");
	assert_commands("X=a\nX+=b\necho $X\n", "[X=a]\n[X+=b]\n[echo][?+]\n");
}

static void
an_unknown_part_leaves_what_is_before_it(void **state)
{
	(void)state;
	assert_commands("f --path=\"clusters/$C\" --path=x/$(date)/y `z` \"$@\"\n",
		"[f][--path=clusters/?][--path=x/?+][?+][?+]\n");
	assert_commands("f a/{{ x | default('y z') }} ${{ env.A }}b '{{x}}' {a,b} *.sh\n",
		"[f][a/?+][?+][?][?+][?+]\n");
	assert_commands("f a$ \"b$\" c$1d\n", "[f][a$][b$][c?+]\n");
}

static void
a_recipe_has_makes_variables(void **state)
{
	(void)state;
	assert_read_as("f $(GIVEN) ${GIVEN}/b $(X) $$HOME $@ $(shell a b) '$(GIVEN)'\n", SHELL_RECIPE,
		"[f][clusters/a~][clusters/a/b~][?+][?+][?+][?+][?]\n");
	assert_read_as("f $$(a \"b c\") d\n", SHELL_RECIPE, "[f][?+][d]\n");
}

static void
places_are_those_of_the_text(void **state)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct shell_variables variables = { 0 };
	struct shell_commands commands = { 0 };
	(void)state;
	shell_read(&arena, STR("a; flux --path \"b\" # c\n"), SHELL_PLAIN, &variables, &commands);
	assert_int_equal(commands.len, 2);
	assert_int_equal(commands.items[1].span.start, 3);
	assert_int_equal(commands.items[1].span.end, 18);
	assert_int_equal(commands.items[1].words[2].span.start, 15);
	assert_int_equal(commands.items[1].words[2].span.end, 18);
}

static void
what_is_not_closed_or_too_deep_ends_quietly(void **state)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct buf deep = { .arena = &arena };
	(void)state;
	assert_commands("a 'b\nc", "[a][b\nc]\n");
	assert_commands("a $(b", "[a][?+]\n");
	assert_commands("cat <<EOF\na", "[cat]\n");
	buf_add_repeat(&deep, '(', SHELL_DEPTH_MAX + 2);
	buf_add(&deep, STR(" a"));
	assert_commands(buf_str(&deep).ptr, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(operators_and_line_ends_end_commands),
		cmocka_unit_test(comments_begin_words_only),
		cmocka_unit_test(quotes_are_taken_off),
		cmocka_unit_test(redirections_and_here_documents_are_no_words),
		cmocka_unit_test(compound_commands_are_looked_into),
		cmocka_unit_test(assigned_literals_are_known_from_there_on),
		cmocka_unit_test(defaults_say_that_they_are),
		cmocka_unit_test(what_may_be_set_otherwise_is_unknown_everywhere),
		cmocka_unit_test(an_unknown_part_leaves_what_is_before_it),
		cmocka_unit_test(a_recipe_has_makes_variables),
		cmocka_unit_test(places_are_those_of_the_text),
		cmocka_unit_test(what_is_not_closed_or_too_deep_ends_quietly),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
