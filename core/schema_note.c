/* schema_check: one run over an instance, and what it notes down. */
#include "buf.h"
#include "schema_parts.h"

bool
notes_full(const struct notes *notes)
{
	return notes->len >= SCHEMA_VIOLATIONS_MAX;
}

/* From the root down, so the innermost segment comes last. */
static void
add_pointer(struct buf *out, const struct place *place)
{
	if (!place->up) {
		return;
	}
	add_pointer(out, place->up);
	buf_add_char(out, '/');
	struct str segment = ynode_str(place->key);
	if (!place->key) {
		buf_addf(out, "%u", place->index);
	}
	for (size_t i = 0; i < segment.len; i++) {
		char c = segment.ptr[i];
		buf_add(out,
			c == '~'           ? STR("~0")
				: c == '/' ? STR("~1")
					   : (struct str){ &segment.ptr[i], 1 });
	}
}

/* A note of `value`, which is `place` or the mapping that holds it, pointing into `place`. */
static struct note *
note_new(struct check *check, enum note_reason reason, const struct subschema *schema,
	const struct place *place, const struct place *value)
{
	struct note *note = arena_new(check->scratch, struct note);
	struct buf pointer = { .arena = check->scratch };
	add_pointer(&pointer, value);
	note->reason = reason;
	note->schema = schema;
	note->value = value->node;
	note->found = value->is_key ? JSON_TYPE_STRING
				    : json_type_of(check->scratch, value->node, check->options->dialect);
	/* Whoever takes null for nothing at all has no use for it among what is expected. */
	note->types =
		check->options->null_is_absent ? schema->types & ~(unsigned)JSON_TYPE_NULL : schema->types;
	note->depth = value->depth;
	note->name = ynode_str(value->key);
	note->pointer = buf_str(&pointer);
	bool by_key = place != value || reason == NOTE_NOTHING || reason == NOTE_MISSING_KEY;
	note->at = by_key && place->key ? place->key : place->node;
	note->order = check->noted++;
	note->path_len = place->depth;
	note->path = arena_new_n(check->scratch, uint32_t, place->depth);
	for (const struct place *up = place; up->up; up = up->up) {
		note->path[up->depth - 1] = up->index;
	}
	return note;
}

static struct note *
add(struct check *check, enum note_reason reason, const struct subschema *schema, const struct place *place,
	const struct place *value)
{
	if (!check->notes || notes_full(check->notes)) {
		return &check->nowhere;
	}
	struct note *note = note_new(check, reason, schema, place, value);
	vec_push(check->scratch, check->notes, note);
	return note;
}

struct note *
check_note(struct check *check, enum note_reason reason, const struct subschema *schema,
	const struct place *place)
{
	return add(check, reason, schema, place, place);
}

struct note *
check_key_note(struct check *check, enum note_reason reason, const struct subschema *schema,
	const struct place *place)
{
	return add(check, reason, schema, place, place->up);
}

static int
note_cmp(const void *left, const void *right)
{
	const struct note *a = *(struct note *const *)left, *b = *(struct note *const *)right;
	for (uint32_t i = 0; i < a->path_len && i < b->path_len; i++) {
		if (a->path[i] != b->path[i]) {
			return a->path[i] < b->path[i] ? -1 : 1;
		}
	}
	if (a->path_len != b->path_len) {
		return a->path_len < b->path_len ? -1 : 1;
	}
	return a->order < b->order ? -1 : a->order > b->order;
}

/* Two branches of allOf may ask for the same. */
static bool
is_said(const struct violation *const *said, size_t len, const struct violation *violation)
{
	for (size_t i = len; i > 0 && said[i - 1]->at == violation->at; i--) {
		if (str_eq(said[i - 1]->message, violation->message)) {
			return true;
		}
	}
	return false;
}

static const struct violation *
put_into_words(struct arena *arena, struct arena *scratch, const struct notes *notes)
{
	const struct violation *first = NULL, **tail = &first;
	const struct violation **said = arena_new_n(scratch, const struct violation *, notes->len);
	size_t len = 0;
	if (notes->len) {
		qsort(notes->items, notes->len, sizeof(struct note *), note_cmp);
	}
	for (size_t i = 0; i < notes->len; i++) {
		struct violation *violation = violation_new(arena, notes->items[i]);
		if (!is_said(said, len, violation)) {
			said[len++] = violation;
			*tail = violation;
			tail = &violation->next;
		}
	}
	return first;
}

const struct violation *
schema_check(struct arena *arena, const struct schema *schema, const struct ynode *instance,
	const struct schema_options *options)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct notes notes = { 0 };
	struct check check = { .options = options, .scratch = &scratch, .notes = &notes };
	struct place root = { .node = ynode_follow(instance) };
	(void)check_place(&check, schema->root, &root);
	if (check.stopped) {
		struct place place = { .node = check.stop_at };
		vec_push(&scratch, &notes, note_new(&check, NOTE_LIMIT, schema->root, &place, &place));
	}
	return put_into_words(arena, &scratch, &notes);
}
