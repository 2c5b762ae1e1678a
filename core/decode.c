#include "decode.h"

#include <cyaml/cyaml.h>

#include "buf.h"
#include "yemit.h"

static_assert(sizeof(void *) == 8 && sizeof(int) == 4, "sizes that the tables below state");

/* libcyaml reallocates without telling the old size, so it stands before each block. */
enum { HEADER_BYTES = 8 };

static void *
memory(void *context, void *old, size_t size)
{
	if (size == 0) {
		return NULL;
	}
	uint64_t *block = arena_alloc(context, HEADER_BYTES + size);
	block[0] = size;
	if (old) {
		const uint64_t *before = (const uint64_t *)old - 1;
		memcpy(block + 1, old, before[0] < size ? before[0] : size);
	}
	return block + 1;
}

struct converter {
	struct arena *arena;
	unsigned depth;
};

static const cyaml_schema_field_t *convert_fields(
	struct converter *converter, const struct decode_field *fields);

static const cyaml_strval_t *
convert_choices(struct converter *converter, const char *const *choices, uint32_t *ret_count)
{
	uint32_t count = 0;
	while (choices[count]) {
		count++;
	}
	cyaml_strval_t *words = arena_new_n(converter->arena, cyaml_strval_t, count);
	for (uint32_t i = 0; i < count; i++) {
		words[i] = (cyaml_strval_t){ choices[i], i };
	}
	*ret_count = count;
	return words;
}

static void
set_text(cyaml_schema_value_t *value)
{
	value->type = CYAML_STRING;
	value->flags |= CYAML_FLAG_POINTER;
	value->data_size = sizeof(char);
	value->string.max = CYAML_UNLIMITED;
}

static const cyaml_schema_value_t *
convert_item(struct converter *converter, const struct decode_field *field)
{
	cyaml_schema_value_t *item = arena_new(converter->arena, cyaml_schema_value_t);
	if (field->kind == DECODE_TEXTS) {
		set_text(item);
		return item;
	}
	item->type = CYAML_MAPPING;
	item->data_size = (uint32_t)field->size;
	item->mapping.fields = convert_fields(converter, field->fields);
	return item;
}

static void
convert_sequence(struct converter *converter, const struct decode_field *field, cyaml_schema_field_t *to)
{
	to->count_offset = (uint32_t)(field->offset + offsetof(struct decode_list, len));
	to->count_size = sizeof(size_t);
	to->value.type = CYAML_SEQUENCE;
	to->value.flags |= CYAML_FLAG_POINTER;
	to->value.sequence.entry = convert_item(converter, field);
	to->value.data_size = (to->value.sequence.entry->flags & CYAML_FLAG_POINTER)
		? (uint32_t)sizeof(char *)
		: to->value.sequence.entry->data_size;
	to->value.sequence.max = CYAML_UNLIMITED;
}

static void
convert_field(struct converter *converter, const struct decode_field *field, cyaml_schema_field_t *to)
{
	cyaml_schema_value_t *value = &to->value;
	to->key = field->key;
	to->data_offset = (uint32_t)field->offset;
	value->flags = field->required ? CYAML_FLAG_DEFAULT : CYAML_FLAG_OPTIONAL;
	switch (field->kind) {
	case DECODE_TEXT:
		set_text(value);
		return;
	case DECODE_BOOL:
		value->type = CYAML_BOOL;
		value->data_size = sizeof(bool);
		return;
	case DECODE_NUMBER:
		value->type = CYAML_INT;
		value->data_size = sizeof(int);
		return;
	case DECODE_CHOICE:
		value->type = CYAML_ENUM;
		value->flags |= CYAML_FLAG_STRICT;
		value->data_size = sizeof(int);
		value->enumeration.strings =
			convert_choices(converter, field->choices, &value->enumeration.count);
		return;
	case DECODE_MAPPING:
		value->type = CYAML_MAPPING;
		value->data_size = (uint32_t)field->size;
		value->mapping.fields = convert_fields(converter, field->fields);
		return;
	case DECODE_TEXTS:
	case DECODE_MAPPINGS:
		convert_sequence(converter, field, to);
		return;
	case DECODE_OPEN:
		value->type = CYAML_IGNORE;
		return;
	}
}

static const cyaml_schema_field_t *
convert_fields(struct converter *converter, const struct decode_field *fields)
{
	size_t count = 0;
	while (fields[count].key) {
		count++;
	}
	assert(converter->depth < DECODE_DEPTH_MAX);
	converter->depth++;
	cyaml_schema_field_t *to = arena_new_n(converter->arena, cyaml_schema_field_t, count + 1);
	for (size_t i = 0; i < count; i++) {
		convert_field(converter, &fields[i], &to[i]);
	}
	converter->depth--;
	return to;
}

/* Keeps the last complaint; libcyaml tells of errors nowhere else. */
PRINTF_LIKE(3, 0)
static void
complain(cyaml_log_t level, void *context, const char *format, va_list args)
{
	struct error *error = context;
	if (level >= CYAML_LOG_ERROR && error->text[0] == '\0') {
		(void)vsnprintf(error->text, sizeof(error->text), format, args);
		error->text[strcspn(error->text, "\n")] = '\0';
	}
}

const void *
decode(struct arena *arena, const struct ynode *tree, const struct decode_field *fields, size_t size,
	struct error *reterr)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct converter converter = { &scratch, 0 };
	struct buf text = { &scratch, NULL, 0, 0 };
	struct error complaint = { { 0 } };
	const cyaml_schema_value_t schema = {
		.type = CYAML_MAPPING,
		.flags = CYAML_FLAG_POINTER,
		.data_size = (uint32_t)size,
		.mapping.fields = convert_fields(&converter, fields),
	};
	const cyaml_config_t config = {
		.log_fn = complain,
		.log_ctx = &complaint,
		.mem_fn = memory,
		.mem_ctx = arena,
		.log_level = CYAML_LOG_ERROR,
		.flags = CYAML_CFG_NO_ALIAS,
	};
	cyaml_data_t *data = NULL;

	yemit(&text, tree);
	cyaml_err_t result =
		cyaml_load_data((const uint8_t *)text.data, text.len, &config, &schema, &data, NULL);
	if (result != CYAML_OK || !data) {
		(void)error_set(reterr, "internal error: %s: %s", cyaml_strerror(result), complaint.text);
		return NULL;
	}
	return data;
}
