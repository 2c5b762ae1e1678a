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
	if (!ynode_extra(node)) {
		ynode_set_extra(node, arena_new(h->arena, struct yextra));
	}
	return ynode_extra(node);
}

static struct str
join_lines(struct hanger *h, struct str a, struct str b)
{
	return a.len ? arena_printf(h->arena, "%.*s\n%.*s", STR_ARG(a), STR_ARG(b)) : b;
}

/* Length of the line break at the start of `text`, or 0. libyaml, as YAML 1.1, knows more of them than
 * editors. */
static uint32_t
line_break(struct str text)
{
	switch (text.len ? text.ptr[0] : '\0') {
	case '\n':
		return 1;
	case '\r':
		return str_starts(text, STR("\r\n")) ? 2 : 1;
	case '\xC2':
		return str_starts(text, STR("\xC2\x85")) ? 2 : 0;
	case '\xE2':
		return str_starts(text, STR("\xE2\x80\xA8")) || str_starts(text, STR("\xE2\x80\xA9")) ? 3 : 0;
	default:
		return 0;
	}
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static struct str
comment_at(struct str text, uint32_t at)
{
	struct str line = str_skip(text, at);
	for (size_t len = 0; len < line.len; len++) {
		if (line_break(str_skip(line, len))) {
			line.len = len;
		}
	}
	while (line.len && is_blank(line.ptr[line.len - 1])) {
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

/* Takes the comments and blank lines of the gap that ends at `end`. A '#' begins one only behind a blank or
 * at the start of a line. */
static void
scan(struct hanger *h, uint32_t end)
{
	bool own_line = h->at == 0 || h->text.ptr[h->at - 1] == '\n';
	bool blank_line = own_line; /* nothing but blanks since the line began */
	bool behind_blank = own_line || is_blank(h->text.ptr[h->at - 1]);

	for (uint32_t at = h->at, step; at < end; at += step) {
		uint32_t broken = line_break(str_skip(h->text, at));
		char c = h->text.ptr[at];
		step = broken ? broken : 1;
		if (broken) {
			h->gap |= blank_line && at > 0 && !h->above.len;
			own_line = true;
			blank_line = true;
		} else if (c == '#' && behind_blank) {
			struct str comment = comment_at(h->text, at);
			hang(h, comment, own_line);
			step = (uint32_t)comment.len;
			blank_line = false;
		} else if (!is_blank(c)) {
			blank_line = false;
		}
		behind_blank = broken || is_blank(c);
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
		if (header.ptr[i] == '#' && is_blank(header.ptr[i - 1])) {
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
