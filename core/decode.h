/*
 * Typed read-only views of trees that are already known to be good: libcyaml's
 * only door. It is given yemit's spelling of a validated tree, never the bytes
 * of a user: canonical scalars, one document, no aliases. The tree stays the
 * truth; a view is never written back.
 */
#ifndef GLAGENT_DECODE_H
#define GLAGENT_DECODE_H

#include "error.h"
#include "ytree.h"

enum decode_kind {
	DECODE_TEXT,     /* const char *; NULL when absent */
	DECODE_BOOL,     /* bool */
	DECODE_NUMBER,   /* int */
	DECODE_CHOICE,   /* int or an enum of its size: index into `choices` */
	DECODE_MAPPING,  /* a struct within the struct, described by `fields` */
	DECODE_TEXTS,    /* struct decode_texts */
	DECODE_MAPPINGS, /* a struct that is laid out like struct decode_list, items described by `fields` */
	DECODE_OPEN,     /* anything; stays in the tree */
};

struct decode_texts {
	const char *const *items;
	size_t len;
};

struct decode_list {
	const void *items;
	size_t len;
};

struct decode_field {
	const char *key; /* NULL ends a table */
	enum decode_kind kind;
	bool required;
	size_t offset;                     /* of the member; not of DECODE_OPEN */
	const char *const *choices;        /* of DECODE_CHOICE; ends with NULL */
	const struct decode_field *fields; /* of DECODE_MAPPING and DECODE_MAPPINGS */
	size_t size;                       /* of the struct that `fields` describe */
};

enum { DECODE_DEPTH_MAX = 16 }; /* of tables within tables */

/*
 * A zeroed struct of `size` bytes, filled from the mapping `tree`, all of it in `arena`; NULL with *reterr
 * when tree and table disagree, which is a bug of ours. Plain booleans must be spelled true or false,
 * integers in decimal.
 */
const void *decode(struct arena *arena, const struct ynode *tree, const struct decode_field *fields,
	size_t size, struct error *reterr) NODISCARD;

#endif
