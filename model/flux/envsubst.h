/*
 * Variables in a text as Flux puts values in their places (fluxcd/pkg/envsubst):
 * only `${` opens one, `$$` is a dollar sign, and what cannot be read ends the
 * whole build. Plain variables and those with a default are evaluated; of the
 * other operators only their grammar is known.
 */
#ifndef GLAGENT_FLUX_ENVSUBST_H
#define GLAGENT_FLUX_ENVSUBST_H

#include "map.h"

enum envsubst_fault {
	ENVSUBST_FINE,
	ENVSUBST_NO_NAME,      /* no variable's name behind `${` */
	ENVSUBST_NO_BRACE,     /* no `}` behind the name */
	ENVSUBST_BAD,          /* an operator without what it needs */
	ENVSUBST_NO_PARAMETER, /* an operator before a `}`, or without one */
	ENVSUBST_NO_DEFAULT,
};

struct envsubst_value {
	struct str text;
	bool is_known; /* it is set, but to what is not known when false */
};

struct envsubst_scope {
	struct map values; /* name -> struct envsubst_value */
	bool is_open;      /* others may be set */
};

struct envsubst_use {
	struct str name;
	size_t at;        /* of its `$` */
	bool has_default; /* an operator that does without the variable */
};

struct envsubst {
	struct str text; /* the result, of no meaning when it is not known */
	bool is_known;
	enum envsubst_fault fault; /* the first one; nothing behind it is read */
	size_t fault_at;           /* the `$` of the innermost variable that it is in */
	bool is_open; /* what follows the text decides, or a letter that is not ASCII: says nothing then */
	struct {
		struct envsubst_use *items;
		size_t len, cap;
	} uses; /* in the order of evaluation: what is inside comes first */
};

/* Names and values are of `text`, of `scope` or in `arena`. */
void envsubst_evaluate(struct arena *arena, struct str text, const struct envsubst_scope *scope,
	struct envsubst *ret_result);

/* The words of the controller: "missing closing brace". */
const char *envsubst_fault_text(enum envsubst_fault fault);

/* May a variable be called so? Flux refuses all when one of them may not. */
bool envsubst_is_name(struct str name);

/* Is the variable set, or may it be? */
bool envsubst_may_be_set(const struct envsubst_scope *scope, struct str name);

#endif
