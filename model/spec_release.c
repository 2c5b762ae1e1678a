/* install: what an agent adds to the manifests that Flux installs it from. */
#include "map.h"
#include "path.h"
#include "spec_parts.h"
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
		STR_INIT("kustomization.yaml") };
	for (size_t i = 0; i < countof(names); i++) {
		if (str_eq(path, names[i])) {
			return true;
		}
	}
	return false;
}

/* kustomize refuses a directory that lists a file twice. */
static void
check_resources(struct spec_reader *reader, const struct spec_agent *agent)
{
	const struct ynode *list = ypath_dotted(agent->tree, STR("install.resources"));
	const struct ynode *item = ynode_is(list, YNODE_SEQUENCE) ? list->first : NULL;
	struct map names = { 0 };
	for (; item; item = item->next) {
		struct str path = ynode_str(item);
		if (!path_join(reader->arena, STR(""), path, &path)) {
			continue; /* of a bad form, which the schema reports */
		}
		const struct ynode *before = map_put(reader->arena, &names, path, (void *)(uintptr_t)item);
		if (path.len == 0 || is_rendered(path)) {
			(void)spec_report(reader, SEVERITY_ERROR, item, spec_agent_place(agent),
				path.len ? arena_printf(reader->arena,
					"\"%.*s\" is the name of a file that is rendered", STR_ARG(path))
					 : STR("a directory cannot be a resource of its own"),
				STR("it names a file of yours beside those, or a directory below: give it "
				    "another "
				    "name"));
		} else if (before && !str_eq(ynode_str(before), ynode_str(item))) { /* else the schema does */
			(void)spec_report(reader, SEVERITY_ERROR, item, spec_agent_place(agent),
				arena_printf(reader->arena, "\"%.*s\" is listed twice", STR_ARG(path)),
				STR("keep one of them"));
		}
	}
}

void
spec_check_release(struct spec_reader *reader, const struct spec_agent *agent)
{
	check_release(reader, agent);
	check_resources(reader, agent);
}
