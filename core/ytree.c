/* The only file that reads YAML through libyaml. */
#include "ytree.h"

#include <yaml.h>

#include "comments.h"
#include "error.h"
#include "map.h"
#include "utf8.h"

struct level {
	struct ynode *node;
	const struct ynode **tail; /* where the next child goes */
	uint32_t last_end;         /* end of the last child */
};

struct builder {
	struct arena *arena, *scratch;
	const struct source *source;
	uint32_t source_id;
	size_t ascii_len;                 /* of the text, before anything else */
	size_t cursor_point, cursor_byte; /* a code point index of libyaml, and where it is in the text */
	struct map anchors;               /* of the document: name -> newest node */
	struct level stack[YTREE_DEPTH_MAX];
	size_t depth, nodes;
	bool comments; /* are asked for, so every node needs room for them */
	const struct ynode *root;
	struct ydoc doc;
	struct ysyntax_error *error;
};

/*
 * libyaml's marks count code points, not bytes. Up to the first byte that is
 * not ASCII the two are the same; behind it a cursor walks the text in both
 * directions, which needs no table, since marks hardly move backwards.
 */
static uint32_t
byte_at(struct builder *b, size_t point)
{
	struct str text = b->source->text;
	if (point <= b->ascii_len) {
		return (uint32_t)point;
	}
	while (b->cursor_point < point && b->cursor_byte < text.len) {
		b->cursor_byte++;
		while (b->cursor_byte < text.len && utf8_continues(text.ptr[b->cursor_byte])) {
			b->cursor_byte++;
		}
		b->cursor_point++;
	}
	while (b->cursor_point > point) {
		b->cursor_byte--;
		while (utf8_continues(text.ptr[b->cursor_byte])) {
			b->cursor_byte--;
		}
		b->cursor_point--;
	}
	return (uint32_t)b->cursor_byte;
}

static struct span
span_of(struct builder *b, const yaml_event_t *event)
{
	uint32_t start = byte_at(b, event->start_mark.index);
	return (struct span){ start, byte_at(b, event->end_mark.index) };
}

static bool
fail(struct builder *b, enum ysyntax_kind kind, struct span span, struct str problem)
{
	*b->error = (struct ysyntax_error){ .kind = kind, .span = span, .problem = problem };
	return false;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void
add_child(struct builder *b, struct ynode *node)
{
	if (b->depth == 0) {
		b->root = node;
		return;
	}
	struct level *top = &b->stack[b->depth - 1];
	*top->tail = node;
	top->tail = &node->next;
	top->node->len++;
	top->last_end = node->span.end;
}

/* A node of `event`, added to the collection that is open; NULL beyond the limit. */
static struct ynode *
node_new(struct builder *b, enum ynode_kind kind, const yaml_event_t *event, bool roomy)
{
	struct span span = span_of(b, event);
	roomy = roomy || b->comments;
	if (b->nodes == YTREE_NODES_MAX) {
		(void)fail(b, YSYNTAX_LIMIT, span, STR("more than 2000000 values in one file"));
		return NULL;
	}
	b->nodes++;
	struct ynode *node = arena_alloc(b->arena, sizeof(*node) + (roomy ? sizeof(node->room[0]) : 0));
	node->kind = kind & 0x7U;
	node->roomy = roomy;
	node->source = b->source_id & SOURCE_ID_MAX;
	node->span = span;
	return node;
}

static struct str
copy(struct arena *arena, const yaml_char_t *text)
{
	return arena_str(arena, str_from((const char *)text));
}

static void
set_properties(struct builder *b, struct ynode *node, const yaml_char_t *tag, const yaml_char_t *anchor)
{
	if (!tag && !anchor) {
		return;
	}
	struct yextra *extra = arena_new(b->arena, struct yextra);
	ynode_set_extra(node, extra);
	if (tag) {
		extra->tag = copy(b->arena, tag);
	}
	if (anchor) { /* YAML lets an anchor be redefined: the newest counts */
		extra->anchor = copy(b->arena, anchor);
		map_put(b->scratch, &b->anchors, extra->anchor, node);
	}
}

static bool
add_alias(struct builder *b, const yaml_event_t *event)
{
	const struct ynode *target = map_get(&b->anchors, str_from((const char *)event->data.alias.anchor));
	if (!target) {
		return fail(b, YSYNTAX_ALIAS, span_of(b, event),
			STR("alias of an anchor that is not defined above"));
	}
	for (size_t i = 0; i < b->depth; i++) {
		if (b->stack[i].node == target) {
			return fail(b, YSYNTAX_ALIAS, span_of(b, event),
				STR("alias of a value that contains it"));
		}
	}
	struct ynode *node = node_new(b, YNODE_ALIAS, event, false);
	if (!node) {
		return false;
	}
	node->target = target;
	add_child(b, node);
	return true;
}

/* The scalar's bytes in the source when they are its value, else a copy. */
static const char *
slice(struct builder *b, const struct ynode *node, const yaml_event_t *event)
{
	const char *text = b->source->text.ptr + node->span.start;
	const void *value = event->data.scalar.value;
	size_t room = node->span.end - node->span.start, len = node->len;
	for (size_t quote = 0; quote < 2; quote++) {
		if (room >= quote + len && memcmp(text + quote, value, len) == 0) {
			return text + quote;
		}
	}
	return arena_str(b->arena, (struct str){ value, len }).ptr;
}

static enum ystyle
scalar_style(const yaml_event_t *event)
{
	switch (event->data.scalar.style) {
	case YAML_SINGLE_QUOTED_SCALAR_STYLE:
	case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
		return YSTYLE_QUOTED;
	case YAML_LITERAL_SCALAR_STYLE:
		return YSTYLE_LITERAL;
	case YAML_FOLDED_SCALAR_STYLE:
		return YSTYLE_FOLDED;
	case YAML_ANY_SCALAR_STYLE:
	case YAML_PLAIN_SCALAR_STYLE:
		break;
	}
	return YSTYLE_PLAIN;
}

static bool
add_scalar(struct builder *b, const yaml_event_t *event)
{
	const yaml_char_t *tag = event->data.scalar.tag, *anchor = event->data.scalar.anchor;
	struct ynode *node = node_new(b, YNODE_SCALAR, event, tag || anchor);
	if (!node) {
		return false;
	}
	node->style = scalar_style(event) & 0xfU;
	/* A block scalar's end mark is where the next token starts. */
	while (node->span.end > node->span.start && is_blank(b->source->text.ptr[node->span.end - 1])) {
		node->span.end--;
	}
	node->len = (uint32_t)event->data.scalar.length;
	node->text = slice(b, node, event);
	set_properties(b, node, tag, anchor);
	add_child(b, node);
	return true;
}

static bool
open_collection(struct builder *b, enum ynode_kind kind, const yaml_event_t *event)
{
	if (b->depth == YTREE_DEPTH_MAX) {
		return fail(b, YSYNTAX_LIMIT, span_of(b, event), STR("nested more than 100 levels deep"));
	}
	bool is_sequence = kind == YNODE_SEQUENCE;
	const yaml_char_t *tag = is_sequence ? event->data.sequence_start.tag : event->data.mapping_start.tag;
	const yaml_char_t *anchor =
		is_sequence ? event->data.sequence_start.anchor : event->data.mapping_start.anchor;
	struct ynode *node = node_new(b, kind, event, tag || anchor);
	if (!node) {
		return false;
	}
	bool flow = is_sequence ? event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
				: event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
	node->style = flow ? YSTYLE_FLOW : YSTYLE_BLOCK;
	set_properties(b, node, tag, anchor);
	add_child(b, node);
	b->stack[b->depth++] = (struct level){ .node = node, .tail = &node->first };
	return true;
}

static bool
close_collection(struct builder *b, const yaml_event_t *event)
{
	assert(b->depth > 0);
	const struct level *top = &b->stack[--b->depth];
	struct span end = span_of(b, event);
	/* A flow collection's end event spans its bracket; a block collection's
	 * is empty and sits at the next token, past comments and blank lines. */
	if (end.end > end.start) {
		top->node->span.end = end.end;
	} else if (top->last_end > top->node->span.end) {
		top->node->span.end = top->last_end;
	}
	if (b->depth > 0) {
		b->stack[b->depth - 1].last_end = top->node->span.end;
	}
	return true;
}

static bool
start_document(struct builder *b, const yaml_event_t *event)
{
	b->root = NULL;
	b->anchors = (struct map){ 0 };
	b->doc = (struct ydoc){ .span = span_of(b, event),
		.explicit_start = !event->data.document_start.implicit };
	return true;
}

/* False: *b->error is filled. */
static bool
handle(struct builder *b, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_ALIAS_EVENT:
		return add_alias(b, event);
	case YAML_SCALAR_EVENT:
		return add_scalar(b, event);
	case YAML_SEQUENCE_START_EVENT:
		return open_collection(b, YNODE_SEQUENCE, event);
	case YAML_MAPPING_START_EVENT:
		return open_collection(b, YNODE_MAPPING, event);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return close_collection(b, event);
	case YAML_DOCUMENT_START_EVENT:
		return start_document(b, event);
	case YAML_DOCUMENT_END_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_NO_EVENT:
		break;
	}
	return true;
}

/* What libyaml says of the text, in our terms. */
static bool
report_parser(struct builder *b, const yaml_parser_t *parser)
{
	if (parser->error == YAML_MEMORY_ERROR) {
		fatal_out_of_memory();
	}
	if (parser->error == YAML_READER_ERROR) { /* its mark says 1:1; a control character, the rest is
						     checked before */
		size_t at = parser->problem_offset < b->source->text.len ? parser->problem_offset
									 : b->source->text.len;
		return fail(b, YSYNTAX_GRAMMAR, (struct span){ (uint32_t)at, (uint32_t)at },
			copy(b->arena, (const yaml_char_t *)parser->problem));
	}
	uint32_t at = byte_at(b, parser->problem_mark.index);
	(void)fail(b, YSYNTAX_GRAMMAR, (struct span){ at, at },
		copy(b->arena, (const yaml_char_t *)parser->problem));
	if (parser->context) {
		uint32_t began = byte_at(b, parser->context_mark.index);
		b->error->context = copy(b->arena, (const yaml_char_t *)parser->context);
		b->error->context_span = (struct span){ began, began };
	}
	return false;
}

static const struct ydoc **
finish_document(struct builder *b, const yaml_event_t *event, const struct ydoc **tail)
{
	struct ydoc *doc = arena_new(b->arena, struct ydoc);
	*doc = b->doc;
	doc->root = b->root;
	doc->span.end = span_of(b, event).end;
	*tail = doc;
	return &doc->next;
}

static bool
parse_events(struct builder *b, yaml_parser_t *parser, const struct ydoc **tail)
{
	for (bool done = false; !done;) {
		yaml_event_t CLEANUP(yaml_event_delete) event = { .type = YAML_NO_EVENT };
		if (!yaml_parser_parse(parser, &event)) {
			return report_parser(b, parser);
		}
		if (!handle(b, &event)) {
			return false;
		}
		if (event.type == YAML_DOCUMENT_END_EVENT) {
			tail = finish_document(b, &event, tail);
		}
		done = event.type == YAML_STREAM_END_EVENT;
	}
	return true;
}

bool
ytree_parse(struct arena *arena, struct arena *scratch, const struct source *source, uint32_t source_id,
	unsigned flags, const struct ydoc **ret_docs, struct ysyntax_error *reterr)
{
	struct builder b = { .arena = arena, .scratch = scratch, .source = source, .source_id = source_id };
	b.error = reterr;
	b.comments = (flags & YTREE_COMMENTS) != 0;
	*ret_docs = NULL;
	if (source->text.len > SOURCE_BYTES_MAX) {
		return fail(&b, YSYNTAX_LIMIT, (struct span){ 0, 0 }, STR("larger than 16 MiB"));
	}
	size_t valid = utf8_valid_prefix(source->text);
	if (valid < source->text.len) {
		return fail(&b, YSYNTAX_ENCODING, (struct span){ (uint32_t)valid, (uint32_t)valid },
			STR("not UTF-8"));
	}
	b.ascii_len = b.cursor_point = b.cursor_byte = utf8_ascii_prefix(source->text);
	yaml_parser_t CLEANUP(yaml_parser_delete) parser = { 0 };
	if (!yaml_parser_initialize(&parser)) {
		fatal_out_of_memory();
	}
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)source->text.ptr, source->text.len);
	bool ok = parse_events(&b, &parser, ret_docs);
	if (ok && b.comments) {
		comments_attach(arena, source, *ret_docs);
	}
	return ok;
}
