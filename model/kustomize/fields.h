/*
 * The fields of a kustomization file with their types (api/types of kustomize
 * 5.5), as Go's JSON reader takes them: keys match whatever their case, null is
 * nothing, a field that is not known is an error at any depth.
 */
#ifndef GLAGENT_KUSTOMIZE_FIELDS_H
#define GLAGENT_KUSTOMIZE_FIELDS_H

#include "yscalar.h"

enum field_problem_kind { FIELD_UNKNOWN, FIELD_WRONG_TYPE, FIELD_TWICE };

struct field_problem {
	enum field_problem_kind kind;
	const struct ynode *at; /* the key of an unknown field, else the value */
	struct str name;        /* of the field, as written */
	struct str expected;    /* FIELD_WRONG_TYPE: "a string", "a list of strings" */
	struct str suggestion;  /* FIELD_UNKNOWN: a known field that is spelled much like it; else empty */
};

struct field_problems {
	struct field_problem *items;
	size_t len, cap;
};

/* Everything that the reader refuses in a document (model/tojson.h), in the order of the text. */
void kustomization_check(struct arena *arena, const struct ynode *root, struct field_problems *problems);

/* Value of a field of a document or an entry, whatever its case; NULL when absent or null. */
const struct ynode *kustomization_field(const struct ynode *map, struct str name);

/* Its key. */
const struct ynode *kustomization_key(const struct ynode *map, struct str name);

/* Text of a field that is a string; empty when absent. */
struct str kustomization_text(const struct ynode *map, struct str name);

bool kustomization_bool(const struct ynode *map, struct str name);

/* First item of a field that is a list, or NULL. */
const struct ynode *kustomization_items(const struct ynode *map, struct str name);

#endif
