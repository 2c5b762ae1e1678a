#include "commands.h"

#include "chart.h"
#include "names.h"
#include "path.h"
#include "rbac.h"
#include "versions.h"

struct builder {
	struct arena *arena;
	const struct spec *spec;
	const struct spec_agent *agent;
	struct ylist map;
};

static const struct ynode *
text(struct arena *arena, struct str s)
{
	return s.len ? ynode_scalar(arena, s, YSTYLE_QUOTED) : NULL;
}

static void
put(struct builder *b, const char *key, struct str value)
{
	ylist_put(&b->map, str_from(key), text(b->arena, value));
}

static void
put_flag(struct builder *b, const char *key, bool is_set)
{
	if (is_set) {
		ylist_put(&b->map, str_from(key), ynode_scalar(b->arena, STR("true"), YSTYLE_PLAIN));
	}
}

static struct str
str_or_empty(const char *s)
{
	return s ? str_from(s) : STR("");
}

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
put_gitlab(struct builder *b)
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
		put_flag(b, "byHand", true);
		put(b, "placeByHand",
			is_known ? arena_printf(b->arena, "At %.*s in", STR_ARG(address)) : STR("In"));
		put(b, "projectByHand", project.len ? project : STR("that holds .gitlab/agents"));
		return;
	}
	put_flag(b, "byApi", true);
	put(b, "instance", address);
	put(b, "host",
		url.port.len ? arena_printf(b->arena, "%.*s:%.*s", STR_ARG(url.host), STR_ARG(url.port))
			     : url.host);
	put(b, "project", project);
	put(b, "agents",
		arena_printf(b->arena, "projects/%.*s/cluster_agents",
			STR_ARG(percent_encoded(b->arena, project))));
	put(b, "environments",
		arena_printf(
			b->arena, "projects/%.*s/environments", STR_ARG(percent_encoded(b->arena, project))));
}

static void
put_chart(struct builder *b)
{
	struct str url = str_or_empty(b->spec->view.flux.source.url);
	struct str name = str_or_empty(b->spec->view.flux.source.name);
	if (str_starts(url, STR("oci://"))) {
		put(b, "chartReference", url);
		return;
	}
	put(b, "chartReference", arena_printf(b->arena, "%.*s/gitlab-agent", STR_ARG(name)));
	put(b, "repositoryName", name);
	put(b, "repositoryUrl", url);
}

/*
 * Where the token lies in the cluster. A receptive agent's Secret is the chart's own, unless Flux takes the
 * token from one beside its HelmRelease.
 */
static void
put_secret(struct builder *b)
{
	const struct agent_spec *view = &b->agent->view;
	const struct ynode *values = rbac_chart_values(b->arena, b->agent);
	struct str release = str_from(view->release_name), space = str_from(view->namespace);
	struct str store = str_or_empty(view->token.external.store);
	bool is_receptive = view->receptive.url != NULL;
	if (is_receptive && view->install.method == INSTALL_HELM) {
		struct str full = chart_fullname(b->arena, release, values);
		put(b, "secret", arena_printf(b->arena, "%.*s-token", STR_ARG(full)));
		put(b, "secretSpace", space);
		return;
	}
	put(b, "secret", str_or_empty(view->token.secret_name));
	put(b, "secretSpace", is_receptive ? str_or_empty(b->spec->view.flux.namespace) : space);
	put(b, "valuesFrom", is_receptive ? STR("valuesFrom with the targetPath config.token") : STR(""));
	put(b, "externalStore", store);
	put(b, "externalKey", str_or_empty(view->token.external.key));
	put_flag(b, "makesSecret", store.len == 0);
}

/* "key=value" for `kubectl label` */
static void
put_labels(struct builder *b)
{
	const struct ynode *labels = ynode_follow(ynode_get(b->agent->tree, STR("namespaceLabels")));
	struct ylist list = ylist_sequence(b->arena);
	const struct ynode *key = ynode_is(labels, YNODE_MAPPING) ? labels->first : NULL;
	for (; key; key = key->next->next) {
		struct ylist word = ylist_mapping(b->arena);
		struct str label = arena_printf(
			b->arena, "%.*s=%.*s", STR_ARG(ynode_str(key)), STR_ARG(ynode_str(key->next)));
		ylist_put(&word, STR("label"), text(b->arena, label));
		ylist_add(&list, word.parent);
	}
	ylist_put(&b->map, STR("labels"), list.parent);
}

static void
put_environment(struct builder *b)
{
	const struct agent_spec *view = &b->agent->view;
	struct str name = str_or_empty(view->environment.name);
	bool by_api = ynode_get(b->map.parent, STR("byApi")) != NULL;
	put(b, "environmentQuery",
		name.len && by_api
			? arena_printf(b->arena, "?name=%.*s", STR_ARG(percent_encoded(b->arena, name)))
			: STR(""));
	struct str resource =
		arena_printf(b->arena, "helm.toolkit.fluxcd.io/v2/namespaces/%s/helmreleases/%s",
			b->spec->view.flux.namespace, view->release_name);
	bool by_flux = view->install.method == INSTALL_FLUX;
	put(b, "fluxResource", name.len && by_flux ? resource : STR(""));
	put(b, "dashboard",
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
		return by_api ? STR("flux, kubectl, glab and jq") : STR("flux and kubectl");
	case INSTALL_KPT:
	case INSTALL_METHOD_COUNT:
		break;
	}
	return STR("");
}

/* A path from the top of the working tree, wherever git is called in it (gitglossary, "pathspec"). */
static void
add_path(struct ylist *paths, struct str path)
{
	struct ylist word = ylist_mapping(paths->arena);
	struct str from_top = arena_printf(paths->arena, ":/%.*s", STR_ARG(path));
	ylist_put(&word, STR("path"), text(paths->arena, from_top));
	ylist_add(paths, word.parent);
}

/* What is committed for Flux, and whether the agent's configuration goes into the same repository. */
static void
put_paths(struct builder *b)
{
	struct ylist paths = ylist_sequence(b->arena);
	const struct fleet_spec *fleet = &b->spec->view;
	struct str manifests = spec_path(b->arena, b->spec, STR("{manifestPath}"), b->agent);
	struct str source = spec_path(b->arena, b->spec, STR("{sourcePath}"), b->agent);
	bool by_flux = b->agent->view.install.method == INSTALL_FLUX;
	bool has_config = ynode_get(b->agent->tree, STR("config")) != NULL;
	bool is_one = !fleet->flux.project
		|| str_eq(str_from(fleet->flux.project), str_or_empty(fleet->gitlab.project));
	bool is_joined = by_flux && has_config && is_one;

	bool makes_source = fleet->flux.source.create;
	if (makes_source) {
		add_path(&paths, source);
	}
	if (!makes_source || !path_is_below(manifests, source)) {
		add_path(&paths, manifests);
	}
	if (is_joined) {
		struct str config =
			arena_printf(b->arena, ".gitlab/agents/%s/config.yaml", b->agent->view.name);
		add_path(&paths, config);
	}
	struct str more = arena_printf(
		b->arena, "\n  glagent-gen config --agent %s --output-dir ROOT", b->agent->view.name);
	put(b, "render",
		arena_printf(b->arena, "glagent-gen flux --output-dir ROOT%.*s",
			STR_ARG(is_joined ? more : STR(""))));
	ylist_put(&b->map, STR("paths"), paths.parent);
	put(b, "manifests", arena_printf(b->arena, ":/%.*s", STR_ARG(manifests)));
	put_flag(b, "configuresApart", has_config && !is_joined);
	struct str name = spec_fill(b->arena, str_from(fleet->flux.kustomization), &b->agent->view);
	put(b, "kustomizationSpace", str_cut(&name, '/'));
	put(b, "kustomizationName", name);
}

/* The end of the sentence about what an uninstall leaves. */
static struct str
leftovers_of(const struct spec_agent *agent)
{
	bool by_flux = agent->view.install.method == INSTALL_FLUX; /* rbac.yaml goes with the directory */
	bool has_roles = rbac_is_needed(agent) && !by_flux, has_receivers = agent->view.features.flux;
	if (has_roles && has_receivers) {
		return STR(",\nwhat rbac.yaml made, and the Receivers of the Flux module.");
	}
	return has_roles        ? STR(",\nand what rbac.yaml made.")
		: has_receivers ? STR(",\nand the Receivers of the Flux module.")
				: STR(".");
}

/* What the steps take from files. Flux makes the namespace; a Secret that is made by hand needs it before
 * that. */
static void
put_files(struct builder *b)
{
	const struct agent_spec *view = &b->agent->view;
	bool by_flux = view->install.method == INSTALL_FLUX;
	bool holds_secret = ynode_get(b->map.parent, STR("makesSecret")) && !view->receptive.url;
	put(b, "files",
		by_flux ? STR("It lies in the working tree of the repository that Flux reads.")
			: STR("Beside it lie values.yaml and rbac.yaml, as glagent-gen renders them."));
	put_flag(b, "makesNamespace", view->create_namespace && (!by_flux || holds_secret));
	if (by_flux) {
		put(b, "namespaceFile",
			spec_path(b->arena, b->spec, STR("{manifestPath}/namespace.yaml"), b->agent));
	} else {
		put_labels(b);
	}
}

struct str
commands_refuse(struct arena *arena, const struct spec *spec, const struct spec_agent *agent)
{
	(void)spec;
	if (agent->view.install.method != INSTALL_KPT) {
		return STR("");
	}
	return arena_printf(arena,
		"install.method of agent \"%s\" is kpt, for which there are none yet; there are for helm and "
		"flux",
		agent->view.name);
}

/* Is the namespace this agent's alone, so that it may go with it? */
static bool
owns_namespace(const struct spec *spec, const struct spec_agent *agent)
{
	const char *space = agent->view.namespace;
	if (name_is_kubernetes_namespace(str_from(space))) {
		return false;
	}
	for (size_t i = 0; i < spec->len; i++) {
		const struct spec_agent *other = &spec->agents[i];
		if (other != agent && strcmp(other->view.namespace, space) == 0
			&& strcmp(other->view.cluster, agent->view.cluster) == 0) {
			return false;
		}
	}
	return agent->view.create_namespace;
}

/* A Secret that was made by hand goes with its namespace, where that goes. */
static void
put_left_secret(struct builder *b)
{
	bool is_made = ynode_get(b->map.parent, STR("makesSecret")) != NULL;
	struct str space = ynode_str(ynode_get(b->map.parent, STR("secretSpace")));
	bool is_elsewhere = !str_eq(space, str_from(b->agent->view.namespace));
	put_flag(b, "leavesSecret", is_made && (is_elsewhere || !owns_namespace(b->spec, b->agent)));
	put(b, "leftSecret",
		is_made ? arena_printf(b->arena, ", the Secret \"%s\"", b->agent->view.token.secret_name)
			: STR(", empty,"));
}

const struct ynode *
commands_derive(struct arena *arena, const struct spec *spec, const struct spec_agent *agent)
{
	const struct agent_spec *view = &agent->view;
	struct builder b = { .arena = arena, .spec = spec, .agent = agent, .map = ylist_mapping(arena) };
	bool is_receptive = view->receptive.url != NULL;
	bool misses_key = is_receptive && agent->jwt_public_key.len == 0;

	put_gitlab(&b);
	put_chart(&b);
	put_secret(&b);
	put_environment(&b);
	put_flag(&b, "withHelm", view->install.method == INSTALL_HELM && !misses_key);
	put_flag(&b, "withFlux", view->install.method == INSTALL_FLUX && !misses_key);
	put(&b, "tools", tools_of(view->install.method, ynode_get(b.map.parent, STR("byApi")) != NULL));
	put_paths(&b);
	put_flag(&b, "dials", !is_receptive);
	put_flag(&b, "isDialled", is_receptive);
	put_flag(&b, "missesKey", misses_key);
	put(&b, "keyFile",
		view->receptive.jwt_public_key_file ? str_from(view->receptive.jwt_public_key_file)
						    : STR("jwt-public-key.txt"));
	put_files(&b);
	put_flag(&b, "ownsNamespace", owns_namespace(spec, agent));
	put_left_secret(&b);
	put_flag(&b, "needsRoles", rbac_is_needed(agent) && view->install.method == INSTALL_HELM);
	put(&b, "leftovers", leftovers_of(agent));
	return b.map.parent;
}
