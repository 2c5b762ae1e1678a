#include "context.h"

#include "buf.h"
#include "names.h"
#include "rbac.h"
#include "shell.h"
#include "versions.h"
#include "ypath.h"

enum { API_PORT = 8082, PRIVATE_API_PORT = 8081 }; /* the chart's own */

static const struct ynode *
text(struct arena *arena, struct str s)
{
	return s.len ? ynode_scalar(arena, s, YSTYLE_QUOTED) : NULL;
}

static const struct ynode *
truth(struct arena *arena, bool is_true)
{
	return is_true ? ynode_scalar(arena, STR("true"), YSTYLE_PLAIN) : NULL;
}

static struct str
kas_note(enum kas_origin origin)
{
	switch (origin) {
	case KAS_GITLAB_COM:
		return STR("GitLab.com's own.");
	case KAS_DEDICATED:
		return STR("Derived from gitlab.url as GitLab Dedicated serves it.");
	case KAS_OMNIBUS:
		return STR("Derived from gitlab.url as Omnibus serves it; state kas.address where yours "
			   "differs.");
	case KAS_STATED:
	case KAS_UNKNOWN:
		break;
	}
	return STR("");
}

static const struct ynode *
derive_kas(struct arena *arena, const struct spec_agent *agent)
{
	struct ylist map = ylist_mapping(arena);
	struct str chart = agent->view.chart.version ? str_from(agent->view.chart.version) : STR("");
	bool is_new = chart_has(chart, CHART_KAS_CA_CERT);

	if (agent->view.receptive.url) {
		return map.parent;
	}
	ylist_put(&map, STR("address"), text(arena, agent->kas_address));
	ylist_put(&map, STR("note"), text(arena, kas_note(agent->kas_origin)));
	ylist_put(&map, STR("headers"), ypath_dotted(agent->tree, STR("kas.headers")));
	ylist_put(&map, STR("caCertFile"), ypath_dotted(agent->tree, STR("kas.caCertFile")));
	ylist_put(&map, is_new ? STR("kasCaCert") : STR("caCert"), text(arena, agent->ca_pem));
	return map.parent;
}

static const struct ynode *
derive_chart(struct arena *arena, const struct spec *spec, const struct spec_agent *agent)
{
	struct ylist map = ylist_mapping(arena);
	bool is_stated = agent->view.chart.version != NULL && !spec->is_bare;
	struct str version = is_stated ? str_from(agent->view.chart.version)
		: spec->is_bare        ? chart_newest()
				       : STR("");
	struct str brought = chart_agent_version(version);

	ylist_put(&map, STR("version"), text(arena, version));
	ylist_put(&map, STR("agent"), text(arena, brought));
	if (version.len) {
		ylist_put(&map, STR("note"),
			text(arena,
				arena_printf(arena, "Chart version %.*s%s%.*s%s.", STR_ARG(version),
					brought.len ? ", which brings agentk " : "", STR_ARG(brought),
					is_stated ? "" : ", the newest that is known here")));
	}
	return map.parent;
}

/* The chart refuses two ports that differ; whichever the user's values state decides for both. */
static void
put_port(struct ylist *map, const struct ynode *values, const char *const paths[2], int usual,
	struct str port_key, struct str address_key)
{
	int port = spec_stated_port(values, paths[0]);
	port = port ? port : spec_stated_port(values, paths[1]);
	port = port ? port : usual;
	ylist_put(
		map, port_key, ynode_scalar(map->arena, arena_printf(map->arena, "%d", port), YSTYLE_PLAIN));
	ylist_put(map, address_key, text(map->arena, arena_printf(map->arena, ":%d", port)));
}

static const struct ynode *
derive_receptive(struct arena *arena, const struct spec_agent *agent)
{
	static const char *const api[2] = { "config.api.listenAddress", "service.internalPort" };
	static const char *const private_api[2] = { "config.privateApi.listenAddress",
		"service.privateApiPort" };
	struct ylist map = ylist_mapping(arena);
	const struct ynode *values = ynode_get(agent->tree, STR("values"));
	if (!agent->view.receptive.url) {
		return map.parent;
	}
	struct str url = str_from(agent->view.receptive.url);
	ylist_put(&map, STR("enabled"), truth(arena, true));
	ylist_put(&map, STR("url"), text(arena, url));
	if (str_starts(url, STR("grpcs:"))) {
		ylist_put(&map, STR("note"),
			text(arena,
				STR("TLS ends at an Ingress before the agent, or config.api.tls turns it on "
				    "here.")));
	}
	ylist_put(&map, STR("keyNote"),
		text(arena,
			agent->jwt_public_key.len ? STR("The public_key of the agent's URL configuration.")
						  : STR("")));
	ylist_put(&map, STR("key"), text(arena, agent->jwt_public_key));
	put_port(&map, values, api, API_PORT, STR("apiPort"), STR("apiAddress"));
	put_port(&map, values, private_api, PRIVATE_API_PORT, STR("privatePort"), STR("privateAddress"));
	return map.parent;
}

static void
add_variable(struct ylist *list, const char *name, struct str value, const char *why)
{
	struct ylist map = ylist_mapping(list->arena);
	ylist_put(&map, STR("name"), text(list->arena, str_from(name)));
	ylist_put(&map, STR("value"), text(list->arena, value));
	ylist_put(&map, STR("why"), text(list->arena, str_from(why)));
	ylist_add(list, map.parent);
}

static bool
is_among(const struct decode_texts *list, struct str word)
{
	for (size_t i = 0; i < list->len; i++) {
		if (str_eq(str_from(list->items[i]), word)) {
			return true;
		}
	}
	return false;
}

/*
 * Without it the agent would ask the proxy for its own cluster's API. The API's
 * address is a service variable, which Kubernetes fills into other variables
 * (EnvVar.value of the API reference), so no CIDR needs to be known.
 */
static struct str
no_proxy(struct arena *arena, const struct decode_texts *stated)
{
	static const struct str always[] = { STR_INIT("$(KUBERNETES_SERVICE_HOST)"), STR_INIT("localhost"),
		STR_INIT("127.0.0.1"), STR_INIT(".svc"), STR_INIT(".cluster.local") };
	struct buf out = { .arena = arena };
	for (size_t i = 0; i < countof(always); i++) {
		if (!is_among(stated, always[i])) {
			buf_addf(&out, "%s%.*s", out.len ? "," : "", STR_ARG(always[i]));
		}
	}
	for (size_t i = 0; i < stated->len; i++) {
		buf_addf(&out, "%s%s", out.len ? "," : "", stated->items[i]);
	}
	return buf_str(&out);
}

static const struct ynode *
derive_proxy(struct arena *arena, const struct spec_agent *agent)
{
	struct ylist map = ylist_mapping(arena), env = ylist_sequence(arena);
	const char *http = agent->view.proxy.http, *https = agent->view.proxy.https;
	if (http) {
		add_variable(&env, "HTTP_PROXY", str_from(http), "");
	}
	if (https) {
		add_variable(&env, "HTTPS_PROXY", str_from(https), "");
	}
	if (http || https) {
		add_variable(&env, "NO_PROXY", no_proxy(arena, &agent->view.proxy.no_proxy),
			"The cluster's API and services are reached directly; Kubernetes fills in the "
			"variable.");
	}
	ylist_put(&map, STR("env"), env.parent->len ? env.parent : NULL);
	return map.parent;
}

/* The key with a blank line before it, as the template's own blocks have. */
static const struct ynode *
apart(struct arena *arena, const struct ynode *key)
{
	struct ynode *head = ynode_head(arena, key);
	struct yextra *extra = arena_new(arena, struct yextra);
	if (ynode_extra(key)) {
		*extra = *ynode_extra(key);
	}
	extra->gap = true;
	ynode_set_extra(head, extra);
	return head;
}

/* The user's own values. Lists replace when values merge, so the user's variables join the proxy's before
 * that. */
static void
put_values(struct ylist *context, const struct ynode *values, const struct ynode *proxy)
{
	const struct str key = STR("extraEnv");
	bool is_joined = ynode_is(ynode_get(values, key), YNODE_SEQUENCE) && ynode_get(proxy, STR("env"));
	struct ylist others = ylist_mapping(context->arena);

	for (const struct ynode *child = values ? values->first : NULL; child; child = child->next->next) {
		if (!is_joined || !str_eq(ynode_str(child), key)) {
			ylist_add(&others, apart(context->arena, child));
			ylist_add(&others, child->next);
		}
	}
	ylist_put(context, STR("values"), others.parent);
	ylist_put(context, STR("env"), is_joined ? ynode_get(values, key) : NULL);
}

/* How the roles are rendered: without a spec the arguments are all there is. */
static struct str
rbac_command(struct arena *arena, const struct spec *spec, const struct spec_agent *agent)
{
	struct buf out = { .arena = arena };
	buf_addf(&out, "glagent-gen rbac --agent %s", agent->view.name);
	if (spec->is_bare) {
		buf_add(&out, STR(" --kas-address "));
		shell_quote(&out, agent->kas_address);
	}
	return buf_str(&out);
}

const struct ynode *
context_access(struct arena *arena, const struct spec_agent *agent, struct str note, struct str command)
{
	static const char *const blocks[RBAC_ACCESS_COUNT] = {
		[RBAC_DERIVED] = "generated",
		[RBAC_VIEW] = "generated",
		[RBAC_NAMESPACED] = "generated",
		[RBAC_EXISTING] = "existing",
		[RBAC_CLUSTER_ADMIN] = "admin",
		[RBAC_NONE] = "none",
	};
	struct ylist map = ylist_mapping(arena);
	ylist_put(&map, str_from(blocks[agent->view.rbac.access]), truth(arena, true));
	ylist_put(&map, STR("note"), text(arena, note));
	ylist_put(&map, STR("command"), text(arena, command));
	return map.parent;
}

const struct ynode *
context_derive(struct arena *arena, const struct spec *spec, const struct spec_agent *agent)
{
	struct ylist context = ylist_mapping(arena), scanning = ylist_mapping(arena);
	const struct ynode *proxy = derive_proxy(arena, agent);
	const char *secret = agent->view.token.secret_name;

	ylist_put(&context, STR("chart"), derive_chart(arena, spec, agent));
	ylist_put(&context, STR("kas"), derive_kas(arena, agent));
	ylist_put(&context, STR("receptive"), derive_receptive(arena, agent));
	/* A receptive agent's Secret is the chart's own; one of the same name would lose its token. */
	if (secret && !agent->view.receptive.url) {
		ylist_put(&context, STR("secretName"), text(arena, str_from(secret)));
	}
	ylist_put(&scanning, agent->view.features.ocs ? STR("on") : STR("off"), truth(arena, true));
	ylist_put(&context, STR("scanning"), scanning.parent);
	ylist_put(&context, STR("access"),
		context_access(arena, agent, STR("Apply this before the installation:"),
			rbac_command(arena, spec, agent)));
	ylist_put(&context, STR("proxy"), proxy);
	put_values(&context, ynode_get(agent->tree, STR("values")), proxy);
	if (!ynode_get(agent->tree, STR("config"))) {
		ylist_put(&context, STR("empty"),
			text(arena, STR("Nothing is configured, which GitLab takes a blank file for.")));
	}
	return context.parent;
}
