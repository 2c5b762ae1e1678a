/* From a note to a violation: message, suggestion, allowed words. */
#include "buf.h"
#include "schema_words.h"

/* One violation on its way into words. */
struct telling {
	struct arena *arena;
	const struct note *note;
	struct violation *violation;
};

/* A value that the schema calls secret is not repeated. */
static struct str
shown(const struct telling *t)
{
	const struct note *note = t->note;
	const struct ynode *secret = ynode_get(note->schema->node, STR("x-secret"));
	if (!ynode_is(note->value, YNODE_SCALAR) || secret) {
		return words_of_types(t->arena, note->found);
	}
	return words_of_value(t->arena, note->value, note->found == JSON_TYPE_STRING);
}

static void
tell(const struct telling *t, const char *before, struct str words, const char *after)
{
	t->violation->message = arena_printf(t->arena, "%s%.*s%s", before, STR_ARG(words), after);
}

static void
tell_type(const struct telling *t)
{
	t->violation->message = arena_printf(t->arena, "expected %.*s, found %.*s",
		STR_ARG(words_of_types(t->arena, t->note->types)),
		STR_ARG(words_of_types(t->arena, t->note->found)));
}

static void
add_word(const struct telling *t, const struct ynode *node, struct names *bare, struct names *quoted)
{
	bool is_string = ynode_type(node, YDIALECT_YAML_V3) == YTYPE_STRING;
	bool scalar = ynode_is(node, YNODE_SCALAR);
	struct str word = scalar ? words_of_value(t->arena, node, is_string) : STR("{…}");
	for (size_t i = 0; i < quoted->len; i++) {
		if (str_eq(quoted->items[i], word)) {
			return;
		}
	}
	vec_push(t->arena, quoted, word);
	vec_push(t->arena, bare, is_string && ynode_str(node).len ? ynode_str(node) : word);
}

static void
tell_value(const struct telling *t)
{
	struct names bare = { 0 }, quoted = { 0 };
	assert(t->note);
	for (const struct note *note = t->note; note; note = note->same) {
		const struct subschema *schema = note->schema;
		const struct ynode *item = schema->allowed ? schema->allowed->first : NULL;
		for (; item; item = item->next) {
			add_word(t, item, &bare, &quoted);
		}
		if (schema->constant) {
			add_word(t, schema->constant, &bare, &quoted);
		}
	}
	t->violation->suggestion = words_nearest(&bare, ynode_str(t->note->value));
	if (bare.len > WORDS_MAX) {
		tell(t, "", shown(t), " is none of the allowed values");
		return;
	}
	t->violation->allowed = words_join(t->arena, &bare, "");
	t->violation->message = arena_printf(t->arena, "expected %.*s, found %.*s",
		STR_ARG(words_join(t->arena, &quoted, "")), STR_ARG(shown(t)));
}

static void
tell_unknown_key(const struct telling *t)
{
	struct names absent = { 0 }, all = { 0 };
	for (const struct map_entry *entry = t->note->schema->properties.first; entry; entry = entry->next) {
		vec_push(t->arena, &all, entry->key);
		if (!map_get(t->note->keys, entry->key)) {
			vec_push(t->arena, &absent, entry->key);
		}
	}
	tell(t, "unknown key ", words_of_value(t->arena, t->note->at, true), "");
	t->violation->suggestion = words_nearest(&absent, t->note->key);
	t->violation->allowed = all.len <= WORDS_MAX ? words_join(t->arena, &all, "") : STR("");
}

static void
tell_missing_key(const struct telling *t)
{
	struct names names = { 0 };
	for (const struct note *note = t->note; note; note = note->same) {
		vec_push(t->arena, &names, note->key);
	}
	tell(t, "missing key ", words_join(t->arena, &names, "\""), "");
}

static void
tell_nothing(const struct telling *t)
{
	if (t->note->at != t->note->value) {
		tell(t, "key ", words_of_value(t->arena, t->note->at, true), " is not allowed here");
	} else {
		tell(t, "", STR("no value"), " is allowed here");
	}
}

static void
tell_pattern(const struct telling *t)
{
	const struct subschema *schema = t->note->schema;
	const struct ynode *expected = ynode_get(schema->node, STR("x-expected"));
	struct str value = shown(t);
	if (t->note->reason == NOTE_FORMAT) {
		t->violation->message = arena_printf(t->arena, "%.*s is no valid %s: expected %s",
			STR_ARG(value), schema->format->name, schema->format->expected);
	} else if (expected) {
		t->violation->message = arena_printf(
			t->arena, "expected %.*s, found %.*s", STR_ARG(ynode_str(expected)), STR_ARG(value));
	} else {
		t->violation->message = arena_printf(
			t->arena, "%.*s does not match %.*s", STR_ARG(value), STR_ARG(schema->pattern_text));
	}
}

/* "at least 1", "at most 3", "1 to 3", "exactly 2"; `least` and `most` are keywords of the schema. */
static struct str
span_words(const struct telling *t, struct str least, struct str most)
{
	const struct ynode *from = ynode_get(t->note->schema->node, least),
			   *to = ynode_get(t->note->schema->node, most);
	if (from && to && str_eq(ynode_str(from), ynode_str(to))) {
		return arena_printf(t->arena, "exactly %.*s", STR_ARG(ynode_str(from)));
	}
	if (from && to) {
		return arena_printf(
			t->arena, "%.*s to %.*s", STR_ARG(ynode_str(from)), STR_ARG(ynode_str(to)));
	}
	return arena_printf(t->arena, "%s %.*s", from ? "at least" : "at most",
		STR_ARG(from ? ynode_str(from) : ynode_str(to)));
}

static void
tell_count(const struct telling *t, struct str span, const char *one, const char *many)
{
	bool single = str_ends(span, STR(" 1"));
	t->violation->message = arena_printf(
		t->arena, "expected %.*s %s, found %zu", STR_ARG(span), single ? one : many, t->note->count);
}

static void
tell_range(const struct telling *t)
{
	tell(t, "expected ", span_words(t, STR("minimum"), STR("maximum")), "");
	t->violation->message = arena_printf(t->arena, "%.*s, found %.*s", STR_ARG(t->violation->message),
		STR_ARG(words_of_value(t->arena, t->note->value, false)));
}

static void
tell_open_range(const struct telling *t)
{
	const struct ynode *from = ynode_get(t->note->schema->node, STR("exclusiveMinimum")),
			   *to = ynode_get(t->note->schema->node, STR("exclusiveMaximum"));
	struct str least = ynode_str(from), most = ynode_str(to);
	t->violation->message = arena_printf(t->arena, "expected %s%.*s%s%s%.*s, found %.*s",
		from ? "more than " : "", STR_ARG(least), from && to ? " and " : "", to ? "less than " : "",
		STR_ARG(most), STR_ARG(words_of_value(t->arena, t->note->value, false)));
}

static void
tell_one_of(const struct telling *t)
{
	t->violation->message = arena_printf(
		t->arena, "this is %zu of the allowed forms at once: expected only one", t->note->count);
}

static void
tell_not(const struct telling *t)
{
	const struct subschema *not = t->note->schema->not ;
	if (not ->required.len == 1) {
		tell(t, "key ", words_join(t->arena, &not ->required, "\""), " is not allowed here");
	} else if (ynode_is(t->note->value, YNODE_SCALAR)) {
		tell(t, "", shown(t), " is not allowed here");
	} else {
		tell(t, "", words_of_types(t->arena, t->note->found), " of this form is not allowed here");
	}
}

static void
tell_items(const struct telling *t)
{
	tell_count(t, span_words(t, STR("minItems"), STR("maxItems")), "item", "items");
}

static void
tell_keys(const struct telling *t)
{
	tell_count(t, span_words(t, STR("minProperties"), STR("maxProperties")), "key", "keys");
}

static void
tell_length(const struct telling *t)
{
	tell_count(t, span_words(t, STR("minLength"), STR("maxLength")), "character", "characters");
}

static void
tell_unit(const struct telling *t)
{
	struct str unit = ynode_str(ynode_get(t->note->schema->node, STR("multipleOf")));
	t->violation->message = arena_printf(t->arena, "expected a multiple of %.*s, found %.*s",
		STR_ARG(unit), STR_ARG(words_of_value(t->arena, t->note->value, false)));
}

static void
tell_duplicate(const struct telling *t)
{
	bool scalar = ynode_is(t->note->value, YNODE_SCALAR);
	tell(t, "", scalar ? shown(t) : STR("this item"), " stands twice in the list");
}

static void
tell_contains(const struct telling *t)
{
	tell(t, "", STR("no item of this list"), " is of the form that one must have");
}

static void
tell_dependent(const struct telling *t)
{
	t->violation->message = arena_printf(t->arena, "key \"%.*s\" needs key \"%.*s\" beside it",
		STR_ARG(t->note->because), STR_ARG(t->note->key));
}

static void
tell_limit(const struct telling *t)
{
	t->violation->message =
		arena_printf(t->arena, "too large to check: more than %d steps", SCHEMA_STEPS_MAX);
}

struct violation *
violation_new(struct arena *arena, const struct note *note)
{
	static const struct {
		enum violation_kind kind;
		void (*tell)(const struct telling *);
	} reasons[] = {
		[NOTE_TYPE] = { VIOLATION_TYPE, tell_type },
		[NOTE_VALUE] = { VIOLATION_VALUE, tell_value },
		[NOTE_NOTHING] = { VIOLATION_CHOICE, tell_nothing },
		[NOTE_UNKNOWN_KEY] = { VIOLATION_UNKNOWN_KEY, tell_unknown_key },
		[NOTE_MISSING_KEY] = { VIOLATION_MISSING_KEY, tell_missing_key },
		[NOTE_DEPENDENT_KEY] = { VIOLATION_MISSING_KEY, tell_dependent },
		[NOTE_PATTERN] = { VIOLATION_PATTERN, tell_pattern },
		[NOTE_FORMAT] = { VIOLATION_PATTERN, tell_pattern },
		[NOTE_LENGTH] = { VIOLATION_LENGTH, tell_length },
		[NOTE_RANGE] = { VIOLATION_RANGE, tell_range },
		[NOTE_OPEN_RANGE] = { VIOLATION_RANGE, tell_open_range },
		[NOTE_UNIT] = { VIOLATION_RANGE, tell_unit },
		[NOTE_KEY_COUNT] = { VIOLATION_COUNT, tell_keys },
		[NOTE_ITEM_COUNT] = { VIOLATION_COUNT, tell_items },
		[NOTE_DUPLICATE] = { VIOLATION_DUPLICATE, tell_duplicate },
		[NOTE_ONE_OF] = { VIOLATION_CHOICE, tell_one_of },
		[NOTE_NOT] = { VIOLATION_CHOICE, tell_not },
		[NOTE_CONTAINS] = { VIOLATION_CHOICE, tell_contains },
		[NOTE_LIMIT] = { VIOLATION_LIMIT, tell_limit },
	};
	static_assert(countof(reasons) == NOTE_REASON_COUNT, "words for each reason");
	struct violation *violation = arena_new(arena, struct violation);
	struct telling telling = { arena, note, violation };
	violation->kind = reasons[note->reason].kind;
	violation->at = note->at;
	violation->value = note->value;
	violation->pointer = arena_str(arena, note->pointer);
	violation->key = note->key;
	violation->schema = note->schema->node;
	reasons[note->reason].tell(&telling);
	return violation;
}
