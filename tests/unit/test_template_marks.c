#include <setjmp.h>
#include <stdarg.h>

#include "template_marks.h"

#include <cmocka.h>

static bool
is_template(const char *text)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct source source = { STR("a.yaml"), str_from(text) };
	const struct ydoc *docs;
	struct ysyntax_error error;
	bool parsed = ytree_parse(&arena, &arena, &source, 1, 0, &docs, &error);
	return text_is_template(source.text, docs, parsed);
}

static void
statements_of_engines_make_a_template(void **state)
{
	(void)state;
	assert_true(is_template("{{- if .Values.x }}\na: 1\n{{- end }}\n"));
	assert_true(is_template("{% if x %}\na: 1\n{% endif %}\n"));
	assert_true(is_template("%{ if x ~}\na: 1\n%{ endif ~}\n"));
	assert_true(is_template("<% if x %>\na: 1\n<% end %>\n"));
	assert_true(is_template("a: b\nc: {{ x }}: d\n"));
}

static void
braces_without_quotes_make_a_template(void **state)
{
	(void)state;
	assert_true(is_template("name: {{ .Values.name }}\n"));
	assert_true(is_template("list:\n  - {{ name }}\n"));
}

static void
marks_in_comments_make_a_template_when_they_begin_them(void **state)
{
	(void)state;
	assert_true(is_template("#{{ if x }}\na: 1\n#{{ else }}\na: 2\n#{{ end }}\n"));
	assert_true(is_template("#@ load(\"@ytt:data\", \"data\")\na: #@ data.values.a\n"));
	assert_false(is_template("a: 1 # Helm would write {{ .Values.a }} here\n"));
}

static void
braces_inside_values_are_plain_yaml(void **state)
{
	(void)state;
	assert_false(is_template("a: \"{{ .Values.x }}\"\n"));
	assert_false(is_template("a: x-{{ .Values.x }}\n"));
	assert_false(is_template("a: |\n  {{ if x }}\n  # {{ end }}\n"));
	assert_false(is_template("a: {b: {c: d}}\n"));
	assert_false(is_template("<<: &x {a: b}\n"));
	assert_false(is_template(""));
}

static void
broken_text_with_marks_in_values_only_is_no_template(void **state)
{
	(void)state;
	assert_false(is_template("a: \"{{ x }}\"\n\tb: 1\n"));
	assert_false(is_template("# see {{ y }}\na: [\n"));
	assert_false(is_template("run: |\n  echo {{ x }}\n\n  echo {% y %}\na: [\n"));
	assert_false(is_template("a: &x {}\nb:\n  <<: *x\n  c: [ >>\n"));
	assert_false(is_template("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> other\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statements_of_engines_make_a_template),
		cmocka_unit_test(braces_without_quotes_make_a_template),
		cmocka_unit_test(marks_in_comments_make_a_template_when_they_begin_them),
		cmocka_unit_test(braces_inside_values_are_plain_yaml),
		cmocka_unit_test(broken_text_with_marks_in_values_only_is_no_template),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
