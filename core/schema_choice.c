/*
 * allOf, anyOf, oneOf, not, if. When no branch of a choice holds, one speaks for all: the one whose complaint
 * lies deepest, for it is what the writer had in mind.
 */
#include "schema_parts.h"

/* How far a branch got: the mark of what is amiss in it. */
enum {
	MARK_TYPE = 0,          /* not even the type is right */
	MARK_DISCRIMINATOR = 1, /* a `kind: const` says that another branch is meant */
	MARK_DEEPER = 2,
};

struct branch {
	struct notes notes;
	const struct note *verdict; /* the note that says it is another branch, or NULL */
	size_t mark;
};

static bool
holds(struct check *check, const struct subschema *schema, const struct place *place)
{
	struct notes *notes = check->notes;
	check->notes = NULL;
	bool ok = check_place(check, schema, place);
	check->notes = notes;
	return ok;
}

/* A key whose words every branch limits tells the branches apart; one that a single branch fixes does too. */
static bool
is_discriminator(const struct note *note, const struct subschemas *schemas)
{
	for (size_t i = 0; i < schemas->len && !note->schema->constant; i++) {
		const struct subschema *branch = schemas->items[i];
		while (branch->ref) {
			branch = branch->ref;
		}
		const struct subschema *property = map_get(&branch->properties, note->name);
		if (!property || !(property->allowed || property->constant)) {
			return false;
		}
	}
	return true;
}

static void
judge(struct branch *branch, const struct subschemas *schemas, const struct place *place)
{
	branch->mark = MARK_DEEPER;
	for (size_t i = 0; i < branch->notes.len; i++) {
		const struct note *note = branch->notes.items[i];
		size_t below = note->depth - place->depth;
		if (note->reason == NOTE_TYPE && below == 0) {
			branch->verdict = note;
			branch->mark = MARK_TYPE;
			return;
		}
		if (note->reason == NOTE_VALUE && below == 1 && is_discriminator(note, schemas)) {
			branch->verdict = note;
			branch->mark = MARK_DISCRIMINATOR;
		}
		size_t mark = MARK_DEEPER + 2 * below + (note->reason != NOTE_TYPE);
		if (!branch->verdict && mark > branch->mark) {
			branch->mark = mark;
		}
	}
	if (!branch->verdict && branch->notes.len == 1) {
		branch->verdict = branch->notes.items[0];
	}
}

static bool
is_joinable(enum note_reason reason)
{
	return reason == NOTE_TYPE || reason == NOTE_VALUE || reason == NOTE_MISSING_KEY;
}

/* Where branches differ only in the word or type they want, all these are said in one note: true then. */
static bool
join(struct check *check, const struct branch *branches, size_t len, const struct branch *best,
	struct notes *notes)
{
	bool all = best->verdict && is_joinable(best->verdict->reason);
	struct note *joined = arena_new(check->scratch, struct note);
	if (!all) {
		return false;
	}
	*joined = *best->verdict;
	joined->same = NULL;
	const struct note **tail = &joined->same;
	for (size_t i = 0; i < len; i++) {
		const struct note *other = branches[i].verdict;
		bool same = other && other->reason == joined->reason && other->value == joined->value;
		all = all && (same || branches[i].mark < best->mark);
		if (same && &branches[i] != best) {
			struct note *link = arena_new(check->scratch, struct note);
			*link = *other;
			*tail = link;
			tail = &link->same;
			joined->types |= other->types;
		}
	}
	if (all) {
		vec_push(check->scratch, notes, joined);
	}
	return all;
}

static void
speak(struct check *check, const struct branch *branches, size_t len)
{
	const struct branch *best = &branches[0];
	for (size_t i = 1; i < len; i++) {
		best = branches[i].mark > best->mark ? &branches[i] : best;
	}
	if (join(check, branches, len, best, check->notes)) {
		return;
	}
	for (size_t i = 0; i < best->notes.len && !notes_full(check->notes); i++) {
		vec_push(check->scratch, check->notes, best->notes.items[i]);
	}
}

/* Number of branches that hold; with none, says why. anyOf needs no second one. */
static size_t
count_branches(struct check *check, const struct subschemas *schemas, const struct place *place,
	bool first_is_enough)
{
	struct notes *notes = check->notes;
	bool explain = notes && !notes_full(notes);
	struct branch *branches = arena_new_n(check->scratch, struct branch, explain ? schemas->len : 0);
	size_t count = 0;
	for (size_t i = 0; i < schemas->len && !(count > 0 && first_is_enough); i++) {
		check->notes = explain ? &branches[i].notes : NULL;
		count += check_place(check, schemas->items[i], place);
		if (explain) {
			judge(&branches[i], schemas, place);
		}
	}
	check->notes = notes;
	if (count == 0 && explain) {
		speak(check, branches, schemas->len);
	}
	return count;
}

static bool
check_one_of(struct check *check, const struct subschema *schema, const struct place *place)
{
	size_t count = schema->one_of.len ? count_branches(check, &schema->one_of, place, false) : 1;
	if (count > 1 && !check->stopped) {
		check_note(check, NOTE_ONE_OF, schema, place)->count = count;
	}
	return count == 1;
}

static bool
check_condition(struct check *check, const struct subschema *schema, const struct place *place)
{
	if (!schema->condition) {
		return true;
	}
	const struct subschema *branch =
		holds(check, schema->condition, place) ? schema->then : schema->otherwise;
	return !branch || check_place(check, branch, place);
}

bool
check_choices(struct check *check, const struct subschema *schema, const struct place *place)
{
	bool ok = true;
	for (size_t i = 0; i < schema->all_of.len; i++) {
		ok = check_place(check, schema->all_of.items[i], place) && ok;
	}
	if (schema->any_of.len) {
		ok = count_branches(check, &schema->any_of, place, true) > 0 && ok;
	}
	ok = check_one_of(check, schema, place) && ok;
	if (schema->not &&holds(check, schema->not, place) && !check->stopped) {
		check_note(check, NOTE_NOT, schema, place);
		ok = false;
	}
	return check_condition(check, schema, place) && ok;
}
