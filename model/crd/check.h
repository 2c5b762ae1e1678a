/*
 * An object against the schema of its CustomResourceDefinition, as the API
 * server holds it when it is applied from the server's side: fields that are
 * not declared, then, over pruned nulls and filled-in defaults, the values, the
 * lists' keys and the CEL rules of the simple kinds. A verdict that hangs on
 * something open is no problem; `why_open` says what it was.
 *
 * The schema is read where it is written, so that a problem can point there.
 */
#ifndef GLAGENT_CRD_CHECK_H
#define GLAGENT_CRD_CHECK_H

#include "crd/pattern.h"
#include "ytree.h"

enum {
	CRD_STEPS_MAX = 2 * 1000 * 1000, /* values looked at of one object; aliases make trees into graphs */
	CRD_DEPTH_MAX = 200,
	CRD_PROBLEMS_MAX = 1000,
};

enum crd_problem_kind {
	CRD_PROBLEM_FIELD, /* not declared; at the key */
	CRD_PROBLEM_TYPE,
	CRD_PROBLEM_WORD, /* none of an enum */
	CRD_PROBLEM_PATTERN,
	CRD_PROBLEM_LENGTH,
	CRD_PROBLEM_RANGE,
	CRD_PROBLEM_COUNT,
	CRD_PROBLEM_MISSING, /* at the key whose map lacks it */
	CRD_PROBLEM_CHOICE,  /* anyOf, oneOf, allOf, not */
	CRD_PROBLEM_TWICE,   /* in a list whose items have keys */
	CRD_PROBLEM_RULE,    /* CEL */
};

struct crd_problem {
	enum crd_problem_kind kind;
	const struct ynode *at;     /* with a place, where there is one on the way to the root; else NULL */
	struct str path;            /* "spec.dependsOn[0].name" */
	struct str message;         /* "expected a string, found an integer" */
	struct str suggestion;      /* of an undeclared field or word: the nearest one; may be empty */
	const struct ynode *schema; /* what says so */
};

struct crd_problems {
	struct crd_problem *items;
	size_t len, cap;
	const char *why_open; /* NULL: all was known */
};

/* `schema` is the openAPIV3Schema; status is not looked at: it is not applied. */
void crd_check(struct arena *arena, struct crd_patterns *patterns, const struct ynode *schema,
	const struct ynode *object, struct crd_problems *ret_problems);

#endif
