#include "yemit.h"

#include "yemit_scalar.h"

enum {
	STEP = 2,
	FLOW_COLUMNS_MAX = 80, /* a longer flow sequence becomes a block */
	KEY_BYTES_MAX = 1000,  /* an implicit key may have 1024 characters; longer ones get a `?` */
};

struct emitter {
	struct buf *out;
	bool kept_lines; /* what was written last ends in lines that count: a blank line now would count too
			  */
	bool is_tight;   /* as yemit_tight says */
};

static void emit_block(struct emitter *e, const struct ynode *node, size_t indent);

static bool
is_collection(const struct ynode *node)
{
	return node->kind == YNODE_MAPPING || node->kind == YNODE_SEQUENCE;
}

static struct str
beside_of(const struct ynode *entry)
{
	const struct yextra *extra = ynode_extra(entry);
	return extra ? extra->beside : STR("");
}

/* A flow sequence of plain words that fits a line stays one: `verbs: [get, list]`. */
static bool
stays_flow(const struct ynode *node)
{
	size_t columns = 0;
	if (node->kind != YNODE_SEQUENCE || node->style != YSTYLE_FLOW) {
		return false;
	}
	for (const struct ynode *item = node->first; item; item = item->next) {
		const struct ynode *value = ynode_follow(item);
		columns += value->len + STEP;
		const struct yextra *extra = ynode_extra(item);
		bool has_comment = extra && (extra->above.len || extra->beside.len);
		if (value->kind != YNODE_SCALAR || has_comment || columns > FLOW_COLUMNS_MAX
			|| (value->len == 0 && value->style == YSTYLE_PLAIN)) {
			return false;
		}
	}
	return true;
}

static bool
is_block(const struct ynode *node)
{
	return is_collection(node) && node->first && !stays_flow(node);
}

/* The node on one line, whatever it is. */
static void
emit_flow(struct emitter *e, const struct ynode *node)
{
	node = ynode_follow(node);
	yemit_tag(e->out, ynode_tag(node));
	if (!is_collection(node)) {
		bool is_empty = node->len == 0 && node->style == YSTYLE_PLAIN;
		if (is_empty && !ynode_tag(node).len) {
			buf_add(e->out, STR("null")); /* nothing at all cannot stand between commas */
			return;
		}
		yemit_line(e->out, node, yemit_form(node, YPLACE_FLOW));
		return;
	}
	bool is_mapping = node->kind == YNODE_MAPPING;
	buf_add_char(e->out, is_mapping ? '{' : '[');
	for (const struct ynode *child = node->first; child; child = child->next) {
		buf_add(e->out, child == node->first ? STR("") : STR(", "));
		buf_add(e->out, is_mapping ? STR("? ") : STR(""));
		emit_flow(e, child);
		if (is_mapping) {
			child = child->next;
			buf_add(e->out, STR(" : "));
			emit_flow(e, child);
		}
	}
	buf_add_char(e->out, is_mapping ? '}' : ']');
}

static void
emit_comment_lines(struct emitter *e, struct str comments, size_t indent)
{
	struct str rest = comments;
	while (comments.len && rest.ptr) {
		buf_add_repeat(e->out, ' ', indent);
		buf_add(e->out, str_cut(&rest, '\n'));
		buf_add_char(e->out, '\n');
		e->kept_lines = false;
	}
}

static void
emit_above(struct emitter *e, const struct ynode *entry, size_t indent, bool is_first)
{
	const struct yextra *extra = ynode_extra(entry);
	if (!extra) {
		return;
	}
	if (extra->gap && !is_first && !e->kept_lines && !e->is_tight) {
		buf_add_char(e->out, '\n');
	}
	emit_comment_lines(e, extra->above, indent);
}

static void
end_line(struct emitter *e, struct str beside)
{
	if (beside.len) {
		buf_addf(e->out, "%s%.*s", e->is_tight ? " " : "  ", STR_ARG(beside));
	}
	buf_add_char(e->out, '\n');
	e->kept_lines = false;
}

/* Behind "key:" or "-": a blank and the value, down to the line end. Blocks go to the next line, at `indent`.
 */
static void
emit_value(struct emitter *e, const struct ynode *value, size_t indent, struct str beside)
{
	value = ynode_follow(value);
	struct str tag = ynode_tag(value);
	bool is_empty = value->kind == YNODE_SCALAR && value->len == 0 && value->style == YSTYLE_PLAIN;
	if (!(is_empty || is_block(value)) || tag.len) {
		buf_add_char(e->out, ' ');
	}
	if (is_block(value)) {
		yemit_tag(e->out, tag);
		end_line(e, beside);
		emit_block(e, value, indent);
		return;
	}
	enum yform form = value->kind == YNODE_SCALAR ? yemit_form(value, YPLACE_BLOCK) : YFORM_PLAIN;
	if (form == YFORM_LITERAL) {
		struct str text = ynode_str(value);
		yemit_tag(e->out, tag);
		yemit_literal(e->out, text, indent, beside);
		end_line(e, STR(""));
		e->kept_lines = str_ends(text, STR("\n\n"));
		return;
	}
	if (is_collection(value)) {
		emit_flow(e, value);
	} else {
		yemit_tag(e->out, tag);
		yemit_line(e->out, value, form);
	}
	end_line(e, beside);
}

/* Can it stand before ":" on one line? An escape takes up to six characters a byte, one of a tag three. */
static bool
is_simple_key(const struct ynode *key, enum yform form)
{
	size_t longest = (size_t)key->len * (form == YFORM_PLAIN ? 1 : 6) + ynode_tag(key).len * 3;
	bool is_nothing = key->len == 0 && form == YFORM_PLAIN;
	return key->kind == YNODE_SCALAR && !is_nothing && longest < KEY_BYTES_MAX;
}

/* "key:", or "? key", a line end and ":". */
static void
emit_key(struct emitter *e, const struct ynode *key, size_t indent)
{
	key = ynode_follow(key);
	enum yform form = key->kind == YNODE_SCALAR ? yemit_form(key, YPLACE_KEY) : YFORM_PLAIN;
	if (is_simple_key(key, form)) {
		yemit_tag(e->out, ynode_tag(key));
		yemit_line(e->out, key, form);
		buf_add_char(e->out, ':');
		return;
	}
	buf_add(e->out, STR("? "));
	if (key->kind == YNODE_SCALAR) {
		yemit_tag(e->out, ynode_tag(key));
		yemit_line(e->out, key, form);
	} else {
		emit_flow(e, key);
	}
	buf_add_char(e->out, '\n');
	buf_add_repeat(e->out, ' ', indent);
	buf_add_char(e->out, ':');
}

/* With `behind_dash` the first entry stands on the line of its item's dash, its comments above that. */
static void
emit_mapping(struct emitter *e, const struct ynode *map, size_t indent, bool behind_dash)
{
	for (const struct ynode *key = map->first; key; key = key->next->next) {
		bool is_first = key == map->first;
		if (!is_first || !behind_dash) {
			emit_above(e, key, indent, is_first);
			buf_add_repeat(e->out, ' ', indent);
		}
		emit_key(e, key, indent);
		emit_value(e, key->next, indent + STEP, beside_of(key));
	}
}

static void
emit_sequence(struct emitter *e, const struct ynode *sequence, size_t indent)
{
	for (const struct ynode *item = sequence->first; item; item = item->next) {
		const struct ynode *value = ynode_follow(item);
		bool is_compact = is_block(value) && value->kind == YNODE_MAPPING && !ynode_tag(value).len;
		emit_above(e, item, indent, item == sequence->first);
		if (is_compact) {
			emit_above(e, value->first, indent, true);
		}
		buf_add_repeat(e->out, ' ', indent);
		buf_add_char(e->out, '-');
		if (is_compact) {
			buf_add_repeat(e->out, ' ', STEP - 1);
			emit_mapping(e, value, indent + STEP, true);
		} else {
			emit_value(e, value, indent + STEP, beside_of(item));
		}
	}
}

static void
emit_block(struct emitter *e, const struct ynode *node, size_t indent)
{
	if (node->kind == YNODE_MAPPING) {
		emit_mapping(e, node, indent, false);
	} else {
		emit_sequence(e, node, indent);
	}
}

static void
emit_root(struct emitter *e, const struct ynode *root)
{
	root = ynode_follow(root);
	if (is_block(root)) {
		emit_block(e, root, 0);
		return;
	}
	enum yform form = root->kind == YNODE_SCALAR ? yemit_form(root, YPLACE_BLOCK) : YFORM_PLAIN;
	if (form == YFORM_LITERAL) {
		yemit_literal(e->out, ynode_str(root), STEP, STR(""));
	} else if (root->kind == YNODE_SCALAR) {
		yemit_line(e->out, root, form);
	} else {
		struct ynode bare = *root;
		bare.roomy = false;
		emit_flow(e, &bare);
	}
	end_line(e, STR(""));
}

/* A root's tag needs the document marker before it. */
static void
emit_start(struct emitter *e, const struct ynode *root, bool separate)
{
	struct str tag = ynode_tag(ynode_follow(root));
	if (separate || tag.len) {
		buf_add(e->out, STR("---"));
		buf_add(e->out, tag.len ? STR(" ") : STR(""));
		yemit_tag(e->out, tag);
		buf_add_char(e->out, '\n');
	}
}

void
yemit(struct buf *out, const struct ynode *root)
{
	struct emitter e = { .out = out };
	emit_start(&e, root, false);
	emit_root(&e, root);
}

void
yemit_tight(struct buf *out, const struct ynode *root)
{
	struct emitter e = { .out = out, .is_tight = true };
	emit_start(&e, root, false);
	emit_root(&e, root);
}

void
yemit_document(struct buf *out, const struct ydoc *doc, bool separate)
{
	struct emitter e = { .out = out };
	emit_comment_lines(&e, doc->head, 0);
	emit_start(&e, doc->root, separate || doc->head.len);
	emit_root(&e, doc->root);
	emit_comment_lines(&e, doc->foot, 0);
}

void
yemit_inline_scalar(struct buf *out, const struct ynode *scalar)
{
	yemit_line(out, ynode_follow(scalar), yemit_form(ynode_follow(scalar), YPLACE_KEY));
}
