/* One tree laid over another; every node keeps its place and comments. */
#ifndef GLAGENT_YMERGE_H
#define GLAGENT_YMERGE_H

#include "ytree.h"

enum ymerge_nulls {
	YMERGE_NULL_IS_VALUE, /* spec defaults, and spec.values into values.yaml: Helm needs the null to
				 arrive */
	YMERGE_NULL_DELETES,  /* effective Helm values, merge patches */
};

/*
 * `over` laid over `base`: mappings merge key by key, anything else replaces.
 * Keys keep base's order, new ones follow in over's. Returns new heads; what
 * is not touched is shared. Aliases are followed, so neither tree may be huge
 * through aliases: the caller bounds them. Either may be NULL.
 */
const struct ynode *ymerge(
	struct arena *arena, const struct ynode *base, const struct ynode *over, enum ymerge_nulls nulls);

#endif
