/* Which rules run: --select and --ignore. */
#ifndef GLAGENT_SELECT_H
#define GLAGENT_SELECT_H

#include "options.h"

/*
 * Fills `ret_selected`, one a rule of rule_table: what `select` names (all
 * but strict rules when it is empty) without what `ignore` names. A word is a code
 * (FX004), a name (parse-error), the beginning of codes (FX, AC01) or ALL.
 * False with *reterr, and the nearest name, for a word that means no rule.
 */
bool select_rules(const struct option_list *select, const struct option_list *ignore, bool *ret_selected,
	struct error *reterr) NODISCARD;

/* A name or code near `word`, or NULL. */
const char *select_nearest(struct arena *arena, const char *word);

#endif
