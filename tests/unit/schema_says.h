/*
 * Schemas and instances as text, and violations as lines of
 * <pointer> <line>:<column> <message>{ ?<suggestion>}{ =<allowed>}
 */
#ifndef GLAGENT_TEST_SCHEMA_SAYS_H
#define GLAGENT_TEST_SCHEMA_SAYS_H

#include <setjmp.h>
#include <stdarg.h>

#include "buf.h"
#include "schema.h"
#include "yaml.h"

#include <cmocka.h>

static const struct schema_options strict = { .dialect = YDIALECT_YAML_V3 };
static inline bool
is_lower(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < 'a' || text.ptr[i] > 'z') {
			return false;
		}
	}
	return true;
}

static const struct schema_format formats[] = {
	{ "lower", is_lower, "only a to z" },
	{ NULL, NULL, NULL },
};

static inline const struct schema *
compile(struct arena *arena, const char *text)
{
	struct error error;
	const struct ynode *root = yaml_parse(arena, str_from(text), YTREE_VALUES)->root;
	const struct schema *schema = schema_new(arena, root, formats, &error);
	if (!schema) {
		fail_msg("%s", error.text);
	}
	return schema;
}

static inline struct str
print(struct arena *arena, struct str text, const struct violation *violations)
{
	const struct source source = { .text = text };
	struct buf out = { .arena = arena };
	for (const struct violation *v = violations; v; v = v->next) {
		struct position at = source_position(&source, v->at->span.start);
		buf_addf(&out, "%s%.*s %u:%u %.*s", v == violations ? "" : "\n", STR_ARG(v->pointer), at.line,
			at.column, STR_ARG(v->message));
		if (v->suggestion.len) {
			buf_addf(&out, " ?%.*s", STR_ARG(v->suggestion));
		}
		if (v->allowed.len) {
			buf_addf(&out, " =%.*s", STR_ARG(v->allowed));
		}
	}
	return buf_str(&out);
}

static inline void
assert_says(
	const struct schema_options *options, const char *schema_text, const char *text, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct schema *schema = compile(&arena, schema_text);
	const struct ynode *root = yaml_parse(&arena, str_from(text), YTREE_VALUES)->root;
	const struct violation *violations = schema_check(&arena, schema, root, options);
	assert_string_equal(print(&arena, str_from(text), violations).ptr, expected);
	schema_release(schema);
}

static inline void
assert_refused(const char *schema_text, const char *expected)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct error error;
	const struct ynode *root = yaml_parse(&arena, str_from(schema_text), YTREE_VALUES)->root;
	assert_null(schema_new(&arena, root, formats, &error));
	assert_string_equal(error.text, expected);
}

#endif
