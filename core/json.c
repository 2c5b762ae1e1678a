/* The only file that knows jansson. */
#include "json.h"

#include <inttypes.h>
#include <jansson.h>
#include <math.h>

#include "utf8.h"

struct reader {
	struct arena *arena;
	struct error *error;
	size_t depth, nodes;
};

static void
release(json_t **value)
{
	json_decref(*value);
}

/* Out of memory is the only reason for which jansson makes no value of arguments that are sound. */
static json_t *
made(json_t *value)
{
	if (!value) {
		fatal_out_of_memory();
	}
	return value;
}

/* The shortest text that is read back as `value`, recognizable as no integer. */
static struct str
real_text(struct arena *arena, double value)
{
	struct str text = { 0 };
	for (int digits = 15; digits <= 17; digits++) {
		text = arena_printf(arena, "%.*g", digits, value);
		if (strtod(text.ptr, NULL) == value) {
			break;
		}
	}
	bool integral = !str_has_char(text, '.') && !str_has_char(text, 'e');
	return integral ? arena_printf(arena, "%.*s.0", STR_ARG(text)) : text;
}

static const struct ynode *read_value(struct reader *r, json_t *value);

static const struct ynode *
read_object(struct reader *r, json_t *value)
{
	struct ynode *map = ynode_collection(r->arena, YNODE_MAPPING);
	struct ylist list = ylist_new(r->arena, map);
	void *at = json_object_iter(value);
	for (; at; at = json_object_iter_next(value, at)) {
		struct str key = arena_str(r->arena, str_from(json_object_iter_key(at)));
		const struct ynode *member = read_value(r, json_object_iter_value(at));
		if (!member) {
			return NULL;
		}
		ylist_add(&list, json_of_str(r->arena, key));
		ylist_add(&list, member);
	}
	return map;
}

static const struct ynode *
read_array(struct reader *r, json_t *value)
{
	struct ynode *sequence = ynode_collection(r->arena, YNODE_SEQUENCE);
	struct ylist list = ylist_new(r->arena, sequence);
	for (size_t i = 0; i < json_array_size(value); i++) {
		const struct ynode *item = read_value(r, json_array_get(value, i));
		if (!item) {
			return NULL;
		}
		ylist_add(&list, item);
	}
	return sequence;
}

static const struct ynode *
read_collection(struct reader *r, json_t *value)
{
	if (r->depth == YTREE_DEPTH_MAX) {
		(void)error_set(r->error, "nested more than %d levels deep", YTREE_DEPTH_MAX);
		return NULL;
	}
	r->depth++;
	const struct ynode *node = json_is_object(value) ? read_object(r, value) : read_array(r, value);
	r->depth--;
	return node;
}

static const struct ynode *
read_value(struct reader *r, json_t *value)
{
	if (r->nodes++ == YTREE_NODES_MAX) {
		(void)error_set(r->error, "more than %d values", YTREE_NODES_MAX);
		return NULL;
	}
	switch (json_typeof(value)) {
	case JSON_OBJECT:
	case JSON_ARRAY:
		return read_collection(r, value);
	case JSON_STRING:
		return json_of_str(r->arena,
			arena_str(r->arena,
				(struct str){ json_string_value(value), json_string_length(value) }));
	case JSON_INTEGER:
		return json_of_int(r->arena, json_integer_value(value));
	case JSON_REAL:
		return ynode_scalar(r->arena, real_text(r->arena, json_real_value(value)), YSTYLE_PLAIN);
	case JSON_TRUE:
	case JSON_FALSE:
		return json_of_bool(r->arena, json_is_true(value));
	case JSON_NULL:
		break;
	}
	return ynode_scalar(r->arena, STR("null"), YSTYLE_PLAIN);
}

const struct ynode *
json_parse(struct arena *arena, struct str text, struct error *reterr)
{
	json_error_t problem;
	if (text.len > SOURCE_BYTES_MAX) {
		(void)error_set(reterr, "larger than 16 MiB");
		return NULL;
	}
	json_t CLEANUP(release) *value =
		json_loadb(text.ptr ? text.ptr : "", text.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, &problem);
	if (!value) {
		if (json_error_code(&problem) == json_error_out_of_memory) {
			fatal_out_of_memory();
		}
		(void)error_set(reterr, "line %d, column %d: %s", problem.line, problem.column, problem.text);
		return NULL;
	}
	struct reader r = { .arena = arena, .error = reterr };
	return read_value(&r, value);
}

struct ynode *
json_of_str(struct arena *arena, struct str text)
{
	return ynode_scalar(arena, text, YSTYLE_QUOTED);
}

struct ynode *
json_of_int(struct arena *arena, int64_t value)
{
	return ynode_scalar(arena, arena_printf(arena, "%" PRId64, value), YSTYLE_PLAIN);
}

struct ynode *
json_of_bool(struct arena *arena, bool value)
{
	return ynode_scalar(arena, value ? STR("true") : STR("false"), YSTYLE_PLAIN);
}

/* `text` with U+FFFD for each byte that belongs to no character. */
static struct str
mended(struct arena *scratch, struct str text)
{
	size_t valid = utf8_valid_prefix(text);
	if (valid == text.len) {
		return text;
	}
	struct buf out = { .arena = scratch };
	while (valid < text.len) {
		buf_add(&out, str_first(text, valid));
		buf_add(&out, STR("\xEF\xBF\xBD"));
		text = str_skip(text, valid + 1);
		valid = utf8_valid_prefix(text);
	}
	buf_add(&out, text);
	return buf_str(&out);
}

/* What JSON makes of a plain word; NULL when it is none of its literals. */
static json_t *
literal(struct str text)
{
	json_error_t unused;
	json_t *value = json_loadb(text.ptr, text.len, JSON_DECODE_ANY, &unused);
	if (value && !json_is_string(value) && !json_is_object(value) && !json_is_array(value)) {
		return value;
	}
	json_decref(value);
	return NULL;
}

static json_t *
convert(struct arena *scratch, const struct ynode *node)
{
	node = ynode_follow(node);
	if (node->kind == YNODE_SEQUENCE) {
		json_t *array = made(json_array());
		for (const struct ynode *item = node->first; item; item = item->next) {
			if (json_array_append_new(array, convert(scratch, item)) != 0) {
				fatal_out_of_memory();
			}
		}
		return array;
	}
	if (node->kind == YNODE_MAPPING) {
		json_t *object = made(json_object());
		for (const struct ynode *key = node->first; key; key = key->next->next) {
			struct str name = arena_str(scratch, mended(scratch, ynode_str(key)));
			if (json_object_set_new(object, name.ptr, convert(scratch, key->next)) != 0) {
				fatal_out_of_memory();
			}
		}
		return object;
	}
	struct str text = mended(scratch, ynode_str(node));
	json_t *typed = node->style == YSTYLE_PLAIN ? literal(text) : NULL;
	return typed ? typed : made(json_stringn(text.ptr, text.len));
}

static int
append(const char *bytes, size_t len, void *out)
{
	buf_add(out, (struct str){ bytes, len });
	return 0;
}

void
json_write(struct buf *out, const struct ynode *root, unsigned indent)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	json_t CLEANUP(release) *value = convert(&scratch, root);
	size_t flags = JSON_ENCODE_ANY | (indent ? JSON_INDENT(indent) : JSON_COMPACT);
	if (json_dump_callback(value, append, out, flags) != 0) {
		fatal_out_of_memory();
	}
}
