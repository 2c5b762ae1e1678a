/* How one scalar is written: plain, `|` or quoted. Internal to the emitter. */
#ifndef GLAGENT_YEMIT_SCALAR_H
#define GLAGENT_YEMIT_SCALAR_H

#include "buf.h"
#include "ytree.h"

enum yform {
	YFORM_PLAIN,
	YFORM_LITERAL, /* needs lines of its own */
	YFORM_DOUBLE,
};

/* Where the scalar stands decides what it may look like. */
enum yplace {
	YPLACE_BLOCK, /* a value or item of a block collection */
	YPLACE_KEY,   /* a mapping's key: one line */
	YPLACE_FLOW,  /* inside [ ] or { }: one line, and "," ends it */
};

enum yform yemit_form(const struct ynode *scalar, enum yplace place);

/* Appends a scalar of the plain or double form. */
void yemit_line(struct buf *out, const struct ynode *scalar, enum yform form);

/* Appends `|` with its chomping, `beside` (a comment, or empty), then the lines, without the last line end.
 */
void yemit_literal(struct buf *out, struct str text, size_t indent, struct str beside);

/* Appends "!tag " as it has to be spelled; nothing for an empty tag. */
void yemit_tag(struct buf *out, struct str tag);

#endif
