/* What our model says of a tree: one text, the same as the judge's. */
#ifndef GLAGENT_TEST_KUSTOMIZE_VERDICT_H
#define GLAGENT_TEST_KUSTOMIZE_VERDICT_H

#include "kustomize/build.h"
#include "random_tree.h"

/* "ok", "fails" or "incomplete" with a reason on the first line, then a line for each object: its identity, a
 * blank, and its content as JSON ("?" where that is not known). */
void verdict_of(struct arena *arena, const struct random_tree *tree, struct buf *out);

/* The same of a build. */
void verdict_write(struct buf *out, const struct build *build);

#endif
