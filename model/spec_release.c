/* install: what an agent adds to the manifests that Flux installs it from. */
#include "map.h"
#include "path.h"
#include "spec_parts.h"
#include "versions.h"
#include "ypath.h"

bool
spec_is_by_flux(const struct spec_agent *agent)
{
	return str_eq(spec_agent_text(agent, "install.method"), STR("flux"));
}

/* A field of the HelmRelease's spec, and the field of ours that decides it. */
struct decided {
	const char *release, *field;
};

static const struct decided decided[] = {
	{ "releaseName", "releaseName" },
	{ "targetNamespace", "namespace" },
	{ "values", "values" },
	{ "chart.spec.chart", "flux.source" },
	{ "chart.spec.version", "chart.version" },
	{ "chart.spec.sourceRef", "flux.source" },
	{ "chartRef", "flux.source" },
};

static void
check_release(struct spec_reader *reader, const struct spec_agent *agent)
{
	struct arena *arena = reader->arena;
	for (size_t i = 0; i < countof(decided); i++) {
		const char *path = arena_printf(arena, "install.helmRelease.%s", decided[i].release).ptr;
		const struct ynode *at = ypath_dotted(agent->tree, str_from(path));
		if (at) {
			(void)spec_report(reader, SEVERITY_ERROR, at, spec_agent_place(agent),
				arena_printf(arena, "%s would override %s", path, decided[i].field),
				arena_printf(arena, "state %s instead", decided[i].field));
		}
	}
	const struct ynode *chart = ypath_dotted(agent->tree, STR("install.helmRelease.chart"));
	struct str kind = ynode_str(ynode_at(reader->spec->tree, "flux", "source", "kind", NULL));
	if (chart && str_eq(kind, STR("OCIRepository"))) {
		(void)spec_report(reader, SEVERITY_ERROR, chart, spec_agent_place(agent),
			STR("install.helmRelease.chart beside an OCIRepository"),
			STR("the HelmRelease names that by chartRef, and may not have both: drop it"));
	}
}

/* Files of ours, beside which the user's lie. */
static bool
is_rendered(struct str path)
{
	static const struct str names[] = { STR_INIT("namespace.yaml"), STR_INIT("rbac.yaml"),
		STR_INIT("external-secret.yaml"), STR_INIT("helmrelease.yaml"),
		STR_INIT("helmrepository.yaml"), STR_INIT("ocirepository.yaml"),
		STR_INIT("kustomization.yaml"), STR_INIT("kustomization.yml"), STR_INIT("Kustomization") };
	for (size_t i = 0; i < countof(names); i++) {
		if (str_eq(path, names[i])) {
			return true;
		}
	}
	return false;
}

/* kustomize refuses a directory that lists a file twice; what it does not find as a file it takes for an
 * address. */
static void
check_resource(struct spec_reader *reader, const struct spec_agent *agent, struct map *names,
	const struct ynode *item)
{
	struct str written = ynode_str(item), path = written, problem = STR(""), help = STR("");
	if (!path_join(reader->arena, STR(""), path, &path)) {
		return; /* of a bad form, which the schema reports */
	}
	const struct ynode *before = map_put(reader->arena, names, path, (void *)(uintptr_t)item);
	if (str_has_char(path, ':') || str_has_char(path, '?')) {
		problem = arena_printf(
			reader->arena, "\"%.*s\" is no file of the repository", STR_ARG(written));
		help = STR("a remote base goes into a kustomization.yaml of your own");
	} else if (path.len == 0) {
		problem = STR("a directory cannot be a resource of its own");
		help = STR("list files of yours beside the rendered ones, or directories below");
	} else if (is_rendered(path)) {
		problem = arena_printf(
			reader->arena, "\"%.*s\" is the name of a file that is rendered", STR_ARG(path));
		help = STR("give your own file another name");
	} else if (before && !str_eq(ynode_str(before), written)) { /* else the schema says so */
		problem = arena_printf(reader->arena, "\"%.*s\" is listed twice", STR_ARG(path));
		help = STR("keep one of them");
	}
	if (problem.len) {
		(void)spec_report(reader, SEVERITY_ERROR, item, spec_agent_place(agent), problem, help);
	}
}

static void
check_resources(struct spec_reader *reader, const struct spec_agent *agent)
{
	const struct ynode *list = ypath_dotted(agent->tree, STR("install.resources"));
	const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? list->first : NULL;
	struct map names = { 0 };
	for (; item; item = item->next) {
		check_resource(reader, agent, &names, item);
	}
}

/* The larger of the versions; `other` may be empty. */
static struct str
later(struct str version, struct str other)
{
	struct version a, b;
	bool is_later = version_parse(version, &a) && version_parse(other, &b) && version_compare(b, a) > 0;
	return is_later ? other : version;
}

/* The newest version of Flux that brought one of the fields in `node`, as their schema says; at least
 * `since`. */
static struct str
fields_since(const struct ynode *schema, const struct ynode *node, struct str since)
{
	const struct ynode *properties = ynode_get(schema, STR("properties"));
	const struct ynode *child = node->kind == YNODE_SCALAR ? NULL : node->first;
	for (; child; child = child->next) {
		const struct ynode *own = ynode_get(schema, STR("items"));
		if (node->kind == YNODE_MAPPING) {
			own = ynode_get(properties, ynode_str(child));
			child = child->next;
		}
		if (own && ynode_type(child, YDIALECT_SIGS_YAML) != YTYPE_NULL) {
			since = later(since, ynode_str(ynode_get(own, STR("x-flux-since"))));
			since = fields_since(own, ynode_follow(child), since);
		}
	}
	return since;
}

/* HelmRelease v2 came with Flux 2.3 (fluxcd/flux2, CHANGELOG). */
static struct str
flux_since(const struct spec_reader *reader, const struct spec_agent *agent)
{
	const struct ynode *schema = ynode_at(reader->schema_tree, "definitions", "helmRelease", NULL);
	const struct ynode *release = ypath_dotted(agent->tree, STR("install.helmRelease"));
	return release ? fields_since(schema, release, STR("2.3")) : STR("2.3");
}

void
spec_check_release(struct spec_reader *reader, struct spec_agent *agent)
{
	agent->flux_since = flux_since(reader, agent);
	check_release(reader, agent);
	check_resources(reader, agent);
}
