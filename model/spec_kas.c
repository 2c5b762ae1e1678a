#include "names.h"
#include "spec_parts.h"

/*
 * Where KAS is when nobody says so (docs.gitlab.com/administration/clusters/kas):
 * GitLab.com and Dedicated serve it under a host of its own, Omnibus under a
 * path of the instance. An instance below a path of its host has no rule.
 */
static enum kas_origin
derive(struct arena *arena, struct str gitlab, struct str *ret_address)
{
	struct url url;
	if (!url_parse(gitlab, &url) || (url.path.len && !str_eq(url.path, STR("/")))) {
		return KAS_UNKNOWN;
	}
	if (str_eq_nocase(url.host, STR("gitlab.com"))) {
		*ret_address = STR("wss://kas.gitlab.com");
		return KAS_GITLAB_COM;
	}
	if (str_ends(url.host, STR(".gitlab-dedicated.com"))) {
		*ret_address = arena_printf(arena, "wss://kas.%.*s", STR_ARG(url.host));
		return KAS_DEDICATED;
	}
	*ret_address = arena_printf(arena, "%s://%.*s%s%.*s/-/kubernetes-agent/",
		str_eq(url.scheme, STR("http")) ? "ws" : "wss", STR_ARG(url.host), url.port.len ? ":" : "",
		STR_ARG(url.port));
	return KAS_OMNIBUS;
}

void
spec_derive_kas(struct spec_reader *reader, struct spec_agent *agent)
{
	struct str stated = spec_agent_text(agent, "kas.address");
	struct str gitlab = ynode_str(ynode_at(reader->spec->tree, "gitlab", "url", NULL));

	agent->kas_origin = KAS_UNKNOWN;
	if (ynode_get(agent->tree, STR("receptive"))) {
		return;
	}
	if (stated.len) {
		agent->kas_origin = KAS_STATED;
		agent->kas_address = stated;
		return;
	}
	agent->kas_origin = derive(reader->arena, gitlab, &agent->kas_address);
	if (agent->kas_origin == KAS_UNKNOWN && name_is_web_url(gitlab)) {
		(void)spec_agent_error(reader, agent, "kas",
			arena_printf(reader->arena,
				"agent \"%.*s\" has no KAS address, and \"%.*s\" is below a path, so none "
				"can be "
				"derived",
				STR_ARG(spec_agent_text(agent, "name")), STR_ARG(gitlab)),
			STR("state kas.address"));
	}
}
