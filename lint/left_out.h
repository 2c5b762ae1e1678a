/* What rules ask of Flux's source filter: .sourceignore, and spec.ignore of the source that a root reads. */
#ifndef GLAGENT_LEFT_OUT_H
#define GLAGENT_LEFT_OUT_H

#include "flux/ignore.h"
#include "rule.h"

/* The patterns that count for what `root` reads. */
void left_out_patterns(struct arena *arena, const struct repository *repository, const struct flux_root *root,
	struct ignore *ret_ignore);

/* Would Flux's default patterns leave the file out, which patterns of one's own have cancelled? */
bool left_out_by_default(struct arena *arena, const struct ignore *ignore, const struct file *file);

/* Adds the place of a pattern that is no default to a finding. */
void left_out_relate(struct lint *lint, struct finding *finding, const struct flux_root *root,
	const struct ignore_pattern *pattern, const char *what);

/* spec.ignore of the root's source; NULL when it has none. */
const struct ynode *left_out_spec(const struct flux_root *root);

#endif
