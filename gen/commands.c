#include "commands.h"

#include "commands_parts.h"
#include "names.h"

/* All but RFC 3986's unreserved characters as %XX: a path segment of the API, or a value of its query. */
static struct str
percent_encoded(struct arena *arena, struct str s)
{
	struct buf out = { .arena = arena };
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
			|| str_has_char(STR("-._~"), c);
		if (plain) {
			buf_add_char(&out, c);
		} else {
			buf_addf(&out, "%%%02X", (unsigned char)c);
		}
	}
	return buf_str(&out);
}

static void
put_gitlab(struct commands_builder *b)
{
	struct str address = str_or_empty(b->spec->view.gitlab.url);
	struct str project = str_or_empty(b->spec->view.gitlab.project);
	struct url url;
	while (str_ends(address, STR("/"))) {
		address = str_first(address, address.len - 1);
	}
	/* glab knows instances by host; one below a path it would ask in the wrong place. */
	if (project.len == 0 || !url_parse(address, &url) || url.path.len > 0) {
		bool is_known = address.len > 0 && !b->spec->is_bare;
		commands_put_flag(b, "byHand", true);
		commands_put(b, "placeByHand",
			is_known ? arena_printf(b->arena, "At %.*s in", STR_ARG(address)) : STR("In"));
		commands_put(b, "projectByHand", project.len ? project : STR("that holds .gitlab/agents"));
		return;
	}
	commands_put_flag(b, "byApi", true);
	commands_put(b, "instance", address);
	commands_put(b, "host",
		url.port.len ? arena_printf(b->arena, "%.*s:%.*s", STR_ARG(url.host), STR_ARG(url.port))
			     : url.host);
	commands_put(b, "project", project);
	commands_put(b, "agents",
		arena_printf(b->arena, "projects/%.*s/cluster_agents",
			STR_ARG(percent_encoded(b->arena, project))));
	commands_put(b, "environments",
		arena_printf(
			b->arena, "projects/%.*s/environments", STR_ARG(percent_encoded(b->arena, project))));
}

static void
put_chart(struct commands_builder *b)
{
	struct str url = str_or_empty(b->spec->view.flux.source.url);
	struct str name = str_or_empty(b->spec->view.flux.source.name);
	if (str_starts(url, STR("oci://"))) {
		commands_put(b, "chartReference", url);
		return;
	}
	commands_put(b, "chartReference", arena_printf(b->arena, "%.*s/gitlab-agent", STR_ARG(name)));
	commands_put(b, "repositoryName", name);
	commands_put(b, "repositoryUrl", url);
}

static void
put_environment(struct commands_builder *b)
{
	const struct agent_spec *view = &b->agent->view;
	struct str name = str_or_empty(view->environment.name);
	bool by_api = ynode_get(b->map.parent, STR("byApi")) != NULL;
	commands_put(b, "environmentQuery",
		name.len && by_api
			? arena_printf(b->arena, "?name=%.*s", STR_ARG(percent_encoded(b->arena, name)))
			: STR(""));
	struct str resource =
		arena_printf(b->arena, "helm.toolkit.fluxcd.io/v2/namespaces/%s/helmreleases/%s",
			b->spec->view.flux.namespace, view->release_name);
	bool by_flux = view->install.method == INSTALL_FLUX;
	commands_put(b, "fluxResource", name.len && by_flux ? resource : STR(""));
	commands_put(b, "dashboard",
		by_flux ? arena_printf(b->arena, "namespace: %s\n        flux_resource_path: %.*s",
			view->namespace, STR_ARG(resource))
			: arena_printf(b->arena, "namespace: %s", view->namespace));
}

static struct str
tools_of(enum install_method method, bool by_api)
{
	switch (method) {
	case INSTALL_HELM:
		return by_api ? STR("helm, kubectl, glab and jq") : STR("helm and kubectl");
	case INSTALL_FLUX:
		return by_api ? STR("git, flux, kubectl, glab and jq") : STR("git, flux and kubectl");
	case INSTALL_KPT:
		return by_api ? STR("kpt, kubectl, glab and jq") : STR("kpt and kubectl");
	case INSTALL_METHOD_COUNT:
		break;
	}
	return STR("");
}

const struct ynode *
commands_derive(struct arena *arena, const struct spec *spec, const struct spec_agent *agent)
{
	const struct agent_spec *view = &agent->view;
	struct commands_builder b = {
		.arena = arena, .spec = spec, .agent = agent, .map = ylist_mapping(arena)
	};
	bool is_receptive = view->receptive.url != NULL;
	bool misses_key = is_receptive && agent->jwt_public_key.len == 0;

	put_gitlab(&b);
	put_chart(&b);
	commands_put_install(&b);
	put_environment(&b);
	commands_put(&b, "tools", tools_of(view->install.method, commands_has(&b, "byApi")));
	commands_put_flag(&b, "withHelm", view->install.method == INSTALL_HELM && !misses_key);
	commands_put_flag(&b, "withFlux", view->install.method == INSTALL_FLUX && !misses_key);
	commands_put_flag(&b, "withKpt", view->install.method == INSTALL_KPT);
	commands_put_flag(&b, "waits", view->install.method != INSTALL_FLUX && !misses_key);
	commands_put_flag(&b, "dials", !is_receptive);
	commands_put_flag(&b, "isDialled", is_receptive);
	commands_put_flag(&b, "missesKey", misses_key);
	commands_put(&b, "keyFile",
		view->receptive.jwt_public_key_file ? str_from(view->receptive.jwt_public_key_file)
						    : STR("jwt-public-key.txt"));
	return b.map.parent;
}
