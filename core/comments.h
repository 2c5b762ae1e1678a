/*
 * Comments of a parsed source. libyaml drops them; they are found again in the
 * gaps between scalars: a '#' behind a blank or at a line's start is a comment
 * exactly when it lies in such a gap, or on the header line of a block scalar.
 */
#ifndef GLAGENT_COMMENTS_H
#define GLAGENT_COMMENTS_H

#include "ytree.h"

/*
 * Hangs every comment and blank line of `source` on the entry (mapping key or
 * sequence item) it speaks of: a comment alone on its line belongs to the
 * entry that starts next, one behind text to the entry that started last, one
 * that nothing follows to its document's foot. `docs` must be the parse of all
 * of `source`, not shared with any other thread.
 */
void comments_attach(struct arena *arena, const struct source *source, const struct ydoc *docs);

#endif
