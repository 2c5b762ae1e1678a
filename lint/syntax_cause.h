/* Why a file does not parse: each cause has a rule of its own, so that one fault is one finding. */
#ifndef GLAGENT_SYNTAX_CAUSE_H
#define GLAGENT_SYNTAX_CAUSE_H

#include "files.h"

enum syntax_cause {
	CAUSE_NONE,     /* it parses, or is a template, which is not YAML yet */
	CAUSE_GRAMMAR,  /* YM001 */
	CAUSE_TAB,      /* YM003 */
	CAUSE_LIMIT,    /* YM009 */
	CAUSE_CONFLICT, /* YM013 */
};

enum syntax_cause syntax_cause(const struct file *file);

/* The blanks that indent the line of `offset`. */
struct span indentation_at(struct str text, uint32_t offset);

/* Lines that git leaves where it could not merge; a common ancestor's part may stand before `middle`. */
struct conflict {
	struct span ours, middle, theirs; /* "<<<<<<< …", "=======", ">>>>>>> …" */
};

/* The first whole conflict at or after `from`. */
bool conflict_next(struct str text, uint32_t from, struct conflict *ret_conflict) NODISCARD;

#endif
