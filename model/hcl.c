#include "hcl.h"

struct parser {
	struct arena *arena;
	struct str text;
	size_t at;
	size_t items;
	bool is_valid;
};

static char
peek(const struct parser *p, size_t ahead)
{
	return p->at + ahead < p->text.len ? p->text.ptr[p->at + ahead] : '\0';
}

static struct str
rest_of(const struct parser *p)
{
	return str_skip(p->text, p->at);
}

static bool
is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
		|| c == '-';
}

static bool
skip_comment(struct parser *p)
{
	struct str rest = rest_of(p);
	if (str_starts(rest, STR("/*"))) {
		size_t end = str_find(rest, STR("*/"));
		p->at += end < rest.len ? end + 2 : rest.len;
		return true;
	}
	if (str_starts(rest, STR("#")) || str_starts(rest, STR("//"))) {
		p->at += str_find_char(rest, '\n');
		return true;
	}
	return false;
}

static void
skip_blanks(struct parser *p, bool line_ends_too)
{
	while (p->at < p->text.len) {
		char c = peek(p, 0);
		if (c == ' ' || c == '\t' || c == '\r' || (line_ends_too && c == '\n')) {
			p->at++;
		} else if (!skip_comment(p)) {
			return;
		}
	}
}

static void skip_nested(struct parser *p, char close, unsigned depth);

/* At a quote: past its end; ${…} and %{…} in it may hold quotes again. */
static void
skip_string(struct parser *p, unsigned depth)
{
	for (p->at++; p->at < p->text.len && peek(p, 0) != '"';) {
		char c = peek(p, 0);
		bool is_template = (c == '$' || c == '%') && peek(p, 1) == '{';
		bool is_text = is_template && p->text.ptr[p->at - 1] == c; /* $${ */
		p->at += c == '\\' || is_template ? 2 : 1;
		if (is_template && !is_text) {
			skip_nested(p, '}', depth + 1);
		}
	}
	p->at++;
}

/* At `<<EOF` or `<<-EOF`: past the line that ends it. */
static void
skip_heredoc(struct parser *p)
{
	p->at += peek(p, 2) == '-' ? 3 : 2;
	struct str rest = rest_of(p), line;
	struct str end = str_trim(str_cut(&rest, '\n'));
	do {
		line = str_cut(&rest, '\n');
	} while (rest.ptr && !str_eq(str_trim(line), end));
	p->at = rest.ptr ? (size_t)(rest.ptr - p->text.ptr) - 1 : p->text.len;
}

static bool
is_heredoc(const struct parser *p)
{
	return peek(p, 0) == '<' && peek(p, 1) == '<' && (is_name_byte(peek(p, 2)) || peek(p, 2) == '-');
}

static void
skip_part(struct parser *p, unsigned depth)
{
	char c = peek(p, 0);
	if (depth > HCL_DEPTH_MAX) {
		p->is_valid = false;
		p->at = p->text.len;
	} else if (c == '"') {
		skip_string(p, depth);
	} else if (is_heredoc(p)) {
		skip_heredoc(p);
	} else if (c == '(' || c == '[' || c == '{') {
		p->at++;
		skip_nested(p, c == '(' ? ')' : c == '[' ? ']' : '}', depth + 1);
	} else if (!skip_comment(p)) {
		p->at++;
	}
}

static void
skip_nested(struct parser *p, char close, unsigned depth)
{
	while (p->at < p->text.len && peek(p, 0) != close) {
		skip_part(p, depth);
	}
	p->is_valid = p->is_valid && p->at < p->text.len;
	p->at++;
}

/* To the end of the line, or what closes the block on it. */
static void
skip_expression(struct parser *p)
{
	while (p->at < p->text.len && peek(p, 0) != '\n' && peek(p, 0) != '}') {
		bool is_comment = peek(p, 0) == '#' || (peek(p, 0) == '/' && peek(p, 1) == '/');
		if (is_comment) {
			return;
		}
		skip_part(p, 0);
	}
	p->at = p->at < p->text.len ? p->at : p->text.len;
}

static struct str
take_name(struct parser *p)
{
	size_t start = p->at;
	while (is_name_byte(peek(p, 0)) && p->at < p->text.len) {
		p->at++;
	}
	return str_first(str_skip(p->text, start), p->at - start);
}

static struct hcl_attribute *
take_attribute(struct parser *p, struct str name)
{
	struct hcl_attribute *attribute = arena_new(p->arena, struct hcl_attribute);
	uint32_t start = (uint32_t)(name.ptr - p->text.ptr);
	p->at++;
	skip_blanks(p, false);
	size_t value = p->at;
	skip_expression(p);
	struct str expression = str_trim(str_first(str_skip(p->text, value), p->at - value));
	*attribute = (struct hcl_attribute){ .name = name,
		.span = { start, start + (uint32_t)name.len },
		.expression = expression,
		.value = { (uint32_t)value, (uint32_t)(value + expression.len) } };
	return attribute;
}

/* "x" or x, up to the brace; false when something else stands there. */
static bool
take_labels(struct parser *p, struct hcl_block *block)
{
	for (;;) {
		skip_blanks(p, false);
		size_t start = p->at;
		struct str label = take_name(p);
		if (peek(p, 0) == '"' && label.len == 0) {
			skip_string(p, 0);
			label = str_first(str_skip(p->text, start + 1), p->at - start - 2);
		}
		if (p->at == start || p->at > p->text.len) {
			return peek(p, 0) == '{';
		}
		if (block->label_count < HCL_LABELS_MAX) {
			block->labels[block->label_count++] = label;
		}
	}
}

static void take_body(struct parser *p, struct hcl_block *block, unsigned depth);

static struct hcl_block *
take_block(struct parser *p, struct str type, unsigned depth)
{
	struct hcl_block *block = arena_new(p->arena, struct hcl_block);
	block->type = type;
	block->span.start = (uint32_t)(type.ptr - p->text.ptr);
	if (depth >= HCL_DEPTH_MAX || !take_labels(p, block)) {
		p->is_valid = false;
		return block;
	}
	p->at++;
	take_body(p, block, depth + 1);
	p->is_valid = p->is_valid && peek(p, 0) == '}';
	p->at++;
	block->span.end = (uint32_t)(p->at < p->text.len ? p->at : p->text.len);
	return block;
}

/* Attributes and blocks up to the closing brace, which stays. */
static void
take_body(struct parser *p, struct hcl_block *block, unsigned depth)
{
	const struct hcl_attribute **attributes = &block->attributes;
	const struct hcl_block **blocks = &block->blocks;
	for (skip_blanks(p, true); p->is_valid && p->at < p->text.len && peek(p, 0) != '}';
		skip_blanks(p, true)) {
		struct str name = take_name(p);
		skip_blanks(p, false);
		if (name.len == 0 || ++p->items > HCL_ITEMS_MAX) {
			p->is_valid = false;
		} else if (peek(p, 0) == '=') {
			struct hcl_attribute *attribute = take_attribute(p, name);
			*attributes = attribute;
			attributes = &attribute->next;
		} else {
			struct hcl_block *child = take_block(p, name, depth);
			*blocks = child;
			blocks = &child->next;
		}
	}
}

const struct hcl_block *
hcl_parse(struct arena *arena, struct str text)
{
	struct parser parser = { .arena = arena, .text = text, .is_valid = text.len <= HCL_TEXT_MAX };
	struct hcl_block *root = arena_new(arena, struct hcl_block);
	take_body(&parser, root, 0);
	root->span.end = (uint32_t)text.len;
	return parser.is_valid && parser.at >= text.len ? root : NULL;
}

const struct hcl_attribute *
hcl_get(const struct hcl_block *block, struct str name)
{
	const struct hcl_attribute *found = NULL;
	for (const struct hcl_attribute *attribute = block->attributes; attribute;
		attribute = attribute->next) {
		if (str_eq(attribute->name, name)) {
			found = attribute;
		}
	}
	return found;
}
