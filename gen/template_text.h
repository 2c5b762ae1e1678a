/* ${…} in template text. Internal to the template engine. */
#ifndef GLAGENT_TEMPLATE_TEXT_H
#define GLAGENT_TEMPLATE_TEXT_H

#include "template.h"

/* The node at a dotted path, its first name looked up through the scopes; NULL when absent. */
const struct ynode *scope_get(const struct scope *scope, struct str path);

enum fill_result {
	FILL_OK,
	FILL_ABSENT, /* something that the text names is not there */
	FILL_FAILED, /* *ret_problem says why */
};

/* `text` with every ${path} filled in. */
enum fill_result text_fill(struct arena *arena, struct str text, const struct scope *scope,
	struct str *ret_text, struct str *ret_problem);

/* Comment lines likewise; lines that name something absent go, and no value can end a comment. */
enum fill_result comment_fill(struct arena *arena, struct str lines, const struct scope *scope,
	struct str *ret_lines, struct str *ret_problem);

/* Next "${path}" of *rest: false at the end. *ret_before is the text before it; "$${" is no hole but gives
 * "${". */
bool text_next(struct str *rest, struct str *ret_before, struct str *ret_path, bool *ret_is_hole);

#endif
