#include <setjmp.h>
#include <stdarg.h>

#include "buf.h"
#include "terraform.h"
#include "tree.h"

#include <cmocka.h>

#define END                                                                                                  \
	{                                                                                                    \
		NULL, NULL                                                                                   \
	}

/* "name path", with "?" for an unknown one, "~" for a default, and what stands at its place. */
static struct str
print(struct arena *arena, const struct terraform *terraform)
{
	struct buf out = { .arena = arena };
	for (size_t i = 0; i < terraform->bootstraps.len; i++) {
		const struct terraform_bootstrap *b = &terraform->bootstraps.items[i];
		struct span span = b->path.span;
		buf_addf(&out, "%.*s \"%.*s\"%s%s %.*s\n", STR_ARG(b->name), STR_ARG(b->directory),
			b->directory_state == ARGUMENT_UNKNOWN ? "?" : "", b->is_default ? "~" : "",
			(int)(span.end - span.start), b->file->source.text.ptr + span.start);
	}
	return out.len ? buf_str(&out) : STR("");
}

static void
assert_found(const struct tree_entry *entries, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree *tree = tree_new(&arena, entries);
	struct terraform terraform;
	terraform_collect(&arena, &tree->files, &terraform);
	assert_string_equal(print(&arena, &terraform).ptr, expected);
}

static void
assert_file(const char *text, const char *expected)
{
	const struct tree_entry entries[] = { { "a/main.tf", text }, END };
	assert_found(entries, expected);
}

static void
literal_paths_are_known(void **state)
{
	(void)state;
	assert_file("resource \"flux_bootstrap_git\" \"this\" {\n  path = \"clusters/a\" # x\n}\n",
		"this \"clusters/a\" \"clusters/a\"\n");
	assert_file("resource flux_bootstrap_git x { path = \"./a/\" }\n", "x \"a\" \"./a/\"\n");
	assert_file("resource \"flux_bootstrap_git\" \"this\" {\n}\n", "this \"\" \n");
	assert_file("# resource \"flux_bootstrap_git\" \"this\" {}\n", "");
}

static void
variables_and_locals_of_the_directory_are_followed(void **state)
{
	const struct tree_entry entries[] = {
		{ "a/main.tf",
			"resource \"flux_bootstrap_git\" \"a\" {\n  path = \"${local.base}/${var.name}\"\n}\n"
			"resource \"flux_bootstrap_git\" \"b\" {\n  path = var.none\n}\n"
			"resource \"flux_bootstrap_git\" \"c\" {\n  path = local.base\n}\n" },
		{ "a/variables.tf",
			"variable \"name\" {\n  type = string\n  default = \"prod\"\n}\n"
			"variable \"none\" {}\nlocals {\n  base = \"clusters\"\n}\n" },
		{ "b/variables.tf", "variable \"none\" {\n  default = \"x\"\n}\n" },
		END,
	};
	(void)state;
	assert_found(entries,
		"a \"clusters/prod\"~ \"${local.base}/${var.name}\"\nb \"\"? var.none\nc \"clusters\" "
		"local.base\n");
}

static void
other_expressions_are_unknown(void **state)
{
	(void)state;
	assert_file("resource \"flux_bootstrap_git\" \"a\" {\n  path = join(\"/\", [\"a\", \"b\"])\n}\n",
		"a \"\"? join(\"/\", [\"a\", \"b\"])\n");
	assert_file("resource \"flux_bootstrap_git\" \"a\" {\n  path = \"a/${each.key}\"\n}\n",
		"a \"\"? \"a/${each.key}\"\n");
	assert_file("locals {\n  a = local.b\n  b = local.a\n}\n"
		    "resource \"flux_bootstrap_git\" \"a\" {\n  path = local.a\n}\n",
		"a \"\"? local.a\n");
	assert_file("resource \"flux_bootstrap_git\" \"a\" {\n  path = \"$${x}\\\"\"\n}\n",
		"a \"${x}\"\" \"$${x}\\\"\"\n");
}

static void
the_rest_of_hcl_is_passed_over(void **state)
{
	(void)state;
	assert_file("/* { */ terraform {\n  required_providers { flux = { source = \"fluxcd/flux\" } }\n}\n"
		    "resource \"x\" \"y\" {\n  text = <<-EOF\n    resource \"flux_bootstrap_git\" \"no\" {\n"
		    "    EOF\n  map = {\n    a = \"}\"\n    b = [1, \"${f(\"}\")}\"] // }\n  }\n"
		    "  dynamic \"z\" {\n    content {\n      path = \"no\"\n    }\n  }\n}\n"
		    "resource \"flux_bootstrap_git\" \"yes\" {\n  depends_on = [x.y]\n  path = \"a\"\n"
		    "  kustomization_override = file(\"${path.module}/k.yaml\")\n}\n",
		"yes \"a\" \"a\"\n");
}

static void
what_is_no_hcl_is_told(void **state)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct tree_entry entries[] = {
		{ "main.tf", "resource \"flux_bootstrap_git\" \"a\" {\n  path = \"a\"\n" }, END
	};
	const struct tree *tree = tree_new(&arena, entries);
	struct terraform terraform;
	(void)state;
	terraform_collect(&arena, &tree->files, &terraform);
	assert_int_equal(terraform.bootstraps.len, 0);
	assert_int_equal(terraform.unread.len, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(literal_paths_are_known),
		cmocka_unit_test(variables_and_locals_of_the_directory_are_followed),
		cmocka_unit_test(other_expressions_are_unknown),
		cmocka_unit_test(the_rest_of_hcl_is_passed_over),
		cmocka_unit_test(what_is_no_hcl_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
