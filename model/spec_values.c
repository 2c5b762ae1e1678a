#include "spec_parts.h"
#include "ypath.h"

/* Keys of the chart (its values.yaml) and the fields that decide them. */
struct decided {
	const char *value, *field;
};

static const struct decided decided[] = {
	{ "config.kasAddress", "kas.address" },
	{ "config.kasHeaders", "kas.headers" },
	{ "config.kasCaCert", "kas.caCertFile" },
	{ "config.caCert", "kas.caCertFile" },
	{ "config.secretName", "token.secretName" },
	{ "config.receptive.enabled", "receptive" },
	{ "config.api.jwtPublicKey", "receptive.jwtPublicKey" },
	{ "config.operational_container_scanning.enabled", "features.ocs" },
	{ "rbac.create", "rbac.access" },
	{ "rbac.useExistingRole", "rbac.access" },
	{ "serviceAccount.create", "serviceAccount.create" },
};

/* A receptive agent has no such field; the chart reads nothing of it then. */
static bool
is_idle(const struct spec_agent *agent, const char *field)
{
	return str_starts(str_from(field), STR("kas.")) && ynode_get(agent->tree, STR("receptive"));
}

/* Does the value say what the field says? Then it is idle, and harms nobody. */
static bool
agrees(const struct spec_agent *agent, const struct ynode *value, const char *field)
{
	struct str said =
		strcmp(field, "kas.address") == 0 ? agent->kas_address : spec_agent_text(agent, field);
	return ynode_is(value, YNODE_SCALAR) && said.len && str_eq(ynode_str(value), said);
}

/* What is no mapping replaces all that we render below the key; the chart would not render then, anyway. */
static void
check_kinds(struct spec_reader *reader, const struct spec_agent *agent)
{
	static const char *const mappings[] = { "values.config", "values.image", "values.rbac",
		"values.service", "values.serviceAccount" };
	for (size_t i = 0; i < countof(mappings); i++) {
		const struct ynode *value = ypath_dotted(agent->tree, str_from(mappings[i]));
		if (value && !ynode_is(value, YNODE_MAPPING)) {
			(void)spec_agent_error(reader, agent, mappings[i],
				arena_printf(reader->arena, "%s is no mapping, as the chart takes it",
					mappings[i]),
				STR("state single keys below it, or drop it"));
		}
	}
	const struct ynode *env = ypath_dotted(agent->tree, STR("values.extraEnv"));
	if (env && !ynode_is(env, YNODE_SEQUENCE)) {
		(void)spec_agent_error(reader, agent, "values.extraEnv",
			STR("values.extraEnv is no list, as the chart takes it"),
			STR("state a list of variables: [{name: A, value: b}]"));
	}
}

/*
 * The values are merged last, but roles, commands and comments follow the
 * fields: with rbac.create: true here the chart would make the agent
 * cluster-admin beside the least privilege that we render.
 */
void
spec_check_values(struct spec_reader *reader, const struct spec_agent *agent)
{
	check_kinds(reader, agent);
	for (size_t i = 0; i < countof(decided); i++) {
		const char *field = decided[i].field;
		const char *path = arena_printf(reader->arena, "values.%s", decided[i].value).ptr;
		const struct ynode *value = ypath_dotted(agent->tree, str_from(path));
		if (value && !is_idle(agent, field) && !agrees(agent, value, field)) {
			(void)spec_agent_error(reader, agent, path,
				arena_printf(reader->arena, "%s would override %s", path, field),
				arena_printf(reader->arena, "state %s of the agent instead", field));
		}
	}
}
