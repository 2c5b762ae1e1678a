#include "flux.h"

#include "context.h"
#include "names.h"
#include "rbac.h"
#include "template.h"

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

bool
flux_has_namespace(const struct spec *spec, const struct spec_agent *agent)
{
	const char *space = agent->view.namespace;
	return agent->view.create_namespace && !name_is_kubernetes_namespace(str_from(space))
		&& strcmp(space, spec->view.flux.namespace) != 0;
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

/* "the GitLab agents a and b": whom Flux installs into that namespace */
const struct ynode *
flux_namespace_derive(struct arena *arena, const struct spec *spec, const struct spec_agent *agent)
{
	struct ylist map = ylist_mapping(arena);
	struct buf names = { .arena = arena };
	size_t count = 0;
	for (const struct spec_agent *other = spec->agents; other < spec->agents + spec->len; other++) {
		if (other->view.install.method == INSTALL_FLUX
			&& strcmp(other->view.cluster, agent->view.cluster) == 0
			&& strcmp(other->view.namespace, agent->view.namespace) == 0) {
			buf_addf(&names, "%s\"%s\"", count++ ? " and " : "", other->view.name);
		}
	}
	struct str whose = arena_printf(
		arena, "the GitLab agent%s %.*s", count > 1 ? "s" : "", STR_ARG(buf_str(&names)));
	ylist_put(&map, STR("whose"), text(arena, whose));
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
	ylist_put(&map, STR("rotation"),
		text(arena,
			agent->view.receptive.url
				? STR("A new token reaches the agent when Flux next reconciles the "
				      "HelmRelease.")
				: STR("The agent reads its token when it starts: restart its pods after a "
				      "rotation.")));
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
	ylist_put(&map, STR("fluxSince"), text(arena, agent->flux_since));
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

/* The mapping with the entry of `key` behind the others. */
static const struct ynode *
with_last(struct arena *arena, const struct ynode *map, struct str key)
{
	struct ylist list = ylist_new(arena, ynode_head(arena, map));
	const struct ynode *last = ynode_key(map, key);
	list.parent->first = NULL;
	list.parent->len = 0;
	for (const struct ynode *entry = map->first; entry; entry = entry->next->next) {
		if (entry != last) {
			ylist_add(&list, entry);
			ylist_add(&list, entry->next);
		}
	}
	if (last) {
		ylist_add(&list, last);
		ylist_add(&list, last->next);
	}
	return list.parent;
}

void
flux_release_print(struct arena *arena, struct buf *out, const struct ydoc *document)
{
	struct ydoc ordered = *document;
	const struct ynode *spec = ynode_get(document->root, STR("spec"));
	struct ylist root = ylist_mapping(arena);
	for (const struct ynode *key = document->root->first; key; key = key->next->next) {
		ylist_add(&root, key);
		bool is_spec = key->next == spec && ynode_is(spec, YNODE_MAPPING);
		ylist_add(&root, is_spec ? with_last(arena, spec, STR("values")) : key->next);
	}
	ordered.root = root.parent;
	template_print(out, &ordered, TEMPLATE_DOCUMENT);
}
