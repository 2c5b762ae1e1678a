#include "flux.h"

#include "context.h"
#include "names.h"
#include "rbac.h"

static const struct ynode *
text(struct arena *arena, struct str s)
{
	return s.len ? ynode_scalar(arena, s, YSTYLE_QUOTED) : NULL;
}

static const struct ynode *
truth(struct arena *arena)
{
	return ynode_scalar(arena, STR("true"), YSTYLE_PLAIN);
}

struct str
flux_refuse(struct arena *arena, const struct spec *spec, const struct spec_agent *agent)
{
	(void)spec;
	enum install_method method = agent->view.install.method;
	if (method == INSTALL_FLUX) {
		return STR("");
	}
	return arena_printf(arena, "install.method of agent \"%s\" is %s: state flux there", agent->view.name,
		install_method_names[method]);
}

bool
flux_has_helm_repository(const struct spec *spec, const struct spec_agent *agent)
{
	(void)agent;
	return spec->view.flux.source.create && spec->view.flux.source.kind == SOURCE_HELM_REPOSITORY;
}

bool
flux_has_oci_repository(const struct spec *spec, const struct spec_agent *agent)
{
	(void)agent;
	return spec->view.flux.source.create && spec->view.flux.source.kind == SOURCE_OCI_REPOSITORY;
}

/* Of the agents of its cluster that Flux installs into its namespace, is it the first? */
static bool
is_first_in_namespace(const struct spec *spec, const struct spec_agent *agent)
{
	for (const struct spec_agent *other = spec->agents; other < agent; other++) {
		if (other->view.install.method == INSTALL_FLUX && other->view.create_namespace
			&& strcmp(other->view.cluster, agent->view.cluster) == 0
			&& strcmp(other->view.namespace, agent->view.namespace) == 0) {
			return false;
		}
	}
	return true;
}

bool
flux_has_namespace(const struct spec *spec, const struct spec_agent *agent)
{
	const char *space = agent->view.namespace;
	return agent->view.create_namespace && !name_is_kubernetes_namespace(str_from(space))
		&& strcmp(space, spec->view.flux.namespace) != 0 && is_first_in_namespace(spec, agent);
}

bool
flux_has_rbac(const struct spec *spec, const struct spec_agent *agent)
{
	(void)spec;
	return rbac_is_needed(agent);
}

bool
flux_has_external_secret(const struct spec *spec, const struct spec_agent *agent)
{
	(void)spec;
	return agent->view.token.external.store != NULL;
}

/* Tags have no "+": what pushes a chart writes its version with "_" (helm.sh/docs/topics/registries). */
static struct str
tag_of(struct arena *arena, struct str version)
{
	char *tag = arena_alloc(arena, version.len + 1);
	for (size_t i = 0; i < version.len; i++) {
		tag[i] = (char)(version.ptr[i] == '+' ? '_' : version.ptr[i]);
	}
	return (struct str){ tag, version.len };
}

const struct ynode *
flux_source_derive(struct arena *arena, const struct spec *spec, const struct spec_agent *agent)
{
	struct ylist map = ylist_mapping(arena);
	bool is_oci = str_starts(str_from(spec->view.flux.source.url), STR("oci://"));
	ylist_put(&map, STR("sourceType"), text(arena, is_oci ? STR("oci") : STR("")));
	ylist_put(&map, STR("sourceTag"), text(arena, tag_of(arena, str_from(agent->view.chart.version))));
	return map.parent;
}

const char *
flux_secret_namespace(const struct spec *spec, const struct spec_agent *agent)
{
	return agent->view.receptive.url ? spec->view.flux.namespace : agent->view.namespace;
}

const struct ynode *
flux_secret_derive(struct arena *arena, const struct spec *spec, const struct spec_agent *agent)
{
	struct ylist map = ylist_mapping(arena), store = ylist_mapping(arena);
	struct str name = str_from(agent->view.token.external.store), kind = str_cut(&name, '/');
	ylist_put(&store, STR("kind"), text(arena, kind));
	ylist_put(&store, STR("name"), text(arena, name));
	ylist_put(&map, STR("store"), store.parent);
	ylist_put(&map, STR("secretSpace"), text(arena, str_from(flux_secret_namespace(spec, agent))));
	return map.parent;
}

/*
 * The Secret that holds a receptive agent's token, behind what the user takes values from. A targetPath wins
 * over everything before it (fluxcd.io/flux/components/helm/helmreleases, "Values references").
 */
static const struct ynode *
values_from(struct arena *arena, const struct spec_agent *agent, const struct ynode *stated)
{
	struct ylist list = ylist_sequence(arena), item = ylist_mapping(arena);
	const struct ynode *first = ynode_is(stated, YNODE_SEQUENCE) ? stated->first : NULL;
	for (; first; first = first->next) {
		ylist_add(&list, first);
	}
	if (agent->view.receptive.url) {
		ylist_put(&item, STR("kind"), text(arena, STR("Secret")));
		ylist_put(&item, STR("name"), text(arena, str_from(agent->view.token.secret_name)));
		ylist_put(&item, STR("valuesKey"), text(arena, STR("token")));
		ylist_put(&item, STR("targetPath"), text(arena, STR("config.token")));
		ylist_add(&list, item.parent);
	}
	return list.parent->len ? list.parent : NULL;
}

const struct ynode *
flux_release_derive(struct arena *arena, const struct spec *spec, const struct spec_agent *agent)
{
	const struct ynode *stated = ynode_at(agent->tree, "install", "helmRelease", NULL);
	struct ylist map = ylist_mapping(arena), source = ylist_mapping(arena),
		     overrides = ylist_mapping(arena);
	const struct ynode *key = ynode_is(stated, YNODE_MAPPING) ? stated->first : NULL;

	for (; key; key = key->next->next) {
		if (!str_eq(ynode_str(key), STR("valuesFrom"))) {
			ylist_add(&overrides, key);
			ylist_add(&overrides, key->next);
		}
	}
	bool is_repository = spec->view.flux.source.kind == SOURCE_HELM_REPOSITORY;
	ylist_put(&source, is_repository ? STR("isRepository") : STR("isChart"), truth(arena));
	ylist_put(&map, STR("overrides"), overrides.parent);
	ylist_put(&map, STR("source"), source.parent);
	ylist_put(&map, STR("valuesFrom"), values_from(arena, agent, ynode_get(stated, STR("valuesFrom"))));
	ylist_put(&map, STR("valuesNote"),
		text(arena,
			agent->view.receptive.url
				? STR("The chart takes the token of a receptive agent as a value only.")
				: STR("")));
	ylist_put(&map, STR("access"),
		context_access(arena, agent, STR("What it needs is in rbac.yaml."), STR("")));
	return map.parent;
}

const struct ynode *
flux_rbac_derive(struct arena *arena, const struct spec *spec, const struct spec_agent *agent)
{
	(void)spec;
	return rbac_scope(arena, agent, STR("Flux applies it with the HelmRelease."));
}
