/*
 * JSON Schema over trees: those of schemas/ for us and for editors, CRDs later.
 *
 * Vocabulary: draft-07's type, enum, const, properties, required,
 * additionalProperties, patternProperties, propertyNames, minProperties,
 * maxProperties, dependencies, items (one schema or a list), additionalItems,
 * minItems, maxItems, uniqueItems, contains, minLength, maxLength, pattern,
 * minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format,
 * allOf, anyOf, oneOf, not, if, then, else, $ref (within the document),
 * definitions and $defs; annotations title, description, default, examples,
 * deprecated, $schema, $id, $comment and any x-…. Anything else makes
 * schema_new fail, so that a typo cannot switch a check off.
 *
 * A violation points at the offending node, never at "anyOf": of the branches
 * that failed, the one that got deepest speaks; where all want but another
 * type, word or key of the same place, they are said together. `x-expected`
 * beside `pattern` puts the pattern into words ("a name such as a-1");
 * `x-secret: true` keeps a value out of messages.
 *
 * Aliases are followed, keys of `<<` mappings count, and of equal keys the last
 * counts, as in every reader of the files we judge.
 */
#ifndef GLAGENT_SCHEMA_H
#define GLAGENT_SCHEMA_H

#include "error.h"
#include "yscalar.h"

enum {
	SCHEMA_STEPS_MAX = 4 * 1000 * 1000, /* node visits of one check; aliases make trees into graphs */
	SCHEMA_VIOLATIONS_MAX = 1000,
};

/* A format that the caller knows; the others are annotations. */
struct schema_format {
	const char *name;             /* "dns-label" */
	bool (*is_valid)(struct str); /* of a string's text */
	const char
		*expected; /* what a valid one looks like: ends a message, "at most 63 of a-z, 0-9 and -" */
};

struct schema_options {
	enum ydialect dialect;
	bool null_is_absent; /* protojson: null for a key of `properties` counts as if it were not there */
	bool integers_in_strings; /* protojson: "10" is an integer too */
};

enum violation_kind {
	VIOLATION_TYPE,
	VIOLATION_VALUE,       /* enum, const */
	VIOLATION_UNKNOWN_KEY, /* at the key */
	VIOLATION_MISSING_KEY, /* at the key whose mapping lacks it, or the list item, or the root */
	VIOLATION_PATTERN,     /* pattern, format */
	VIOLATION_LENGTH,
	VIOLATION_RANGE,
	VIOLATION_COUNT,     /* of items or keys */
	VIOLATION_DUPLICATE, /* uniqueItems, at the second */
	VIOLATION_CHOICE,    /* oneOf with two matches, not, contains */
	VIOLATION_LIMIT,     /* SCHEMA_STEPS_MAX */
	VIOLATION_KIND_COUNT,
};

struct violation {
	enum violation_kind kind;
	const struct ynode *at;    /* where to point */
	const struct ynode *value; /* the offending value, or the mapping of an unknown or missing key */
	struct str pointer;        /* JSON pointer of `value` in the instance; list items by index */
	struct str key;            /* of unknown and missing keys */
	struct str message;        /* one line: "expected a string, found an integer" */
	struct str suggestion;     /* nearest allowed word when near enough, else empty */
	struct str allowed; /* the allowed words, "a, b or c"; empty when there are none or more than 20 */
	const struct ynode *schema; /* the sub-schema that said so: its x-… annotations and description */
	const struct violation *next;
};

struct schema; /* compiled, const, shared by all threads; lives in its arena, patterns included */

/* NULL with *reterr: unknown keyword, bad pattern, dangling $ref (with its JSON pointer). `formats` ends with
 * a NULL name and must outlive the schema; NULL for none. */
const struct schema *schema_new(struct arena *arena, const struct ynode *root,
	const struct schema_format *formats, struct error *reterr) NODISCARD;

/* Frees what the schema holds outside its arena (compiled patterns). */
void schema_release(const struct schema *schema);

/* Every violation in document order; NULL when `instance` is valid. */
const struct violation *schema_check(struct arena *arena, const struct schema *schema,
	const struct ynode *instance, const struct schema_options *options);

#endif
