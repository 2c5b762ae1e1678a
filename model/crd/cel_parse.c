#include "crd/cel.h"

#include "buf.h"
#include "vec.h"

struct parser {
	struct arena *arena;
	struct str rest;
	unsigned depth;
	bool has_failed;
};

static const struct cel_node *parse_choice(struct parser *p);

static const struct cel_node *
fail(struct parser *p)
{
	p->has_failed = true;
	return NULL;
}

static bool
is_letter(char c)
{
	return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void
skip_blanks(struct parser *p)
{
	while (p->rest.len > 0 && str_has_char(STR(" \t\r\n"), p->rest.ptr[0])) {
		p->rest = str_skip(p->rest, 1);
	}
}

static bool
take(struct parser *p, struct str token)
{
	skip_blanks(p);
	bool is_word = is_letter(token.ptr[0]);
	bool is_there = str_starts(p->rest, token);
	if (is_there && is_word && p->rest.len > token.len) {
		is_there = !is_letter(p->rest.ptr[token.len]) && !is_digit(p->rest.ptr[token.len]);
	}
	p->rest = is_there ? str_skip(p->rest, token.len) : p->rest;
	return is_there;
}

static struct str
take_name(struct parser *p)
{
	size_t len = 0;
	skip_blanks(p);
	while (len < p->rest.len
		&& (is_letter(p->rest.ptr[len]) || (len > 0 && is_digit(p->rest.ptr[len])))) {
		len++;
	}
	struct str name = str_first(p->rest, len);
	p->rest = str_skip(p->rest, len);
	return name;
}

static void
add_operand(struct parser *p, struct cel_node *node, const struct cel_node *operand)
{
	if (!operand) {
		return;
	}
	vec_push(p->arena, &node->operands, operand);
	node->depth = operand->depth >= node->depth ? operand->depth + 1 : node->depth;
	p->has_failed |= node->depth > CEL_DEPTH_MAX;
}

static struct cel_node *
make(struct parser *p, enum cel_op op, const struct cel_node *a, const struct cel_node *b)
{
	struct cel_node *node = arena_new(p->arena, struct cel_node);
	node->op = op;
	add_operand(p, node, a);
	add_operand(p, node, b);
	return node;
}

static const struct cel_node *
literal(struct parser *p, struct cel_value value)
{
	struct cel_node *node = make(p, CEL_OP_LITERAL, NULL, NULL);
	node->literal = value;
	return node;
}

/* The character behind a backslash; '\0' for escapes that are not of the simple kinds. */
static char
unescape(char c)
{
	static const struct {
		char from, to;
	} escapes[] = { { 'n', '\n' }, { 't', '\t' }, { '\\', '\\' }, { '\'', '\'' }, { '"', '"' },
		{ '`', '`' }, { '?', '?' } };
	for (size_t i = 0; i < countof(escapes); i++) {
		if (escapes[i].from == c) {
			return escapes[i].to;
		}
	}
	return '\0';
}

/* Up to the quotes that began it. */
static const struct cel_node *
parse_string(struct parser *p, struct str quotes, bool is_raw)
{
	struct buf text = { .arena = p->arena };
	while (p->rest.len > 0 && !str_starts(p->rest, quotes)) {
		char c = p->rest.ptr[0];
		if (c == '\\' && !is_raw) {
			p->rest = str_skip(p->rest, 1);
			c = p->rest.len > 0 ? unescape(p->rest.ptr[0]) : '\0';
		}
		if (c == '\0' || (c == '\n' && quotes.len == 1 && p->rest.ptr[0] == '\n')) {
			return fail(p);
		}
		buf_add_char(&text, c);
		p->rest = str_skip(p->rest, 1);
	}
	if (p->rest.len == 0) {
		return fail(p);
	}
	p->rest = str_skip(p->rest, quotes.len);
	return literal(p, (struct cel_value){ .kind = CEL_STRING, .text = buf_str(&text) });
}

static const struct cel_node *
parse_number(struct parser *p)
{
	size_t len = 0;
	int64_t number = 0;
	for (; len < p->rest.len && is_digit(p->rest.ptr[len]); len++) {
		if (__builtin_mul_overflow(number, 10, &number)
			|| __builtin_add_overflow(number, p->rest.ptr[len] - '0', &number)) {
			return fail(p);
		}
	}
	bool is_other = len < p->rest.len && (is_letter(p->rest.ptr[len]) || p->rest.ptr[len] == '.');
	p->rest = str_skip(p->rest, len);
	return is_other ? fail(p) : literal(p, (struct cel_value){ .kind = CEL_INT, .number = number });
}

static bool
parse_operands(struct parser *p, struct cel_node *node, struct str end)
{
	while (!p->has_failed && !take(p, end)) {
		add_operand(p, node, parse_choice(p));
		if (!take(p, STR(",")) && !str_starts(p->rest, end)) {
			fail(p);
		}
	}
	return !p->has_failed;
}

static const struct cel_node *
parse_word(struct parser *p)
{
	struct str name = take_name(p);
	if (str_eq(name, STR("true")) || str_eq(name, STR("false"))) {
		return literal(p, cel_bool(name.len == 4));
	}
	if (str_eq(name, STR("null"))) {
		return literal(p, (struct cel_value){ .kind = CEL_NULL });
	}
	bool is_call = take(p, STR("("));
	struct cel_node *node = make(p, is_call ? CEL_OP_CALL : CEL_OP_NAME, NULL, NULL);
	node->text = name;
	return !is_call || parse_operands(p, node, STR(")")) ? node : NULL;
}

/* The quotes that begin a string here, taken off; empty when none does. */
static struct str
take_quotes(struct parser *p, bool *ret_is_raw)
{
	static const struct str quotes[] = { STR_INIT("\"\"\""), STR_INIT("'''"), STR_INIT("\""),
		STR_INIT("'") };
	bool has_mark = str_starts(p->rest, STR("r"));
	struct str rest = str_skip(p->rest, has_mark ? 1 : 0);
	for (size_t i = 0; i < countof(quotes); i++) {
		if (str_starts(rest, quotes[i])) {
			*ret_is_raw = has_mark;
			p->rest = str_skip(rest, quotes[i].len);
			return quotes[i];
		}
	}
	return STR("");
}

static const struct cel_node *
parse_primary(struct parser *p)
{
	bool is_raw = false;
	skip_blanks(p);
	struct str quotes = take_quotes(p, &is_raw);
	if (quotes.len > 0) {
		return parse_string(p, quotes, is_raw);
	}
	if (take(p, STR("("))) {
		const struct cel_node *inner = parse_choice(p);
		return take(p, STR(")")) ? inner : fail(p);
	}
	if (take(p, STR("["))) {
		struct cel_node *list = make(p, CEL_OP_LIST, NULL, NULL);
		return parse_operands(p, list, STR("]")) ? list : NULL;
	}
	if (p->rest.len > 0 && is_digit(p->rest.ptr[0])) {
		return parse_number(p);
	}
	return p->rest.len > 0 && is_letter(p->rest.ptr[0]) ? parse_word(p) : fail(p);
}

static const struct cel_node *
parse_member(struct parser *p)
{
	const struct cel_node *node = parse_primary(p);
	while (!p->has_failed) {
		if (take(p, STR("["))) {
			node = make(p, CEL_OP_INDEX, node, parse_choice(p));
			if (!take(p, STR("]"))) {
				return fail(p);
			}
			continue;
		}
		if (!take(p, STR("."))) {
			return node;
		}
		struct str name = take_name(p);
		bool is_call = take(p, STR("("));
		struct cel_node *next = make(p, is_call ? CEL_OP_CALL : CEL_OP_SELECT, node, NULL);
		next->text = name;
		next->is_method = is_call;
		if (name.len == 0 || (is_call && !parse_operands(p, next, STR(")")))) {
			return fail(p);
		}
		node = next;
	}
	return NULL;
}

static const struct cel_node *
parse_unary(struct parser *p)
{
	skip_blanks(p);
	if (++p->depth > CEL_DEPTH_MAX) {
		return fail(p);
	}
	enum cel_op op = str_starts(p->rest, STR("!")) ? CEL_OP_NOT : CEL_OP_MINUS;
	bool has_sign = !str_starts(p->rest, STR("!=")) && (take(p, STR("!")) || take(p, STR("-")));
	const struct cel_node *node = has_sign ? parse_unary(p) : parse_member(p);
	p->depth--;
	return has_sign ? make(p, op, node, NULL) : node;
}

struct binary {
	struct str token;
	enum cel_op op;
};

/* The operator of a row that stands here, or NULL. */
static const struct binary *
take_operator(struct parser *p, const struct binary *row, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (take(p, row[i].token)) {
			return &row[i];
		}
	}
	return NULL;
}

static const struct cel_node *
parse_binary(struct parser *p, const struct binary *row, size_t count,
	const struct cel_node *(*parse_operand)(struct parser *))
{
	const struct cel_node *left = parse_operand(p);
	const struct binary *found = p->has_failed ? NULL : take_operator(p, row, count);
	while (found && !p->has_failed) {
		left = make(p, found->op, left, parse_operand(p));
		found = take_operator(p, row, count);
	}
	return left;
}

static const struct cel_node *
parse_sum(struct parser *p)
{
	static const struct binary row[] = { { STR_INIT("+"), CEL_OP_PLUS },
		{ STR_INIT("-"), CEL_OP_SUBTRACT } };
	return parse_binary(p, row, countof(row), parse_unary);
}

static const struct cel_node *
parse_relation(struct parser *p)
{
	static const struct binary row[] = { { STR_INIT("=="), CEL_OP_EQUAL },
		{ STR_INIT("!="), CEL_OP_UNEQUAL }, { STR_INIT("<="), CEL_OP_AT_MOST },
		{ STR_INIT(">="), CEL_OP_AT_LEAST }, { STR_INIT("<"), CEL_OP_LESS },
		{ STR_INIT(">"), CEL_OP_GREATER }, { STR_INIT("in"), CEL_OP_IN } };
	return parse_binary(p, row, countof(row), parse_sum);
}

static const struct cel_node *
parse_and(struct parser *p)
{
	static const struct binary row[] = { { STR_INIT("&&"), CEL_OP_AND } };
	return parse_binary(p, row, countof(row), parse_relation);
}

static const struct cel_node *
parse_or(struct parser *p)
{
	static const struct binary row[] = { { STR_INIT("||"), CEL_OP_OR } };
	return parse_binary(p, row, countof(row), parse_and);
}

static const struct cel_node *
parse_choice(struct parser *p)
{
	if (++p->depth > CEL_DEPTH_MAX) {
		return fail(p);
	}
	const struct cel_node *node = parse_or(p);
	if (!p->has_failed && take(p, STR("?"))) {
		struct cel_node *choice = make(p, CEL_OP_CHOOSE, node, parse_or(p));
		add_operand(p, choice, take(p, STR(":")) ? parse_choice(p) : fail(p));
		node = choice;
	}
	p->depth--;
	return p->has_failed ? NULL : node;
}

const struct cel_node *
cel_parse(struct arena *arena, struct str text)
{
	struct parser p = { .arena = arena, .rest = text };
	const struct cel_node *node = parse_choice(&p);
	skip_blanks(&p);
	return p.has_failed || p.rest.len > 0 ? NULL : node;
}
