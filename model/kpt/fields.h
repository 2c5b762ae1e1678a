/*
 * What kpt makes of the fields of a Kptfile: those of kpt.dev/v1 in any kpt up
 * to 1.0.0-beta.67. Their types are Go's: any scalar will do for a string, null is as good
 * as absent, and a key that stands twice is refused.
 */
#ifndef GLAGENT_KPT_FIELDS_H
#define GLAGENT_KPT_FIELDS_H

#include "ytree.h"

enum kptfile_problem_kind { KPTFILE_UNKNOWN, KPTFILE_WRONG_TYPE, KPTFILE_TWICE };

struct kptfile_problem {
	enum kptfile_problem_kind kind;
	const struct ynode *at;  /* a key, or the value of another type */
	struct str name;         /* of the field */
	const char *expected;    /* "a list of strings"; of KPTFILE_WRONG_TYPE */
	struct str suggestion;   /* of KPTFILE_UNKNOWN: the field that is meant; empty when none is near */
	const struct ynode *map; /* that holds the key */
};

struct kptfile_problems {
	struct kptfile_problem *items; /* in document order */
	size_t len, cap;
};

/* `root` is a mapping. */
void kptfile_check(struct arena *arena, const struct ynode *root, struct kptfile_problems *ret_problems);

#endif
