#include "graph/graph.h"

enum { LABEL_BYTES_MAX = 60 };

const char *
graph_kind_name(enum graph_kind kind)
{
	static const char *const names[] = { "cluster", "kustomization", "release", "agent", "missing" };
	return names[kind];
}

const char *
graph_relation_name(enum graph_relation relation)
{
	static const char *const names[] = { "applies", "depends-on", "installs" };
	return names[relation];
}

const char *
graph_state_name(enum graph_state state)
{
	static const char *const names[] = { "ok", "broken", "unknown", "suspended" };
	return names[state];
}

/* At most LABEL_BYTES_MAX bytes, cut between two characters, without control characters. */
static struct str
cut(struct arena *arena, struct str text)
{
	struct buf out = { .arena = arena };
	size_t len = text.len;
	if (len > LABEL_BYTES_MAX) {
		for (len = LABEL_BYTES_MAX; len > 0 && ((unsigned char)text.ptr[len] & 0xC0) == 0x80;) {
			len--;
		}
	}
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		buf_add_char(&out, c < ' ' || c == 0x7F ? ' ' : (char)c);
	}
	buf_add(&out, len < text.len ? STR("…") : STR(""));
	return out.len > 0 ? buf_str(&out) : STR("");
}

static struct str
note_of(struct arena *arena, const struct graph_node *node)
{
	if (node->state == GRAPH_OK) {
		return STR("");
	}
	struct str word = str_from(graph_state_name(node->state));
	if (node->note.len == 0) {
		return word;
	}
	return node->state == GRAPH_BROKEN && node->kind != GRAPH_MISSING
		? arena_printf(arena, "broken: %.*s", STR_ARG(node->note))
		: node->note;
}

size_t
graph_label(struct arena *arena, const struct graph_node *node, struct str ret_lines[GRAPH_LINES_MAX])
{
	struct str lines[GRAPH_LINES_MAX] = { node->name, node->detail, note_of(arena, node) };
	size_t count = 0;
	for (size_t i = 0; i < GRAPH_LINES_MAX; i++) {
		if (lines[i].len > 0) {
			ret_lines[count++] = cut(arena, lines[i]);
		}
	}
	return count;
}

void
graph_add_label(struct buf *out, const struct graph_node *node, const char *separator,
	void (*add_text)(struct buf *, struct str))
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct str lines[GRAPH_LINES_MAX];
	size_t count = graph_label(&scratch, node, lines);
	for (size_t i = 0; i < count; i++) {
		buf_add(out, i > 0 ? str_from(separator) : STR(""));
		add_text(out, lines[i]);
	}
}

bool
graph_has_loose(const struct graph *graph)
{
	for (size_t i = 0; i < graph->nodes.len; i++) {
		if (graph->nodes.items[i].is_loose) {
			return true;
		}
	}
	return false;
}

void
graph_add_nodes(struct buf *out, const struct graph *graph, bool is_loose, const char *indent,
	void (*add)(struct buf *, const struct graph *, size_t index, const char *indent))
{
	for (size_t i = 0; i < graph->nodes.len; i++) {
		if (graph->nodes.items[i].is_loose == is_loose) {
			add(out, graph, i, indent);
		}
	}
}
