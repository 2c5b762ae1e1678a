/*
 * What kustomize accepts and refuses, case by case: testdata/kustomize/catalogue.txt.
 * "\r" and "\ufeff" stand for a carriage return and a byte-order mark.
 */
#include <setjmp.h>
#include <stdarg.h>

#include "buf.h"
#include "kustomize/build.h"
#include "tree.h"

#include <cmocka.h>

enum { FILES_MAX = 8, CASES = 87 };

struct catalogue_case {
	struct str title, restricted, free;
	struct str directory;
	struct tree_entry files[FILES_MAX + 1];
};

static const char *const faults[] = {
	[FAULT_OTHER] = "other",
	[FAULT_FIELD] = "field",
	[FAULT_EMPTY] = "empty",
	[FAULT_MISSING] = "missing",
	[FAULT_RESTRICTED] = "restricted",
	[FAULT_REFUSED] = "refused",
	[FAULT_COMPONENT] = "component",
	[FAULT_CYCLE] = "cycle",
	[FAULT_DUPLICATE] = "duplicate",
	[FAULT_PATCH] = "patch",
	[FAULT_TARGET] = "target",
};

/* Puts in what the file spells out. */
static const char *
unescape(struct arena *arena, struct str text)
{
	struct buf out = { .arena = arena };
	while (text.len > 0) {
		if (str_starts(text, STR("\\r"))) {
			buf_add_char(&out, '\r');
			text = str_skip(text, 2);
		} else if (str_starts(text, STR("\\ufeff"))) {
			text = str_skip(text, strlen("\\ufeff")); /* as reading drops it */
		} else {
			buf_add_char(&out, text.ptr[0]);
			text = str_skip(text, 1);
		}
	}
	return out.data ? out.data : "";
}

/* The text up to the next line that begins with '@'. */
static struct str
take_body(struct str *rest)
{
	size_t end = str_starts(*rest, STR("@")) ? 0 : 1 + str_find(*rest, STR("\n@"));
	struct str body = str_first(*rest, end);
	*rest = str_skip(*rest, body.len);
	return body;
}

/* The next case of the text; false at its end. */
static bool
next_case(struct arena *arena, struct str *rest, struct catalogue_case *ret_case)
{
	size_t count = 0;
	*rest = str_skip(*rest, str_find(*rest, STR("@case ")));
	if (rest->len == 0) {
		return false;
	}
	struct str head = str_skip(str_cut(rest, '\n'), strlen("@case "));
	*ret_case = (struct catalogue_case){ .directory = STR("") };
	ret_case->title = str_trim(str_cut(&head, '|'));
	ret_case->restricted = str_trim(str_cut(&head, '|'));
	ret_case->free = head.ptr ? str_trim(head) : ret_case->restricted;
	while (str_starts(*rest, STR("@")) && !str_starts(*rest, STR("@case ")) && count < FILES_MAX) {
		struct str line = str_cut(rest, '\n');
		struct str what = str_cut(&line, ' ');
		struct str body = take_body(rest);
		if (str_eq(what, STR("@build"))) {
			ret_case->directory = line;
			continue;
		}
		ret_case->files[count].path = arena_str(arena, line).ptr;
		ret_case->files[count++].text = str_eq(what, STR("@link")) ? NULL : unescape(arena, body);
	}
	return true;
}

static struct str
result_of(struct arena *arena, const struct catalogue_case *c, unsigned habits)
{
	struct tree *tree = tree_new(arena, c->files);
	struct view view = { .files = &tree->files };
	struct builder *builder = builder_new(arena, &view, &tree->resources);
	builder_set_habits(builder, habits);
	const struct build *build = kustomize_build(builder, c->directory);
	if (build->result == BUILD_FAILS) {
		assert_true(build->why.len > 0);
		return arena_printf(arena, "fails %s", faults[build->fault]);
	}
	return build->result == BUILD_INCOMPLETE ? STR("open")
						 : arena_printf(arena, "ok %zu", build->objects.len);
}

static void
assert_result(struct arena *arena, const struct catalogue_case *c, unsigned habits, struct str wanted)
{
	struct str actual = result_of(arena, c, habits);
	if (!str_eq(actual, wanted)) {
		fail_msg("%.*s: kustomize %.*s, we say %.*s", STR_ARG(c->title), STR_ARG(wanted),
			STR_ARG(actual));
	}
}

static void
every_case_ends_as_kustomize_ends_it(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct source source;
	struct error error;
	struct catalogue_case c;
	size_t count = 0;
	assert_true(fs_read_named(&arena, TESTDATA "/kustomize/catalogue.txt", &source, &error));
	for (struct str rest = source.text; next_case(&arena, &rest, &c); count++) {
		assert_result(&arena, &c, BUILDER_ROOT_ONLY | BUILDER_SORTS, c.restricted);
		assert_result(&arena, &c, 0, c.free);
	}
	assert_int_equal(count, CASES);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_case_ends_as_kustomize_ends_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
