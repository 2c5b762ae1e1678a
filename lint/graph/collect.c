#include "flux_objects.h"
#include "graph/graph.h"
#include "vec.h"

struct collecting {
	struct arena *arena;
	const struct repository *repository;
	struct graph *graph;
	struct map by_identity; /* of the cluster at hand: "kind namespace/name" -> struct place */
	struct map edges;       /* "from to relation" of those that are there */
	struct {
		struct installed *items;
		size_t len, cap;
	} installs; /* releases of the agent's chart, of all clusters */
};

struct installed {
	size_t node;
	struct str agent; /* that the annotation of glagent-gen names; may be empty */
};

/* Where a node stands; a map holds no index. */
struct place {
	size_t index;
};

static size_t
add_node(struct collecting *c, struct str key, struct graph_node node)
{
	struct place *place = arena_new(c->arena, struct place);
	place->index = c->graph->nodes.len;
	vec_push(c->arena, &c->graph->nodes, node);
	map_put(c->arena, &c->by_identity, key, place);
	return place->index;
}

static void
add_edge(struct collecting *c, size_t from, size_t to, enum graph_relation relation, enum graph_state state)
{
	struct graph_edge edge = { from, to, relation, state };
	struct str key = arena_printf(c->arena, "%zu %zu %d", from, to, (int)relation);
	if (!map_put(c->arena, &c->edges, key, c)) {
		vec_push(c->arena, &c->graph->edges, edge);
	}
}

static struct str
key_of(struct collecting *c, struct str kind, struct str namespace, struct str name)
{
	return arena_printf(c->arena, "%.*s %.*s/%.*s", STR_ARG(kind), STR_ARG(namespace), STR_ARG(name));
}

static struct str
full_name(struct collecting *c, struct str namespace, struct str name)
{
	return namespace.len > 0 ? arena_printf(c->arena, "%.*s/%.*s", STR_ARG(namespace), STR_ARG(name))
				 : name;
}

static struct str
text_at(const struct applied *applied, const char *a, const char *b, const char *c)
{
	return ynode_str(ynode_at(applied->object->node, "spec", a, b, c, NULL));
}

/* "podinfo 6.x", "OCIRepository podinfo" */
static struct str
chart_of(struct collecting *c, const struct applied *applied)
{
	struct str chart = text_at(applied, "chart", "spec", "chart");
	struct str version = text_at(applied, "chart", "spec", "version");
	struct str reference = text_at(applied, "chartRef", "name", NULL);
	if (chart.len == 0) {
		return reference.len > 0 ? arena_printf(c->arena, "%.*s %.*s",
			       STR_ARG(text_at(applied, "chartRef", "kind", NULL)), STR_ARG(reference))
					 : STR("");
	}
	return version.len > 0 ? arena_printf(c->arena, "%.*s %.*s", STR_ARG(chart), STR_ARG(version))
			       : chart;
}

static void
judge_build(struct graph_node *node, const struct build *build)
{
	if (build->result == BUILD_FAILS) {
		node->state = GRAPH_BROKEN;
		node->note = build->why;
	} else if (build->result == BUILD_INCOMPLETE) {
		node->state = GRAPH_UNKNOWN;
		node->note = build->why;
	}
}

static struct graph_node
kustomization_node(struct collecting *c, const struct applied *applied)
{
	struct str path = ynode_str(applied_spec(applied, "path"));
	struct graph_node node = { .kind = GRAPH_KUSTOMIZATION, .detail = shown_path(path) };
	if (applied->applies) {
		judge_build(&node, applied->applies->build);
	} else if (applied->cluster) {
		node.state = GRAPH_UNKNOWN;
		node.note = arena_printf(c->arena, "from %.*s %.*s",
			STR_ARG(text_at(applied, "sourceRef", "kind", NULL)),
			STR_ARG(text_at(applied, "sourceRef", "name", NULL)));
	}
	if (applied_spec(applied, "kubeConfig")) {
		node.note = STR("applies to another cluster");
		node.state = GRAPH_UNKNOWN;
	}
	return node;
}

static size_t
add_object(struct collecting *c, const struct applied *applied)
{
	const struct identity *id = &applied->object->id;
	bool is_release = applied_is_release(applied);
	struct str key = key_of(c, id->kind, id->namespace, id->name);
	const struct place *known = map_get(&c->by_identity, key);
	if (known) {
		return known->index;
	}
	struct graph_node node = { .kind = GRAPH_RELEASE, .detail = STR("") };
	if (is_release) {
		node.detail = chart_of(c, applied);
	} else {
		node = kustomization_node(c, applied);
	}
	node.state = applied_is_suspended(applied) ? GRAPH_SUSPENDED : node.state;
	node.is_loose = !applied->cluster;
	node.name = full_name(c, id->namespace, id->name);
	node.source = &applied->object->resource->file->source;
	node.offset = applied->object->written->span.start;
	size_t index = add_node(c, key, node);
	if (is_release && str_eq(text_at(applied, "chart", "spec", "chart"), STR("gitlab-agent"))) {
		struct installed install = { index,
			ynode_str(ynode_at(applied->object->node, "metadata", "annotations",
				"glagent.dev/agent", NULL)) };
		vec_push(c->arena, &c->installs, install);
	}
	return index;
}

static bool
is_drawn(const struct applied *applied)
{
	return applied_is_kustomization(applied) || applied_is_release(applied);
}

/* The node of what a dependsOn item names; one that nothing applies is made. */
static size_t
dependency(struct collecting *c, const struct applied *applied, const struct ynode *item,
	enum graph_state *ret_state)
{
	struct str name = ynode_str(ynode_get(item, STR("name")));
	struct str namespace = applied_reference_namespace(applied, item);
	struct str key = key_of(c, applied->object->id.kind, namespace, name);
	const struct place *known = map_get(&c->by_identity, key);
	*ret_state = GRAPH_OK;
	if (known) {
		enum graph_kind kind = c->graph->nodes.items[known->index].kind;
		*ret_state = kind == GRAPH_MISSING ? c->graph->nodes.items[known->index].state : GRAPH_OK;
		return known->index;
	}
	bool is_known = applied->cluster && applied->cluster->root->is_complete
		&& applied_is_plain(ynode_get(item, STR("name")));
	struct graph_node node = { .kind = GRAPH_MISSING,
		.state = is_known ? GRAPH_BROKEN : GRAPH_UNKNOWN,
		.is_loose = !applied->cluster,
		.name = full_name(c, namespace, name),
		.note = is_known ? STR("not in this repository") : STR("not found") };
	*ret_state = node.state;
	return add_node(c, key, node);
}

static void
add_dependencies(struct collecting *c, const struct applied *applied)
{
	const struct ynode *item = applied_items(applied, "dependsOn");
	size_t from = add_object(c, applied);
	for (; item; item = item->next) {
		enum graph_state state;
		if (ynode_str(ynode_get(item, STR("name"))).len > 0) {
			size_t to = dependency(c, applied, ynode_follow(item), &state);
			add_edge(c, from, to, GRAPH_DEPENDS_ON, state);
		}
	}
}

static struct graph_node
root_node(struct collecting *c, const struct flux_root *root)
{
	const struct flux_kustomization *kustomization = root->kustomization;
	struct graph_node node = { .kind = GRAPH_CLUSTER,
		.name = shown_path(kustomization->path),
		.detail = root->version.file
			? arena_printf(c->arena, "Flux %u.%u", root->version.major, root->version.minor)
			: STR(""),
		.source = &kustomization->resource->file->source,
		.offset = kustomization->resource->root->span.start };
	if (!root->is_certain) {
		node.state = GRAPH_UNKNOWN;
		node.note = root->why_incomplete;
	} else {
		judge_build(&node, kustomization->build);
	}
	return node;
}

static void
add_objects(struct collecting *c, const struct cluster *cluster, size_t root)
{
	const struct flux_kustomization *start = cluster->root->kustomization;
	for (size_t i = 0; i < cluster->objects.len; i++) {
		const struct applied *applied = &cluster->objects.items[i];
		if (!is_drawn(applied) || applied->applies == start) {
			continue;
		}
		const struct place *by = map_get(&c->by_identity,
			key_of(c, STR("Kustomization"), applied->by->namespace, applied->by->name));
		size_t from = applied->by == start || !by ? root : by->index;
		add_edge(c, from, add_object(c, applied), GRAPH_APPLIES, GRAPH_OK);
	}
	for (size_t i = 0; i < cluster->objects.len; i++) {
		if (is_drawn(&cluster->objects.items[i]) && cluster->objects.items[i].applies != start) {
			add_dependencies(c, &cluster->objects.items[i]);
		}
	}
}

static const struct cluster *
cluster_of(const struct clusters *clusters, const struct flux_root *root)
{
	for (size_t i = 0; i < clusters->items.len; i++) {
		if (clusters->items.items[i].root == root) {
			return &clusters->items.items[i];
		}
	}
	return NULL;
}

static void
add_root(struct collecting *c, const struct flux_root *root)
{
	const struct flux_kustomization *start = root->kustomization;
	const struct cluster *cluster = cluster_of(c->repository->clusters, root);
	c->by_identity = (struct map){ 0 };
	size_t index = add_node(
		c, key_of(c, STR("Kustomization"), start->namespace, start->name), root_node(c, root));
	if (cluster) {
		add_objects(c, cluster, index);
	}
}

static void
add_loose(struct collecting *c)
{
	const struct clusters *clusters = c->repository->clusters;
	c->by_identity = (struct map){ 0 };
	for (size_t i = 0; i < clusters->loose.len; i++) {
		if (is_drawn(&clusters->loose.items[i])) {
			(void)add_object(c, &clusters->loose.items[i]);
		}
	}
	for (size_t i = 0; i < clusters->loose.len; i++) {
		if (is_drawn(&clusters->loose.items[i])) {
			add_dependencies(c, &clusters->loose.items[i]);
		}
	}
}

/* An install is an agent's when its annotation says so, or when both are the only ones. */
static bool
installs(const struct collecting *c, const struct installed *install, const struct agent *agent)
{
	bool is_only = c->repository->agents->len == 1 && c->installs.len == 1;
	return str_eq(install->agent, agent->name) || (install->agent.len == 0 && is_only);
}

static void
add_agents(struct collecting *c)
{
	const struct agents *agents = c->repository->agents;
	for (size_t i = 0; i < agents->len; i++) {
		const struct agent *agent = &agents->items[i];
		const struct file *file = agent->config ? agent->config : agent->any;
		struct graph_node node = {
			.kind = GRAPH_AGENT, .name = agent->name, .detail = STR(""), .source = &file->source
		};
		size_t index = c->graph->nodes.len;
		vec_push(c->arena, &c->graph->nodes, node);
		for (size_t j = 0; j < c->installs.len; j++) {
			if (installs(c, &c->installs.items[j], agent)) {
				add_edge(c, c->installs.items[j].node, index, GRAPH_INSTALLS, GRAPH_OK);
			}
		}
	}
}

const struct graph *
graph_collect(struct arena *arena, const struct repository *repository, const struct str *path)
{
	struct graph *graph = arena_new(arena, struct graph);
	struct collecting c = { .arena = arena, .repository = repository, .graph = graph };
	for (size_t i = 0; i < repository->flux->roots.len; i++) {
		const struct flux_root *root = &repository->flux->roots.items[i];
		if (!path || str_eq(*path, root->kustomization->path)) {
			add_root(&c, root);
		}
	}
	if (!path) {
		add_loose(&c);
		add_agents(&c);
	}
	return graph;
}
