/* The hunks of a unified diff, as `diff -u`, patch and git apply write and read them. No I/O. */
#ifndef GLAGENT_DIFF_H
#define GLAGENT_DIFF_H

#include "buf.h"

enum {
	DIFF_CONTEXT = 3,
	DIFF_EDITS_MAX = 1000, /* lines to remove and add; what differs more is shown as replaced whole */
};

/*
 * Appends the hunks that turn `old` into `new`; nothing when they are equal.
 * The fewest lines, by Myers' "An O(ND) Difference Algorithm and Its
 * Variations"; beyond DIFF_EDITS_MAX all that lies between the first and the
 * last difference. A last line without its end is followed by the usual remark.
 */
void diff_hunks(struct buf *out, struct str old, struct str new);

#endif
