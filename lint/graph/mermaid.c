/* Mermaid, as GitLab and GitHub draw it in Markdown. */
#include "graph/graph.h"

/* Mermaid has no escapes in labels but its own form of entities. */
static void
add_text(struct buf *out, struct str text)
{
	static const struct str safe = STR_INIT(" -._/:,+*@");
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		bool is_safe = c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
			|| (c >= 'a' && c <= 'z') || str_find_char(safe, (char)c) < safe.len;
		if (is_safe) {
			buf_add_char(out, (char)c);
		} else {
			buf_addf(out, "#%u;", c);
		}
	}
}

static void
add_node(struct buf *out, const struct graph *graph, size_t index, const char *indent)
{
	static const char *const open[] = { "([", "[", "(", "{{", "[" };
	static const char *const close[] = { "])", "]", ")", "}}", "]" };
	const struct graph_node *node = &graph->nodes.items[index];
	buf_addf(out, "%sn%zu%s\"", indent, index, open[node->kind]);
	graph_add_label(out, node, "<br/>", add_text);
	buf_addf(out, "\"%s", close[node->kind]);
	if (node->state != GRAPH_OK) {
		buf_addf(out, ":::%s", graph_state_name(node->state));
	}
	buf_add_char(out, '\n');
}

static const char *
arrow(const struct graph_edge *edge)
{
	if (edge->relation == GRAPH_DEPENDS_ON) {
		return edge->state == GRAPH_BROKEN ? "-. not found .->" : "-.->";
	}
	return edge->relation == GRAPH_INSTALLS ? "==>" : "-->";
}

void
graph_as_mermaid(struct buf *out, const struct graph *graph)
{
	buf_add(out, STR("flowchart LR\n"));
	graph_add_nodes(out, graph, false, "  ", add_node);
	if (graph_has_loose(graph)) {
		buf_add(out, STR("  subgraph loose[\"Reached by no cluster that is known\"]\n"));
		graph_add_nodes(out, graph, true, "    ", add_node);
		buf_add(out, STR("  end\n"));
	}
	for (size_t i = 0; i < graph->edges.len; i++) {
		const struct graph_edge *edge = &graph->edges.items[i];
		buf_addf(out, "  n%zu %s n%zu\n", edge->from, arrow(edge), edge->to);
	}
	buf_add(out,
		STR("  classDef broken stroke:#c00,stroke-width:3px,color:#c00\n"
		    "  classDef unknown stroke-dasharray:4 4\n"
		    "  classDef suspended stroke:#999,color:#777\n"));
}
