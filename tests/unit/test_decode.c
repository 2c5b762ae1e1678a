#include <setjmp.h>
#include <stdarg.h>

#include "decode.h"
#include "yaml.h"

#include <cmocka.h>

static const char *const colours[] = { "red", "green", NULL };

struct wheel {
	const char *name;
	bool is_spare;
};

struct car {
	const char *name, *note;
	int doors, colour;
	bool is_new;
	struct {
		const char *kind;
	} engine;
	struct decode_texts owners;
	struct {
		const struct wheel *items;
		size_t len;
	} wheels;
};

static const struct decode_field wheel_fields[] = {
	{ .key = "name", .kind = DECODE_TEXT, .required = true, .offset = offsetof(struct wheel, name) },
	{ .key = "spare", .kind = DECODE_BOOL, .offset = offsetof(struct wheel, is_spare) },
	{ 0 },
};

static const struct decode_field engine_fields[] = {
	{ .key = "kind", .kind = DECODE_TEXT, .offset = 0 },
	{ 0 },
};

static const struct decode_field car_fields[] = {
	{ .key = "name", .kind = DECODE_TEXT, .required = true, .offset = offsetof(struct car, name) },
	{ .key = "note", .kind = DECODE_TEXT, .offset = offsetof(struct car, note) },
	{ .key = "doors", .kind = DECODE_NUMBER, .offset = offsetof(struct car, doors) },
	{ .key = "colour",
		.kind = DECODE_CHOICE,
		.offset = offsetof(struct car, colour),
		.choices = colours },
	{ .key = "new", .kind = DECODE_BOOL, .offset = offsetof(struct car, is_new) },
	{ .key = "engine",
		.kind = DECODE_MAPPING,
		.offset = offsetof(struct car, engine),
		.fields = engine_fields,
		.size = sizeof(((struct car *)NULL)->engine) },
	{ .key = "owners", .kind = DECODE_TEXTS, .offset = offsetof(struct car, owners) },
	{ .key = "wheels",
		.kind = DECODE_MAPPINGS,
		.offset = offsetof(struct car, wheels),
		.fields = wheel_fields,
		.size = sizeof(struct wheel) },
	{ .key = "extras", .kind = DECODE_OPEN },
	{ 0 },
};

static const struct car *
car(struct arena *arena, struct str text, struct error *error)
{
	return decode(arena, yaml_parse(arena, text, 0)->root, car_fields, sizeof(struct car), error);
}

static void
every_kind_of_field_is_filled(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct error error = { { 0 } };
	const struct car *view = car(&arena,
		STR("{name: \"1.10\", doors: 5, colour: green, new: true, engine: {kind: \"on\"},\n"
		    "owners: [a, \"~\"], wheels: [{name: x}, {name: y, spare: true}], extras: {a: [1, {b: "
		    "c}]}}"),
		&error);

	assert_string_equal(error.text, "");
	assert_string_equal(view->name, "1.10");
	assert_null(view->note);
	assert_int_equal(view->doors, 5);
	assert_int_equal(view->colour, 1);
	assert_true(view->is_new);
	assert_string_equal(view->engine.kind, "on");
	assert_int_equal(view->owners.len, 2);
	assert_string_equal(view->owners.items[1], "~");
	assert_int_equal(view->wheels.len, 2);
	assert_false(view->wheels.items[0].is_spare);
	assert_string_equal(view->wheels.items[1].name, "y");
	assert_true(view->wheels.items[1].is_spare);
}

static void
what_is_absent_is_zero(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct error error = { { 0 } };
	const struct car *view = car(&arena, STR("{name: a, owners: [], engine: {}}"), &error);

	assert_non_null(view);
	assert_null(view->engine.kind);
	assert_int_equal(view->owners.len, 0);
	assert_int_equal(view->wheels.len, 0);
}

static void
text_on_several_lines_arrives_whole(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct error error = { { 0 } };
	const struct car *view =
		car(&arena, STR("name: |\n  a\n\n  b: \"c\"\nnote: \"tab\\tand \\\\ \\u00e9\""), &error);

	assert_string_equal(view->name, "a\n\nb: \"c\"\n");
	assert_string_equal(view->note, "tab\tand \\ \xc3\xa9");
}

static void
a_tree_that_does_not_fit_is_an_internal_error(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct error error = { { 0 } };
	assert_null(car(&arena, STR("{doors: 5}"), &error));
	assert_non_null(strstr(error.text, "internal error"));
	assert_null(car(&arena, STR("{name: a, colour: blue}"), &error));
	assert_null(car(&arena, STR("{name: a, unknown: b}"), &error));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_field_is_filled),
		cmocka_unit_test(what_is_absent_is_zero),
		cmocka_unit_test(text_on_several_lines_arrives_whole),
		cmocka_unit_test(a_tree_that_does_not_fit_is_an_internal_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
