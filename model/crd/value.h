/*
 * Values of an object as the API server sees them once it has pruned nulls and
 * filled in defaults: a node, and the schema that is in force where it stands.
 * What only somebody else can know (a variable, an encrypted text, a merge
 * key) is open, and so is what depends on it.
 */
#ifndef GLAGENT_CRD_VALUE_H
#define GLAGENT_CRD_VALUE_H

#include "yscalar.h"

enum crd_kind {
	CRD_ABSENT,
	CRD_OPEN,
	CRD_NULL,
	CRD_BOOL,
	CRD_INTEGER,
	CRD_NUMBER, /* with a fraction, or too large for 64 bits */
	CRD_STRING,
	CRD_LIST,
	CRD_MAP,
};

struct crd_value {
	enum crd_kind kind;
	bool is_default;            /* the schema says so, not the object */
	const struct ynode *node;   /* no alias; NULL when absent */
	const struct ynode *schema; /* a structural schema; NULL where there is none */
	const struct ynode *key;    /* where the entry that leads to it stands; NULL for items */
	const char *why;            /* it is open */
};

struct crd_value crd_value_of(const struct ynode *node, const struct ynode *schema);

/* Where an entry stands: its key or, where a patch made that, its value. */
const struct ynode *crd_entry_place(const struct ynode *key);

/* Of a map or a list. A null that may be none becomes the default, or is absent. */
struct crd_value crd_value_member(const struct crd_value *map, struct str key);
struct crd_value crd_value_item(const struct crd_value *list, const struct ynode *item);

/* Keys of a map that has been pruned and filled in; false when a schema does not say it. */
bool crd_value_count(const struct crd_value *map, size_t *ret_count) NODISCARD;

/* A number with an exponent, so large that readers differ on whether it is an integer? */
bool crd_value_is_vast(const struct crd_value *value);

/* An integer, or a number without fraction? */
bool crd_value_is_whole(const struct crd_value *value);

/* What a schema says of the values of `key`; NULL: nothing. */
const struct ynode *crd_schema_member(const struct ynode *schema, struct str key);

bool crd_schema_flag(const struct ynode *schema, struct str keyword);

/* Does the object keep fields that the schema does not declare? */
bool crd_schema_keeps_unknown(const struct ynode *schema);

#endif
