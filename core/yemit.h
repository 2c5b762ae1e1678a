/*
 * Writes trees as YAML that every reader takes for the same values: block
 * style, two spaces, indented sequences, `|` for text, quotes wherever some
 * reader would retype the word; comments and blank lines of the nodes kept,
 * foreign tags kept, short all-scalar flow sequences kept flow. Aliases are
 * written out (the caller bounds them); anchors go.
 *
 * parse(emit(x)) is x: same kinds, same texts, plain where it was typed.
 */
#ifndef GLAGENT_YEMIT_H
#define GLAGENT_YEMIT_H

#include "buf.h"
#include "ytree.h"

/* Appends the document, ending with a line end. */
void yemit(struct buf *out, const struct ynode *root);

/* The same as yaml.v3 lays it out, for files that a Go program rewrites: one blank before a comment beside an
 * entry, no blank lines. */
void yemit_tight(struct buf *out, const struct ynode *root);

/* Appends head comments, the document and its foot comments; `---` before it when `separate`. */
void yemit_document(struct buf *out, const struct ydoc *doc, bool separate);

/* Appends one scalar as it would stand as a value on one line: for messages and shell comments. */
void yemit_inline_scalar(struct buf *out, const struct ynode *scalar);

#endif
