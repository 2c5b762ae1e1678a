/* Spans: each lies in the text, children lie in their parent and follow each other. */
#include "fuzz.h"

static void
check_node(const struct ynode *node, struct span within, size_t depth)
{
	must(depth <= YTREE_DEPTH_MAX + 1, "the tree is no deeper than the limit");
	must(node->source == 1, "a node knows its source");
	must(node->span.start <= node->span.end, "a span ends behind its start");
	must(node->span.start >= within.start && node->span.end <= within.end, "a child lies in its parent");
	if (node->kind == YNODE_SCALAR || node->kind == YNODE_ALIAS) {
		return;
	}
	uint32_t count = 0, end = node->span.start;
	for (const struct ynode *child = node->first; child; child = child->next) {
		must(child->span.start >= end, "a child follows the one before");
		check_node(child, node->span, depth + 1);
		end = child->span.end;
		count++;
	}
	must(count == node->len, "a collection knows its length");
	must(node->kind == YNODE_SEQUENCE || count % 2 == 0, "a mapping holds pairs");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct span whole = { 0, (uint32_t)size };
	const struct ydoc *doc = fuzz_parse(&arena, (struct str){ (const char *)data, size }, YTREE_VALUES);
	for (; doc; doc = doc->next) {
		check_node(doc->root, whole, 1);
	}
	return 0;
}
