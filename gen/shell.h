/*
 * Commands for sh, from words: the only place that quotes. A command is a list
 * of words; a word is a list of pieces, each a text or a variable, so nothing
 * that a spec says is ever read by a shell.
 */
#ifndef GLAGENT_SHELL_H
#define GLAGENT_SHELL_H

#include "buf.h"
#include "ytree.h"

enum { SHELL_COLUMNS = 100 };

/* `text` as one word of sh: bare where it is harmless anywhere in a command, else in single quotes. */
void shell_quote(struct buf *out, struct str text);

/*
 * A pipeline as YAML describes it: a sequence of commands, each a sequence of words. A word is
 *	text			the text itself
 *	[text, {var: name}]	pieces that stand together; the variable in double quotes
 *	{word: text}		the text itself, for words that !each makes
 * Written behind what `out` has on its last line, on that line where SHELL_COLUMNS allow; else with a line
 *for each command, itself continued before an option. Further lines begin at `indent`, at least 1. No line
 *end is added.
 */
void shell_pipeline(struct buf *out, const struct ynode *pipeline, size_t indent);

#endif
