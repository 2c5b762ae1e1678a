/* What the readers of installs share: values in layers. */
#ifndef GLAGENT_INSTALL_PARTS_H
#define GLAGENT_INSTALL_PARTS_H

#include "installs.h"

struct install_reader {
	struct arena *arena;
	const struct files *files;
	struct installs *installs;
};

/* Lays a mapping over the values; anything else may be any values. NULL is an empty file. */
void values_lay(struct arena *arena, struct install *install, const struct ynode *over);

/* Something unread is laid over them. */
void values_open(struct arena *arena, struct install *install);

/*
 * The text of a values file as a tree for values_lay: YAML 1.1's booleans are
 * spelled as 1.2's. False when it is not clear what Helm reads in it.
 */
bool values_read(struct arena *arena, const struct source *source, uint32_t id,
	const struct ynode **ret_tree) NODISCARD;
bool values_clean(struct arena *arena, const struct ynode *tree, const struct ynode **ret_tree) NODISCARD;

/* A scalar that stands for what is not known. */
const struct ynode *values_unknown(struct arena *arena);

/* Reads the HelmRelease; false when it is none of the agent's chart. */
bool install_of_release(
	struct install_reader *reader, const struct applied *applied, struct install *ret_install) NODISCARD;

#endif
