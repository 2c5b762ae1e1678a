/* What the files of the schema validator share: the compiled form, and what a check notes down. */
#ifndef GLAGENT_SCHEMA_PARTS_H
#define GLAGENT_SCHEMA_PARTS_H

#include "decimal.h"
#include "map.h"
#include "regex.h"
#include "schema.h"
#include "vec.h"

/* Bits of subschema.types. JSON knows one kind of number: an integer is one without fraction. */
enum json_type {
	JSON_TYPE_NULL = 1,
	JSON_TYPE_BOOLEAN = 2,
	JSON_TYPE_INTEGER = 4,
	JSON_TYPE_NUMBER = 8,
	JSON_TYPE_STRING = 16,
	JSON_TYPE_ARRAY = 32,
	JSON_TYPE_OBJECT = 64,
};

struct subschemas {
	const struct subschema **items;
	size_t len, cap;
};

struct names {
	struct str *items;
	size_t len, cap;
};

/* A schema that is to hold for what a pattern matches (patternProperties) or when a key stands
 * (dependencies). */
struct condition {
	struct str key; /* the pattern's text, or the key */
	const struct regex *pattern;
	struct names required; /* of dependencies */
	const struct subschema *then;
};

struct conditions {
	struct condition *items;
	size_t len, cap;
};

struct limits {
	const struct decimal *least, *most;
};

/* One schema object, keyword by keyword; NULL, 0 and empty where a keyword is absent. */
struct subschema {
	const struct ynode *node; /* as written */
	struct str pointer;       /* where */
	bool nothing;             /* the schema `false` */
	unsigned types;
	const struct ynode *allowed; /* enum: its list */
	const struct ynode *constant;

	struct map properties; /* name -> struct subschema */
	struct conditions patterns, dependencies;
	const struct subschema *additional, *key_names;
	struct names required;
	struct limits keys;

	struct subschemas tuple; /* items as a list */
	const struct subschema *items, *more_items, *contains;
	struct limits count;
	bool unique;

	struct limits length, range, open_range;
	const struct decimal *unit; /* multipleOf */
	const struct regex *pattern;
	struct str pattern_text;
	const struct schema_format *format;

	struct subschemas all_of, any_of, one_of;
	const struct subschema * not, *condition, *then, *otherwise;
	const struct subschema *ref; /* every other keyword of the object is ignored then */
};

struct schema {
	const struct subschema *root;
	struct regexes {
		struct regex **items;
		size_t len, cap;
	} regexes;
};

/* Where the check is in the instance; lives on the stack. */
struct place {
	const struct place *up;   /* NULL: the root */
	const struct ynode *key;  /* of a mapping's value; NULL for list items and the root */
	const struct ynode *node; /* aliases followed */
	uint32_t index;           /* among the siblings */
	uint32_t depth;
	bool is_key; /* `node` is the key itself: always a string */
};

enum note_reason {
	NOTE_TYPE,
	NOTE_VALUE,   /* enum, const */
	NOTE_NOTHING, /* the schema `false` */
	NOTE_UNKNOWN_KEY,
	NOTE_MISSING_KEY,
	NOTE_DEPENDENT_KEY, /* `because` asks for `key` */
	NOTE_PATTERN,
	NOTE_FORMAT,
	NOTE_LENGTH,
	NOTE_RANGE,
	NOTE_OPEN_RANGE,
	NOTE_UNIT,
	NOTE_KEY_COUNT,
	NOTE_ITEM_COUNT,
	NOTE_DUPLICATE,
	NOTE_ONE_OF,
	NOTE_NOT,
	NOTE_CONTAINS,
	NOTE_LIMIT,
	NOTE_REASON_COUNT,
};

/* A violation that has no words yet: most are in a branch of anyOf that will not be heard. */
struct note {
	enum note_reason reason;
	const struct subschema *schema;
	const struct ynode *at, *value;
	struct str key, because;
	struct str name;    /* the key that `value` stands at; empty for list items and the root */
	struct str pointer; /* of `value` */
	uint32_t *path;     /* sibling indices from the root to `at` */
	uint32_t path_len;
	uint32_t depth; /* of `value` */
	size_t order;
	enum json_type found;    /* type of `value` */
	unsigned types;          /* NOTE_TYPE: the allowed ones, of several branches maybe */
	const struct note *same; /* what another branch says of the same place, to be said in one breath */
	size_t count;            /* found: characters, items, keys, matching branches */
	const struct map *keys;  /* NOTE_UNKNOWN_KEY: those of the mapping */
};

struct notes {
	struct note **items;
	size_t len, cap;
};

/* One run of schema_check. */
struct check {
	const struct schema_options *options;
	struct arena *scratch;
	struct notes *notes; /* of the branch being checked; NULL: only whether is asked, not why */
	struct map keys;     /* bytes of a mapping's address -> struct map of its keys */
	size_t steps, noted;
	unsigned depth;
	bool stopped;                /* a limit was reached: the rest is unknown */
	const struct ynode *stop_at; /* there */
	struct note nowhere;         /* where notes go that nobody will read */
};

/* Does `place` hold to `schema`? If not, says why in check->notes. */
bool check_place(struct check *check, const struct subschema *schema, const struct place *place);

/* The same for one group of keywords. */
bool check_mapping(struct check *check, const struct subschema *schema, const struct place *place);
bool check_sequence(struct check *check, const struct subschema *schema, const struct place *place);
bool check_choices(struct check *check, const struct subschema *schema, const struct place *place);

/* Is `count` within the limits? */
bool check_count(struct check *check, const struct limits *limits, size_t count);

/* Counts work done at `node`; false when it is too much. */
bool check_spend(struct check *check, size_t steps, const struct ynode *node);

/* Are there as many notes as anyone will read? Nothing is then to be gained by asking for reasons. */
bool notes_full(const struct notes *notes);

/* Notes that something is amiss at `place`. Never NULL, but goes nowhere when no reasons are asked for. */
struct note *check_note(struct check *check, enum note_reason reason, const struct subschema *schema,
	const struct place *place);

/* The same of the mapping that holds `place`, pointing at its key. */
struct note *check_key_note(struct check *check, enum note_reason reason, const struct subschema *schema,
	const struct place *place);

/* Key text -> key node, of `map` and its `<<` mappings; of equal keys the last. */
const struct map *check_keys(struct check *check, const struct ynode *map);

/* Type of an instance's value, or with YAML_V3 of one in a schema. */
enum json_type json_type_of(struct arena *scratch, const struct ynode *node, enum ydialect dialect);

/* Are the two the same value, as JSON compares: 1.0 is 1, the order of keys is nothing? */
bool check_equal(struct check *check, const struct ynode *a, const struct ynode *b, enum ydialect b_dialect);

/* The first item of a sequence that equals an earlier one, or NULL; *ret_index is its index. */
const struct ynode *check_repetition(struct check *check, const struct ynode *sequence, uint32_t *ret_index);

/* Puts a note into words. */
struct violation *violation_new(struct arena *arena, const struct note *note);

#endif
