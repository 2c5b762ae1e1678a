/* Making the fixes of findings: a round makes those that do not touch one another, and the next begins with
 * reading. */
#ifndef GLAGENT_FIX_H
#define GLAGENT_FIX_H

#include "buf.h"
#include "engine.h"

enum { FIX_ROUNDS_MAX = 100 }; /* what inserts at one place waits for the next round */

/*
 * Writes what the safe fixes of a run make of its files, below `root_fd`; with
 * `unsafe` the others, too. A text with a byte-order mark, or one that was YAML and would not be any more is
 * left as it is. *ret_count is the number of findings that were mended: 0 ends
 * the rounds. False with *reterr when a file cannot be written.
 */
bool fix_round(const struct lint_run *run, int root_fd, bool unsafe, size_t *ret_count,
	struct error *reterr) NODISCARD;

/* Appends the unified diff of what the first round would write, secrets masked; returns how many findings it
 * mends. */
size_t fix_diff(struct buf *out, const struct lint_run *run, bool unsafe);

#endif
