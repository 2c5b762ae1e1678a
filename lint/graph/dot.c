/* The language of Graphviz: glagent-lint graph --format dot | dot -Tsvg. */
#include "graph/graph.h"

/* In a quoted string a backslash begins an escape, whatever follows. */
static void
add_text(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '"' || c == '\\') {
			buf_add_char(out, '\\');
		}
		buf_add_char(out, c);
	}
}

static const char *
style_of(const struct graph_node *node)
{
	static const char *const styles[] = { "", ", color=\"#cc0000\", fontcolor=\"#cc0000\", penwidth=2",
		", style=dashed", ", color=\"#999999\", fontcolor=\"#777777\"" };
	return styles[node->state];
}

static void
add_node(struct buf *out, const struct graph *graph, size_t index, const char *indent)
{
	static const char *const shapes[] = { "oval", "box", "note", "hexagon", "plaintext" };
	const struct graph_node *node = &graph->nodes.items[index];
	buf_addf(out, "%sn%zu [shape=%s, label=\"", indent, index, shapes[node->kind]);
	graph_add_label(out, node, "\\n", add_text);
	buf_addf(out, "\"%s];\n", style_of(node));
}

static void
add_edge(struct buf *out, const struct graph_edge *edge)
{
	static const char *const styles[] = { "", " [style=dotted]", " [style=bold]" };
	bool is_broken = edge->state == GRAPH_BROKEN;
	buf_addf(out, "  n%zu -> n%zu%s;\n", edge->from, edge->to,
		is_broken ? " [style=dotted, color=\"#cc0000\", label=\"not found\"]"
			  : styles[edge->relation]);
}

void
graph_as_dot(struct buf *out, const struct graph *graph)
{
	buf_add(out,
		STR("digraph flux {\n  rankdir=LR;\n  node [fontname=\"sans-serif\", fontsize=10];\n"
		    "  edge [fontname=\"sans-serif\", fontsize=9];\n"));
	graph_add_nodes(out, graph, false, "  ", add_node);
	if (graph_has_loose(graph)) {
		buf_add(out,
			STR("  subgraph cluster_loose {\n    label=\"Reached by no cluster that is known\";\n"
			    "    fontname=\"sans-serif\";\n"));
		graph_add_nodes(out, graph, true, "    ", add_node);
		buf_add(out, STR("  }\n"));
	}
	for (size_t i = 0; i < graph->edges.len; i++) {
		add_edge(out, &graph->edges.items[i]);
	}
	buf_add(out, STR("}\n"));
}
