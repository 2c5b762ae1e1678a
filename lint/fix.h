/* Making the fixes of findings: a round makes those that do not touch one another, and the next begins with
 * reading them. Nothing is written before the last one. */
#ifndef GLAGENT_FIX_H
#define GLAGENT_FIX_H

#include "buf.h"
#include "engine.h"

enum { FIX_ROUNDS_MAX = 100 }; /* what inserts at one place waits for the next round */

/*
 * Puts what the safe fixes of a run make of its files into `texts`, by path, for
 * the next round to read; with `unsafe` the others, too. A text that was YAML and
 * would not be any more, or would repeat a key, does without the fix that breaks it.
 * Returns the number of findings that are mended: 0 ends the rounds.
 */
size_t fix_round(struct arena *arena, const struct lint_run *run, bool unsafe, struct map *texts);

/* Writes the texts over the files of the run. False with *reterr when one cannot be written. */
bool fix_write(
	const struct lint_run *run, int root_fd, const struct map *texts, struct error *reterr) NODISCARD;

/* Appends the unified diff from the files of the run, as they are on disk, to the texts, secrets masked. */
void fix_diff(struct buf *out, const struct lint_run *run, const struct map *texts);

#endif
