#include "agent_grants.h"

#include "vec.h"
#include "yscalar.h"

struct collecting {
	struct arena *arena;
	struct grants grants;
};

static void
collect(const struct agentcfg_access *access, void *context)
{
	struct collecting *collecting = context;
	if (ynode_is(access->id, YNODE_SCALAR) && ynode_str(access->id).len > 0) {
		vec_push(collecting->arena, &collecting->grants, *access);
	}
}

struct grants
grants_collect(struct arena *arena, const struct agentcfg *cfg)
{
	struct collecting collecting = { .arena = arena };
	if (cfg) {
		agentcfg_each_access(cfg, collect, &collecting);
	}
	return collecting.grants;
}

bool
grant_says(const struct ynode *mapping, struct str key)
{
	const struct ynode *value = ynode_get(mapping, key);
	return value && ynode_type(value, YDIALECT_SIGS_YAML) != YTYPE_NULL;
}

bool
grant_is_on(const struct ynode *mapping, struct str key)
{
	const struct ynode *value = ynode_get(mapping, key);
	return ynode_type(value, YDIALECT_SIGS_YAML) == YTYPE_BOOL && yscalar_bool(ynode_str(value));
}

bool
grant_is_as_agent(const struct ynode *entry)
{
	return !grant_says(entry, STR("access_as"))
		|| ynode_get(ynode_get(entry, STR("access_as")), STR("agent"));
}
