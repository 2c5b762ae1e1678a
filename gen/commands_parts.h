/* What the commands_*.c files share: the mapping that templates/commands.yaml places, while it is made. */
#ifndef GLAGENT_COMMANDS_PARTS_H
#define GLAGENT_COMMANDS_PARTS_H

#include "spec.h"

struct commands_builder {
	struct arena *arena;
	const struct spec *spec;
	const struct spec_agent *agent;
	struct ylist map;
};

static inline void
commands_put(struct commands_builder *b, const char *key, struct str value)
{
	ylist_put(&b->map, str_from(key), value.len ? ynode_scalar(b->arena, value, YSTYLE_QUOTED) : NULL);
}

static inline void
commands_put_flag(struct commands_builder *b, const char *key, bool is_set)
{
	ylist_put(&b->map, str_from(key), is_set ? ynode_scalar(b->arena, STR("true"), YSTYLE_PLAIN) : NULL);
}

static inline bool
commands_has(const struct commands_builder *b, const char *key)
{
	return ynode_get(b->map.parent, str_from(key)) != NULL;
}

static inline struct str
str_or_empty(const char *s)
{
	return s ? str_from(s) : STR("");
}

/* commands_install.c: what the installation takes from the cluster and from files, and what an end leaves. */
void commands_put_install(struct commands_builder *b);

#endif
