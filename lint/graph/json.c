/* For programs: {"version": 1, "nodes": […], "edges": […]}; documented in docs/graph.md. */
#include "json.h"
#include "graph/graph.h"

enum { GRAPH_JSON_VERSION = 1, JSON_INDENT = 2 };

static void
put(struct ylist *object, const char *key, struct str text)
{
	if (text.len > 0) {
		ylist_put(object, str_from(key), json_of_str(object->arena, text));
	}
}

static const struct ynode *
node_of(struct arena *arena, const struct graph_node *node, size_t index)
{
	struct ylist object = ylist_mapping(arena);
	put(&object, "id", arena_printf(arena, "n%zu", index));
	put(&object, "kind", str_from(graph_kind_name(node->kind)));
	put(&object, "name", node->name);
	put(&object, "detail", node->detail);
	put(&object, "state", str_from(graph_state_name(node->state)));
	put(&object, "note", node->note);
	if (node->is_loose) {
		ylist_put(&object, STR("reached"), json_of_bool(arena, false));
	}
	if (node->source) {
		put(&object, "file", node->source->path);
		ylist_put(&object, STR("line"),
			json_of_int(arena, source_position(node->source, node->offset).line));
	}
	return object.parent;
}

static const struct ynode *
edge_of(struct arena *arena, const struct graph_edge *edge)
{
	struct ylist object = ylist_mapping(arena);
	put(&object, "from", arena_printf(arena, "n%zu", edge->from));
	put(&object, "to", arena_printf(arena, "n%zu", edge->to));
	put(&object, "relation", str_from(graph_relation_name(edge->relation)));
	put(&object, "state", str_from(graph_state_name(edge->state)));
	return object.parent;
}

void
graph_as_json(struct buf *out, const struct graph *graph)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct ylist object = ylist_mapping(&scratch);
	struct ylist nodes = ylist_sequence(&scratch), edges = ylist_sequence(&scratch);
	for (size_t i = 0; i < graph->nodes.len; i++) {
		ylist_add(&nodes, node_of(&scratch, &graph->nodes.items[i], i));
	}
	for (size_t i = 0; i < graph->edges.len; i++) {
		ylist_add(&edges, edge_of(&scratch, &graph->edges.items[i]));
	}
	ylist_put(&object, STR("version"), json_of_int(&scratch, GRAPH_JSON_VERSION));
	ylist_put(&object, STR("nodes"), nodes.parent);
	ylist_put(&object, STR("edges"), edges.parent);
	json_write(out, object.parent, JSON_INDENT);
	buf_add_char(out, '\n');
}
