#include "comments.h"

struct hanger {
	struct arena *arena;
	struct str text;
	uint32_t at;        /* scanned up to */
	struct ynode *last; /* entry that started last in this document, or NULL */
	struct str above;   /* own-line comments that wait for the next entry */
	bool gap;           /* a blank line waits likewise */
};

/* The tree is const for everyone else; only this pass, before anyone sees it, writes to it. */
static struct ynode *
writable(const struct ynode *node)
{
	return (struct ynode *)(uintptr_t)node;
}

static struct yextra *
extra_of(struct hanger *h, struct ynode *node)
{
	if (!node->extra) {
		node->extra = arena_new(h->arena, struct yextra);
	}
	return node->extra;
}

static struct str
join_lines(struct hanger *h, struct str a, struct str b)
{
	return a.len ? arena_printf(h->arena, "%.*s\n%.*s", STR_ARG(a), STR_ARG(b)) : b;
}

/* A '#' begins a comment only behind a blank or at the start of a line. */
static bool
begins_comment(struct str text, uint32_t at)
{
	return text.ptr[at] == '#' && (at == 0 || memchr(" \t\n\r", text.ptr[at - 1], 4));
}

static struct str
comment_at(struct str text, uint32_t at)
{
	struct str line = str_skip(text, at);
	line = str_first(line, str_find_char(line, '\n'));
	while (line.len && memchr(" \t\r", line.ptr[line.len - 1], 3)) {
		line.len--;
	}
	return line;
}

static void
hang(struct hanger *h, struct str comment, bool own_line)
{
	if (own_line || !h->last) {
		h->above = join_lines(h, h->above, comment);
		return;
	}
	struct yextra *extra = extra_of(h, h->last);
	if (extra->beside.len) { /* `a: # one` over `  # two`, or a flow collection with several */
		h->above = join_lines(h, h->above, comment);
	} else {
		extra->beside = comment;
	}
}

/* Takes the comments and blank lines of the gap that ends at `end`. */
static void
scan(struct hanger *h, uint32_t end)
{
	bool own_line = h->at == 0 || h->text.ptr[h->at - 1] == '\n';
	bool blank_line = own_line; /* nothing but blanks since the line began */

	for (uint32_t at = h->at; at < end; at++) {
		char c = h->text.ptr[at];
		if (c == '\n') {
			h->gap |= blank_line && at > 0 && !h->above.len;
			own_line = true;
			blank_line = true;
		} else if (begins_comment(h->text, at)) {
			struct str comment = comment_at(h->text, at);
			hang(h, comment, own_line);
			at += (uint32_t)comment.len - 1;
			blank_line = false;
		} else if (c != ' ' && c != '\t' && c != '\r') {
			blank_line = false;
		}
	}
	if (h->at < end) {
		h->at = end;
	}
}

/* A comment on the line of `|` or `>` lies inside the scalar's span. */
static void
scan_header(struct hanger *h, const struct ynode *scalar)
{
	struct str header = comment_at(h->text, scalar->span.start);
	for (uint32_t i = 1; i < header.len; i++) {
		if (begins_comment(header, i)) {
			hang(h, str_skip(header, i), false);
			return;
		}
	}
}

static void
start_entry(struct hanger *h, struct ynode *node)
{
	if (h->above.len || h->gap) {
		struct yextra *extra = extra_of(h, node);
		extra->above = h->above;
		extra->gap = h->gap;
	}
	h->above = STR("");
	h->gap = false;
	h->last = node;
}

static void
visit(struct hanger *h, struct ynode *node, bool is_entry)
{
	scan(h, node->span.start);
	if (is_entry) {
		start_entry(h, node);
	}
	if (node->kind == YNODE_SCALAR || node->kind == YNODE_ALIAS) {
		if (node->style == YSTYLE_LITERAL || node->style == YSTYLE_FOLDED) {
			scan_header(h, node);
		}
		h->at = h->at < node->span.end ? node->span.end : h->at;
		return;
	}
	bool entry = true;
	for (const struct ynode *child = node->first; child; child = child->next) {
		visit(h, writable(child), entry);
		entry = node->kind == YNODE_SEQUENCE || !entry;
	}
}

void
comments_attach(struct arena *arena, const struct source *source, const struct ydoc *docs)
{
	struct hanger h = { .arena = arena, .text = source->text };
	for (const struct ydoc *d = docs; d; d = d->next) {
		struct ydoc *doc = (struct ydoc *)(uintptr_t)d;
		if (doc->explicit_start) {
			scan(&h, doc->span.start);
			doc->head = h.above;
			h.above = STR("");
		}
		h.last = NULL;
		visit(&h, writable(doc->root), false);
		scan(&h, doc->next ? doc->span.end : (uint32_t)source->text.len);
		doc->foot = h.above;
		h.above = STR("");
		h.gap = false;
	}
}
