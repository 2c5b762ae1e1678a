/* Holding a tree against a compiled schema: the walk, scalars and lists. */
#include "buf.h"
#include "schema_parts.h"
#include "utf8.h"

enum { NESTING_MAX = 1000 }; /* of schemas in schemas while checking: aliases can nest deeper than any file */

bool
check_spend(struct check *check, size_t steps, const struct ynode *node)
{
	check->steps += steps;
	if (!check->stopped && check->steps > SCHEMA_STEPS_MAX) {
		check->stopped = true;
		check->stop_at = node;
	}
	return !check->stopped;
}

enum json_type
json_type_of(struct arena *scratch, const struct ynode *node, enum ydialect dialect)
{
	static const enum json_type types[] = {
		[YTYPE_NULL] = JSON_TYPE_NULL,
		[YTYPE_BOOL] = JSON_TYPE_BOOLEAN,
		[YTYPE_INT] = JSON_TYPE_INTEGER,
		[YTYPE_FLOAT] = JSON_TYPE_NUMBER,
		[YTYPE_STRING] = JSON_TYPE_STRING,
		[YTYPE_SEQUENCE] = JSON_TYPE_ARRAY,
		[YTYPE_MAPPING] = JSON_TYPE_OBJECT,
	};
	static_assert(countof(types) == YTYPE_COUNT, "a type for each");
	enum json_type type = types[ynode_type(node, dialect)];
	struct decimal value;
	bool whole = type == JSON_TYPE_NUMBER && decimal_parse(scratch, ynode_str(node), &value)
		&& decimal_is_integer(&value);
	return whole ? JSON_TYPE_INTEGER : type;
}

static bool
fits_type(unsigned types, enum json_type type)
{
	return types == 0 || (types & type) != 0
		|| (type == JSON_TYPE_INTEGER && (types & JSON_TYPE_NUMBER) != 0);
}

static size_t
digits(struct str text, size_t from)
{
	size_t at = from;
	while (at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9') {
		at++;
	}
	return at - from;
}

/* JSON's own notation of numbers, which is what protojson reads in a string. */
static bool
is_json_number(struct str text)
{
	size_t at = str_starts(text, STR("-")), whole = digits(text, at);
	if (whole == 0 || (whole > 1 && text.ptr[at] == '0')) {
		return false;
	}
	at += whole;
	if (at < text.len && text.ptr[at] == '.') {
		size_t fraction = digits(text, at + 1);
		at += 1 + fraction;
		if (fraction == 0) {
			return false;
		}
	}
	if (at < text.len && (text.ptr[at] | 0x20) == 'e') {
		at += at + 1 < text.len && str_has_char(STR("+-"), text.ptr[at + 1]) ? 2 : 1;
		size_t exponent = digits(text, at);
		at += exponent;
		return exponent > 0 && at == text.len;
	}
	return at == text.len;
}

/* The type that counts: with integers_in_strings a quoted integer is one where no string is wanted. */
static enum json_type
effective_type(struct check *check, const struct subschema *schema, const struct place *place)
{
	struct decimal value;
	if (place->is_key) {
		return JSON_TYPE_STRING;
	}
	enum json_type type = json_type_of(check->scratch, place->node, check->options->dialect);
	bool wanted = (schema->types & (JSON_TYPE_INTEGER | JSON_TYPE_NUMBER)) != 0
		&& (schema->types & JSON_TYPE_STRING) == 0;
	if (type != JSON_TYPE_STRING || !wanted || !check->options->integers_in_strings) {
		return type;
	}
	bool integer = is_json_number(ynode_str(place->node))
		&& decimal_parse(check->scratch, ynode_str(place->node), &value)
		&& decimal_is_integer(&value);
	return integer ? JSON_TYPE_INTEGER : type;
}

static bool
is_allowed(struct check *check, const struct subschema *schema, const struct place *place)
{
	struct ynode key;
	const struct ynode *value = place->node, *item = schema->allowed ? schema->allowed->first : NULL;
	if (place->is_key) { /* `1:` is the string "1" */
		key = *place->node;
		key.style = YSTYLE_QUOTED;
		key.roomy = false;
		value = &key;
	}
	while (item && !check_equal(check, value, item, YDIALECT_YAML_V3)) {
		item = item->next;
	}
	return (!schema->allowed || item)
		&& (!schema->constant || check_equal(check, value, schema->constant, YDIALECT_YAML_V3));
}

static bool
outside(const struct limits *limits, const struct decimal *value)
{
	return (limits->least && decimal_cmp(value, limits->least) < 0)
		|| (limits->most && decimal_cmp(value, limits->most) > 0);
}

static bool
outside_open(const struct limits *limits, const struct decimal *value)
{
	return (limits->least && decimal_cmp(value, limits->least) <= 0)
		|| (limits->most && decimal_cmp(value, limits->most) >= 0);
}

bool
check_count(struct check *check, const struct limits *limits, size_t count)
{
	struct decimal value;
	if (!limits->least && !limits->most) {
		return true;
	}
	return !decimal_parse(check->scratch, arena_printf(check->scratch, "%zu", count), &value)
		|| !outside(limits, &value);
}

static bool
check_number(struct check *check, const struct subschema *schema, const struct place *place)
{
	struct decimal value;
	bool bounded = schema->range.least || schema->range.most || schema->open_range.least
		|| schema->open_range.most || schema->unit;
	if (!bounded || !decimal_parse(check->scratch, ynode_str(place->node), &value)) {
		return true;
	}
	bool ok = true;
	if (outside(&schema->range, &value)) {
		check_note(check, NOTE_RANGE, schema, place);
		ok = false;
	} else if (outside_open(&schema->open_range, &value)) {
		check_note(check, NOTE_OPEN_RANGE, schema, place);
		ok = false;
	}
	if (schema->unit && !decimal_is_multiple(&value, schema->unit)) {
		check_note(check, NOTE_UNIT, schema, place);
		ok = false;
	}
	return ok;
}

static bool
check_string(struct check *check, const struct subschema *schema, const struct place *place)
{
	struct str text = ynode_str(place->node);
	bool ok = true;
	size_t start, end;
	if ((schema->length.least || schema->length.most)
		&& !check_count(check, &schema->length, utf8_points(text))) {
		check_note(check, NOTE_LENGTH, schema, place)->count = utf8_points(text);
		ok = false;
	}
	/* A match that was given up is none that failed. */
	if (schema->pattern && regex_find(schema->pattern, text, 0, &start, &end) == REGEX_NO_MATCH) {
		check_note(check, NOTE_PATTERN, schema, place);
		ok = false;
	}
	if (schema->format && !schema->format->is_valid(text)) {
		check_note(check, NOTE_FORMAT, schema, place);
		ok = false;
	}
	return ok;
}

/* The schema of the item at `index`: the list of `items` first, then additionalItems. */
static const struct subschema *
item_schema(const struct subschema *schema, size_t index)
{
	if (index < schema->tuple.len) {
		return schema->tuple.items[index];
	}
	return schema->tuple.len > 0 ? schema->more_items : schema->items;
}

static bool
check_items(struct check *check, const struct subschema *schema, const struct place *place)
{
	bool ok = true;
	uint32_t index = 0;
	for (const struct ynode *item = place->node->first; item; item = item->next, index++) {
		const struct subschema *wanted = item_schema(schema, index);
		struct place below = { place, NULL, ynode_follow(item), index, place->depth + 1, false };
		if (!wanted || check_place(check, wanted, &below)) {
			continue;
		}
		ok = false;
		if (!check->notes || check->stopped) {
			break;
		}
	}
	return ok;
}

static bool
contains(struct check *check, const struct subschema *wanted, const struct place *place)
{
	struct notes *notes = check->notes;
	bool found = false;
	uint32_t index = 0;
	check->notes = NULL;
	for (const struct ynode *item = place->node->first; item && !found; item = item->next, index++) {
		struct place below = { place, NULL, ynode_follow(item), index, place->depth + 1, false };
		found = check_place(check, wanted, &below);
	}
	check->notes = notes;
	return found;
}

bool
check_sequence(struct check *check, const struct subschema *schema, const struct place *place)
{
	bool ok = true;
	uint32_t index = 0;
	if (!check_count(check, &schema->count, place->node->len)) {
		check_note(check, NOTE_ITEM_COUNT, schema, place)->count = place->node->len;
		ok = false;
	}
	const struct ynode *again = schema->unique ? check_repetition(check, place->node, &index) : NULL;
	if (again) {
		struct place item = { place, NULL, ynode_follow(again), index, place->depth + 1, false };
		check_note(check, NOTE_DUPLICATE, schema, &item);
		ok = false;
	}
	if (schema->contains && !contains(check, schema->contains, place) && !check->stopped) {
		check_note(check, NOTE_CONTAINS, schema, place);
		ok = false;
	}
	return (ok || check->notes) && check_items(check, schema, place) && ok;
}

static bool
check_value(struct check *check, const struct subschema *schema, const struct place *place)
{
	enum json_type type = effective_type(check, schema, place);
	if (schema->nothing) {
		check_note(check, NOTE_NOTHING, schema, place);
		return false;
	}
	if (!fits_type(schema->types, type)) {
		check_note(check, NOTE_TYPE, schema, place);
		return false;
	}
	if (!is_allowed(check, schema, place) && !check->stopped) {
		check_note(check, NOTE_VALUE, schema, place);
		return false;
	}
	bool ok = true;
	if (type == JSON_TYPE_STRING) {
		ok = check_string(check, schema, place);
	} else if (type == JSON_TYPE_INTEGER || type == JSON_TYPE_NUMBER) {
		ok = check_number(check, schema, place);
	} else if (type == JSON_TYPE_ARRAY) {
		ok = check_sequence(check, schema, place);
	} else if (type == JSON_TYPE_OBJECT) {
		ok = check_mapping(check, schema, place);
	}
	return (ok || check->notes) && check_choices(check, schema, place) && ok;
}

bool
check_place(struct check *check, const struct subschema *schema, const struct place *place)
{
	if (!check_spend(check, 1, place->node)) {
		return true;
	}
	if (check->depth == NESTING_MAX) {
		return check_spend(check, SCHEMA_STEPS_MAX, place->node) || true;
	}
	while (schema->ref) {
		schema = schema->ref;
	}
	check->depth++;
	bool ok = check_value(check, schema, place);
	check->depth--;
	return ok || check->stopped;
}
