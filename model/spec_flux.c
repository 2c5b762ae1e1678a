/* Specs whose agents Flux installs: where the manifests land, and what agents of one cluster must not share.
 */
#include "map.h"
#include "names.h"
#include "path.h"
#include "spec_parts.h"
#include "ypath.h"

/* Directories of an agent, from the repository's root; empty is the root itself. */
struct places {
	struct str root; /* flux.path */
	struct str manifests, source;
	bool has_source; /* it is rendered, and its path is good */
};

struct checker {
	struct spec_reader *reader;
	struct map roots;      /* flux.path -> the first agent with it */
	struct map clusters;   /* cluster -> its first agent */
	struct map manifests;  /* directory -> the agent whose manifests are in it */
	struct map releases;   /* "CLUSTER HELMRELEASE" */
	struct map namespaces; /* "CLUSTER NAMESPACE" */
};

static struct str
flux_text(const struct spec_reader *reader, const char *key)
{
	return ynode_str(ynode_at(reader->spec->tree, "flux", key, NULL));
}

/* The path, filled in and clean; false when it leads out of the repository, which the schema reports. */
static bool
fill(struct spec_reader *reader, const struct spec_agent *agent, const char *key, struct str *ret_path)
{
	struct arena *arena = reader->arena;
	return path_join(arena, STR(""), spec_fill(arena, flux_text(reader, key), &agent->view), ret_path);
}

/* Does flux.source say that? */
static bool
source_says(const struct spec_reader *reader, const char *key, const char *word)
{
	return str_eq(ynode_str(ynode_at(reader->spec->tree, "flux", "source", key, NULL)), str_from(word));
}

static bool
find_places(struct spec_reader *reader, const struct spec_agent *agent, struct places *ret_places)
{
	if (!fill(reader, agent, "path", &ret_places->root)
		|| !fill(reader, agent, "manifestPath", &ret_places->manifests)) {
		return false;
	}
	ret_places->has_source = source_says(reader, "create", "true")
		&& fill(reader, agent, "sourcePath", &ret_places->source);
	return true;
}

struct str
spec_path(struct arena *arena, const struct spec *spec, struct str pattern, const struct spec_agent *agent)
{
	static const struct str keys[] = { STR_INIT("manifestPath"), STR_INIT("sourcePath") };
	struct str directory = STR(""), rest = pattern, path = pattern;
	for (size_t i = 0; i < countof(keys); i++) {
		struct str name = arena_printf(arena, "{%.*s}", STR_ARG(keys[i]));
		if (str_starts(pattern, name)) {
			directory = ynode_str(ynode_get(ynode_get(spec->tree, STR("flux")), keys[i]));
			rest = str_skip(pattern, name.len + (pattern.len > name.len));
		}
	}
	bool is_inside = path_join(arena, spec_fill(arena, directory, &agent->view),
		spec_fill(arena, rest, &agent->view), &path);
	assert(is_inside); /* the schema lets no ".." through */
	(void)is_inside;
	return path;
}

/* An error about flux.KEY, or about flux.path where the key is not stated. */
static struct finding *
report_path(struct spec_reader *reader, const struct spec_agent *agent, const char *key, struct str message,
	struct str help)
{
	const struct ynode *flux = ynode_get(reader->spec->tree, STR("flux"));
	const struct ynode *at = ynode_get(flux, str_from(key)), *other = ynode_get(flux, STR("path"));
	return spec_report(reader, SEVERITY_ERROR, at && at->source ? at : other, spec_agent_place(agent),
		message, help);
}

static void
relate(struct spec_reader *reader, struct finding *finding, const struct spec_agent *other)
{
	const struct ynode *place = spec_agent_place(other);
	finding_relate(reader->findings, finding, place->source, place->span, STR("the other agent"));
}

/*
 * Flux applies what lies below its path. There, a kustomization.yaml of ours would hide everything beside it,
 * Flux's own manifests first: Flux would remove itself. And the directory of these lists them alone.
 */
static void
check_place(struct spec_reader *reader, const struct spec_agent *agent, const char *key, struct str path,
	struct str root)
{
	struct arena *arena = reader->arena;
	struct str rest = spec_fill(arena, flux_text(reader, "kustomization"), &agent->view);
	struct str space = str_cut(&rest, '/');
	struct str own =
		arena_printf(arena, "%.*s%s%.*s", STR_ARG(root), root.len ? "/" : "", STR_ARG(space));
	if (!path_is_below(path, root)) {
		(void)report_path(reader, agent, key,
			arena_printf(arena, "flux.%s \"%.*s\" is outside flux.path \"%.*s\"", key,
				STR_ARG(path), STR_ARG(root)),
			STR("Flux would never see it: put it below the path that flux bootstrap was given"));
	} else if (str_eq(path, root)) {
		(void)report_path(reader, agent, key,
			arena_printf(arena, "flux.%s is flux.path itself, \"%.*s\"", key, STR_ARG(root)),
			STR("a kustomization.yaml there would take Flux's own manifests out of what Flux "
			    "applies: "
			    "choose a directory below it"));
	} else if (path_is_below(path, own)) {
		(void)report_path(reader, agent, key,
			arena_printf(arena, "flux.%s \"%.*s\" is in the directory of Flux's own manifests",
				key, STR_ARG(path)),
			STR("its kustomization.yaml lists these alone: choose a directory beside it"));
	}
}

/* Two agents of a cluster have one Flux, and one source of the chart. */
static void
check_cluster(struct checker *checker, struct spec_agent *agent, const struct places *places)
{
	static const char *const keys[] = { "path", "sourcePath" };
	struct spec_reader *reader = checker->reader;
	struct str cluster = spec_agent_text(agent, "cluster");
	struct spec_agent *first = map_get(&checker->clusters, cluster);
	struct places other;
	if (!first) {
		(void)map_put(reader->arena, &checker->clusters, cluster, agent);
		return;
	}
	if (!find_places(reader, first, &other)) {
		return;
	}
	bool have_sources = places->has_source && other.has_source;
	bool differs[] = { !str_eq(places->root, other.root),
		have_sources && !str_eq(places->source, other.source) };
	for (size_t i = 0; i < countof(keys); i++) {
		if (differs[i]) {
			struct finding *finding = report_path(reader, agent, keys[i],
				arena_printf(reader->arena,
					"flux.%s is another for each of two agents in cluster \"%.*s\"",
					keys[i], STR_ARG(cluster)),
				STR("a cluster has one: use {cluster} in it, not {agent}"));
			relate(reader, finding, first);
		}
	}
	if (have_sources && source_says(reader, "kind", "OCIRepository")
		&& !str_eq(
			spec_agent_text(agent, "chart.version"), spec_agent_text(first, "chart.version"))) {
		struct finding *finding = spec_agent_error(reader, agent, "chart.version",
			arena_printf(reader->arena,
				"two agents of cluster \"%.*s\" take different versions from one "
				"OCIRepository",
				STR_ARG(cluster)),
			STR("its tag is the version: state the same chart.version, or use a HelmRepository"));
		relate(reader, finding, first);
	}
}

/* What lies below the path of another cluster's Flux is installed there, too. */
static void
check_foreign_root(struct checker *checker, struct spec_agent *agent, const struct places *places)
{
	struct spec_reader *reader = checker->reader;
	struct str cluster = spec_agent_text(agent, "cluster");
	for (struct str above = places->manifests;; above = path_parent(above)) {
		struct spec_agent *other = map_get(&checker->roots, above);
		struct str others = other ? spec_agent_text(other, "cluster") : STR("");
		if (other && !str_eq(others, cluster)) {
			struct finding *finding = report_path(reader, agent, "path",
				arena_printf(reader->arena,
					"\"%.*s\" lies below flux.path \"%.*s\" of cluster \"%.*s\", "
					"which would install agent \"%.*s\", too",
					STR_ARG(places->manifests), STR_ARG(above), STR_ARG(others),
					STR_ARG(spec_agent_text(agent, "name"))),
				STR("give each cluster a path of its own, like clusters/{cluster}"));
			relate(reader, finding, other);
			return;
		}
		if (above.len == 0) {
			return;
		}
	}
}

/* Reports the second of two agents that share what `key` says. */
static void
claim(struct checker *checker, struct map *taken, struct str key, struct spec_agent *agent, const char *path,
	struct str message, struct str help)
{
	struct spec_agent *first = map_get(taken, key);
	if (!first) {
		(void)map_put(checker->reader->arena, taken, key, agent);
		return;
	}
	relate(checker->reader, spec_agent_error(checker->reader, agent, path, message, help), first);
}

static void
check_manifests(struct checker *checker, struct spec_agent *agent, const struct places *places)
{
	struct spec_reader *reader = checker->reader;
	struct spec_agent *first = map_get(&checker->manifests, places->manifests);
	if (!first) {
		(void)map_put(reader->arena, &checker->manifests, places->manifests, agent);
		return;
	}
	struct finding *finding = report_path(reader, agent, "manifestPath",
		arena_printf(reader->arena, "manifests of two agents land in \"%.*s\"",
			STR_ARG(places->manifests)),
		STR("tell them apart by {agent} in flux.manifestPath, and {cluster} where agents have the "
		    "same "
		    "name"));
	relate(reader, finding, first);
}

static void
check_release(struct checker *checker, struct spec_agent *agent)
{
	struct arena *arena = checker->reader->arena;
	struct str cluster = spec_agent_text(agent, "cluster"),
		   release = spec_agent_text(agent, "releaseName");
	claim(checker, &checker->releases,
		arena_printf(arena, "%.*s %.*s", STR_ARG(cluster), STR_ARG(release)), agent, "releaseName",
		arena_printf(arena, "HelmRelease \"%.*s\" of cluster \"%.*s\" is another agent's",
			STR_ARG(release), STR_ARG(cluster)),
		STR("the HelmReleases of a cluster share a namespace: give one agent another releaseName"));
}

static bool
have_same_labels(const struct spec_agent *a, const struct spec_agent *b)
{
	const struct ynode *labels = ynode_get(a->tree, STR("namespaceLabels"));
	const struct ynode *others = ynode_get(b->tree, STR("namespaceLabels"));
	const struct ynode *key = labels ? labels->first : NULL;
	if ((labels ? labels->len : 0) != (others ? others->len : 0)) {
		return false;
	}
	for (; key; key = key->next->next) {
		const struct ynode *other = ynode_get(others, ynode_str(key));
		if (!other || !str_eq(ynode_str(other), ynode_str(key->next))) {
			return false;
		}
	}
	return true;
}

/* One of them renders the namespace, for both. */
static void
check_namespace(struct checker *checker, struct spec_agent *agent)
{
	struct spec_reader *reader = checker->reader;
	struct str space = spec_agent_text(agent, "namespace"), cluster = spec_agent_text(agent, "cluster");
	struct str key = arena_printf(reader->arena, "%.*s %.*s", STR_ARG(cluster), STR_ARG(space));
	struct spec_agent *first = map_get(&checker->namespaces, key);
	if (!str_eq(spec_agent_text(agent, "createNamespace"), STR("true"))) {
		return;
	}
	if (!first) {
		(void)map_put(reader->arena, &checker->namespaces, key, agent);
	} else if (!have_same_labels(first, agent)) {
		struct finding *finding = spec_agent_error(reader, agent, "namespaceLabels",
			arena_printf(reader->arena, "two agents want different labels of namespace \"%.*s\"",
				STR_ARG(space)),
			STR("a namespace exists once: state the same namespaceLabels for both"));
		relate(reader, finding, first);
	}
}

/*
 * Flux reads every YAML file below a path without a kustomization.yaml, hidden directories too, and stops at
 * one that is no manifest (kustomize-controller, docs/spec/v1/kustomizations.md, "Generate
 * kustomization.yaml").
 */
static void
check_config_in_root(struct checker *checker)
{
	struct spec_reader *reader = checker->reader;
	struct str flux = flux_text(reader, "project");
	struct str gitlab = ynode_str(ynode_at(reader->spec->tree, "gitlab", "project", NULL));
	struct spec_agent *at_root = map_get(&checker->roots, STR(""));
	for (size_t i = 0; at_root && i < reader->spec->len; i++) {
		struct spec_agent *agent = &reader->spec->agents[i];
		bool is_elsewhere = flux.len && !str_eq(flux, gitlab);
		if (is_elsewhere || !ynode_get(agent->tree, STR("config"))) {
			continue;
		}
		const struct ynode *at = ynode_at(reader->spec->tree, "flux", "path", NULL);
		(void)spec_report(reader, SEVERITY_WARNING, at, spec_agent_place(at_root),
			arena_printf(reader->arena,
				"Flux reads the whole repository, and stops at "
				".gitlab/agents/%.*s/config.yaml",
				STR_ARG(spec_agent_text(agent, "name"))),
			STR("bootstrap Flux with a directory as its --path, or list in a kustomization.yaml "
			    "at the "
			    "root what Flux applies"));
		return;
	}
}

void
spec_check_flux(struct spec_reader *reader)
{
	struct checker checker = { .reader = reader };
	struct places places;
	for (size_t i = 0; i < reader->spec->len; i++) {
		struct spec_agent *agent = &reader->spec->agents[i];
		if (spec_is_by_flux(agent) && find_places(reader, agent, &places)
			&& !map_get(&checker.roots, places.root)) {
			(void)map_put(reader->arena, &checker.roots, places.root, agent);
		}
	}
	for (size_t i = 0; i < reader->spec->len; i++) {
		struct spec_agent *agent = &reader->spec->agents[i];
		if (!spec_is_by_flux(agent) || !find_places(reader, agent, &places)) {
			continue;
		}
		check_place(reader, agent, "manifestPath", places.manifests, places.root);
		if (places.has_source) {
			check_place(reader, agent, "sourcePath", places.source, places.root);
		}
		check_cluster(&checker, agent, &places);
		check_foreign_root(&checker, agent, &places);
		check_manifests(&checker, agent, &places);
		check_release(&checker, agent);
		check_namespace(&checker, agent);
		spec_check_release(reader, agent);
	}
	check_config_in_root(&checker);
}
