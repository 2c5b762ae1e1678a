#include "kustomize/label_selector.h"

enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_SIGN, TOKEN_COMMA, TOKEN_OPEN, TOKEN_CLOSE, TOKEN_NOT };

struct token {
	enum token_kind kind;
	struct str text;
};

struct parser {
	struct str rest;
	struct knode *labels;
	bool matches;
};

static bool
is_special(char c)
{
	return str_has_char(STR("=!(),><"), c);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct token
take_sign(struct parser *parser)
{
	static const struct {
		struct str text;
		enum token_kind kind;
	} signs[] = {
		{ STR_INIT("=="), TOKEN_SIGN },
		{ STR_INIT("!="), TOKEN_SIGN },
		{ STR_INIT("="), TOKEN_SIGN },
		{ STR_INIT(">"), TOKEN_SIGN },
		{ STR_INIT("<"), TOKEN_SIGN },
		{ STR_INIT("!"), TOKEN_NOT },
		{ STR_INIT(","), TOKEN_COMMA },
		{ STR_INIT("("), TOKEN_OPEN },
		{ STR_INIT(")"), TOKEN_CLOSE },
	};
	for (size_t i = 0; i < countof(signs); i++) {
		if (str_starts(parser->rest, signs[i].text)) {
			parser->rest = str_skip(parser->rest, signs[i].text.len);
			return (struct token){ signs[i].kind, signs[i].text };
		}
	}
	return (struct token){ TOKEN_END, STR("") };
}

static struct token
take(struct parser *parser)
{
	while (parser->rest.len > 0 && is_blank(parser->rest.ptr[0])) {
		parser->rest = str_skip(parser->rest, 1);
	}
	if (parser->rest.len == 0) {
		return (struct token){ TOKEN_END, STR("") };
	}
	if (is_special(parser->rest.ptr[0])) {
		return take_sign(parser);
	}
	size_t len = 0;
	while (len < parser->rest.len && !is_special(parser->rest.ptr[len])
		&& !is_blank(parser->rest.ptr[len])) {
		len++;
	}
	struct token token = { TOKEN_WORD, str_first(parser->rest, len) };
	parser->rest = str_skip(parser->rest, len);
	return token;
}

static struct token
peek(const struct parser *parser)
{
	struct parser copy = *parser;
	return take(&copy);
}

static bool
read_number(struct str text, int64_t *ret_number)
{
	struct str digits = str_starts(text, STR("-")) ? str_skip(text, 1) : text;
	return digits.len > 0 && digits.ptr[0] >= '0' && digits.ptr[0] <= '9'
		&& yscalar_int(text, ret_number);
}

/* What a value must be for a comparison with `sign`. */
static bool
compare(struct str sign, const struct knode *label, struct str value, bool *ret_valid)
{
	bool is_equal = label && str_eq(label->text, value);
	int64_t own = 0, wanted = 0;
	*ret_valid = true;
	if (str_eq(sign, STR("!="))) {
		return !is_equal;
	}
	if (!str_starts(sign, STR("="))) {
		*ret_valid = read_number(value, &wanted);
		bool has_number = label && read_number(label->text, &own);
		return has_number && (str_eq(sign, STR(">")) ? own > wanted : own < wanted);
	}
	return is_equal;
}

/* "(a, b)": is the label among them? */
static bool
read_set(struct parser *parser, const struct knode *label, bool *ret_is_in)
{
	size_t count = 0;
	*ret_is_in = false;
	if (take(parser).kind != TOKEN_OPEN) {
		return false;
	}
	for (; count < LABEL_TERMS_MAX; count++) {
		struct token token = peek(parser);
		struct str value = STR("");
		if (token.kind == TOKEN_WORD) {
			value = take(parser).text;
		} else if (token.kind == TOKEN_CLOSE && count == 0) {
			return false; /* a set of nothing */
		}
		*ret_is_in = *ret_is_in || (label && str_eq(label->text, value));
		token = take(parser);
		if (token.kind != TOKEN_COMMA) {
			return token.kind == TOKEN_CLOSE;
		}
	}
	return false;
}

static bool
read_comparison(struct parser *parser, const struct knode *label, bool *ret_matches)
{
	struct token sign = take(parser);
	bool is_in = str_eq(sign.text, STR("in")), is_valid = true;
	if (sign.kind == TOKEN_WORD && (is_in || str_eq(sign.text, STR("notin")))) {
		bool found;
		if (!read_set(parser, label, &found)) {
			return false;
		}
		*ret_matches = is_in ? found : !found;
		return true;
	}
	if (sign.kind != TOKEN_SIGN) {
		return false;
	}
	enum token_kind next = peek(parser).kind;
	struct str value = STR("");
	if (next == TOKEN_WORD) {
		value = take(parser).text;
	} else if (next != TOKEN_END && next != TOKEN_COMMA) {
		return false;
	}
	*ret_matches = compare(sign.text, label, value, &is_valid);
	return is_valid;
}

static bool
read_term(struct parser *parser)
{
	struct token token = take(parser);
	bool is_not = token.kind == TOKEN_NOT, matches;
	if (is_not) {
		token = take(parser);
	}
	if (token.kind != TOKEN_WORD) {
		return false;
	}
	const struct knode *label = knode_get(parser->labels, token.text);
	label = label && label->kind == YNODE_SCALAR ? label : NULL;
	enum token_kind next = peek(parser).kind;
	if (is_not || next == TOKEN_END || next == TOKEN_COMMA) {
		matches = is_not ? !label : label != NULL;
	} else if (!read_comparison(parser, label, &matches)) {
		return false;
	}
	parser->matches = parser->matches && matches;
	return true;
}

enum label_verdict
label_selector_match(struct str selector, struct knode *labels)
{
	struct parser parser = { selector, labels, true };
	if (peek(&parser).kind == TOKEN_END) {
		return LABELS_MATCH;
	}
	for (size_t i = 0; i < LABEL_TERMS_MAX; i++) {
		if (!read_term(&parser)) {
			return LABELS_INVALID;
		}
		struct token token = take(&parser);
		if (token.kind == TOKEN_END) {
			return parser.matches ? LABELS_MATCH : LABELS_DIFFER;
		}
		if (token.kind != TOKEN_COMMA) {
			return LABELS_INVALID;
		}
	}
	return LABELS_INVALID;
}
