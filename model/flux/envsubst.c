#include "flux/envsubst.h"

#include "flux/envsubst_accept.h"
#include "vec.h"

enum { DEPTH_MAX = 50 };

struct evaluation {
	struct scanner scanner;
	const struct envsubst_scope *scope;
	struct envsubst *result;
	size_t opened_at; /* the innermost variable that is being read */
	unsigned depth;
};

/* What the text of a variable or parameter comes to. */
struct piece {
	struct str text;
	bool is_known;
};

static bool
fail(struct evaluation *e, enum envsubst_fault fault)
{
	e->result->fault = fault;
	e->result->fault_at = e->opened_at;
	return false;
}

static bool read_variable(struct evaluation *e, struct piece *ret_piece);

static bool
expect(struct evaluation *e, accept_function *accepts, enum envsubst_fault fault)
{
	return scan_token(&e->scanner, SCAN_WORD, accepts) == TOKEN_WORD || fail(e, fault);
}

static bool
expect_brace(struct evaluation *e, enum envsubst_fault fault)
{
	return scan_token(&e->scanner, SCAN_CLOSE, accepts_any) == TOKEN_CLOSE || fail(e, fault);
}

/* Letters of other scripts may be part of names, too; which ones is not known here. */
static bool
read_name(struct evaluation *e, enum envsubst_fault fault, struct str *ret_name)
{
	bool is_name = scan_token(&e->scanner, SCAN_WORD, accepts_name_char) == TOKEN_WORD;
	struct str rest = str_skip(e->scanner.text, e->scanner.pos);
	if (rest.len > 0 && ((unsigned char)rest.ptr[0] & 0x80U)) {
		e->result->is_open = true;
	}
	*ret_name = buf_str(&e->scanner.word);
	return is_name || fail(e, fault);
}

static bool
read_parameter(struct evaluation *e, unsigned modes, accept_function *accepts, struct piece *ret_piece)
{
	switch (scan_token(&e->scanner, SCAN_WORD | SCAN_OPEN | modes, accepts)) {
	case TOKEN_OPEN:
		return read_variable(e, ret_piece);
	case TOKEN_WORD:
		*ret_piece = (struct piece){ buf_str(&e->scanner.word), true };
		return true;
	case TOKEN_END:
	case TOKEN_CLOSE:
	case TOKEN_OTHER:
		break;
	}
	return fail(e, ENVSUBST_NO_PARAMETER);
}

/* What the variable itself is set to. */
static struct piece
look_up(const struct evaluation *e, struct str name)
{
	const struct envsubst_value *value = map_get(&e->scope->values, name);
	if (value) {
		return (struct piece){ value->text, value->is_known };
	}
	return (struct piece){ STR(""), !e->scope->is_open };
}

static void
note_use(struct evaluation *e, struct str name, bool has_default)
{
	struct envsubst_use use = { name, e->opened_at, has_default };
	vec_push(e->scanner.word.arena, &e->result->uses, use);
}

/* ${a:=b} ${a:-b} ${a:?b} ${a:+b} ${a=b}: all mean the same here. Several parameters are one text. */
static bool
read_default(struct evaluation *e, struct str name, struct piece *ret_piece)
{
	accept_function *accepts = scan_peek(&e->scanner) == '=' ? accepts_one : accepts_default_operator;
	struct buf joined = { .arena = e->scanner.word.arena };
	bool is_known = true;
	if (!expect(e, accepts, ENVSUBST_NO_DEFAULT)) {
		return false;
	}
	while (scan_peek(&e->scanner) != '}') {
		struct piece piece;
		if (!read_parameter(e, 0, accepts_not_brace, &piece)) {
			return false;
		}
		buf_add(&joined, piece.text);
		is_known = is_known && piece.is_known;
	}
	struct piece own = look_up(e, name);
	*ret_piece = own.is_known && own.text.len == 0 ? (struct piece){ buf_str(&joined), is_known } : own;
	note_use(e, name, true);
	return expect_brace(e, ENVSUBST_BAD);
}

/* ${a:1} ${a:1:2} */
static bool
read_substring(struct evaluation *e)
{
	struct piece piece;
	if (!expect(e, accepts_one, ENVSUBST_BAD)
		|| !read_parameter(e, 0, accepts_no_colon_nor_brace, &piece)) {
		return false;
	}
	switch (scan_token(&e->scanner, SCAN_WORD | SCAN_CLOSE, accepts_colon)) {
	case TOKEN_CLOSE:
		return true;
	case TOKEN_WORD:
		return read_parameter(e, 0, accepts_not_brace, &piece) && expect_brace(e, ENVSUBST_BAD);
	case TOKEN_END:
	case TOKEN_OPEN:
	case TOKEN_OTHER:
		break;
	}
	return fail(e, ENVSUBST_BAD);
}

/* ${a/b/c} ${a//b/c} ${a/#b/c} ${a/%b/c}. What YAML makes of a backslash is not known. */
static bool
read_replacement(struct evaluation *e)
{
	struct piece piece;
	unsigned modes = SCAN_DOLLARS | SCAN_SLASHES;
	if (!expect(e, accepts_replace_operator, ENVSUBST_BAD)
		|| !read_parameter(e, modes, accepts_not_slash, &piece)
		|| !expect(e, accepts_slash, ENVSUBST_BAD)) {
		return false;
	}
	return (scan_peek(&e->scanner) == '}' || read_parameter(e, modes, accepts_not_brace, &piece))
		&& expect_brace(e, ENVSUBST_BAD);
}

/* ${a#b} ${a##b} ${a%b} ${a%%b} */
static bool
read_removal(struct evaluation *e, accept_function *accepts)
{
	struct piece piece;
	return expect(e, accepts, ENVSUBST_BAD) && read_parameter(e, 0, accepts_not_brace, &piece)
		&& expect_brace(e, ENVSUBST_BAD);
}

/* The reader looks one character behind the colon, and steps back by the width of that. */
static bool
is_before_wide(const struct evaluation *e)
{
	struct str rest = str_skip(e->scanner.text, e->scanner.pos + 1);
	return rest.len > 0 && ((unsigned char)rest.ptr[0] & 0x80U);
}

static bool
read_colon(struct evaluation *e, struct str name, struct piece *ret_piece)
{
	struct str rest = str_skip(e->scanner.text, e->scanner.pos + 1);
	if (is_before_wide(e)) {
		return fail(e, ENVSUBST_BAD);
	}
	if (rest.len == 0) {
		e->scanner.has_met_end = true;
	} else if (str_has_char(STR("=-?+"), rest.ptr[0])) {
		return read_default(e, name, ret_piece);
	}
	if (!read_substring(e)) {
		return false;
	}
	note_use(e, name, false);
	return true;
}

/* Operators whose results are not evaluated. */
static bool
read_operator(struct evaluation *e, struct str name)
{
	bool is_read;
	switch (scan_peek(&e->scanner)) {
	case ',':
	case '^':
		is_read = expect(e, accepts_case_operator, ENVSUBST_BAD) && expect_brace(e, ENVSUBST_BAD);
		break;
	case '/':
		is_read = read_replacement(e);
		break;
	case '#':
		is_read = read_removal(e, accepts_prefix_operator);
		break;
	default:
		is_read = read_removal(e, accepts_suffix_operator);
		break;
	}
	if (is_read) {
		note_use(e, name, false);
	}
	return is_read;
}

/* ${#a} */
static bool
read_length(struct evaluation *e)
{
	struct str name;
	if (!expect(e, accepts_one, ENVSUBST_BAD) || !read_name(e, ENVSUBST_BAD, &name)
		|| !expect_brace(e, ENVSUBST_BAD)) {
		return false;
	}
	note_use(e, name, false);
	return true;
}

static bool
read_named(struct evaluation *e, struct piece *ret_piece)
{
	struct str name;
	if (!read_name(e, ENVSUBST_NO_NAME, &name)) {
		return false;
	}
	char next = scan_peek(&e->scanner);
	if (next == ':') {
		return read_colon(e, name, ret_piece);
	}
	if (next == '=') {
		return read_default(e, name, ret_piece);
	}
	if (next && str_has_char(STR(",^/#%"), next)) {
		return read_operator(e, name);
	}
	if (!expect_brace(e, ENVSUBST_NO_BRACE)) {
		return false;
	}
	*ret_piece = look_up(e, name);
	note_use(e, name, false);
	return true;
}

/* Behind its "${". */
static bool
read_variable(struct evaluation *e, struct piece *ret_piece)
{
	size_t outer = e->opened_at;
	*ret_piece = (struct piece){ STR(""), false };
	e->opened_at = e->scanner.pos - 2;
	if (e->depth == DEPTH_MAX) {
		e->result->is_open = true;
		return fail(e, ENVSUBST_BAD);
	}
	e->depth++;
	bool is_read = scan_peek(&e->scanner) == '#' ? read_length(e) : read_named(e, ret_piece);
	e->depth--;
	e->opened_at = outer;
	return is_read;
}

void
envsubst_evaluate(
	struct arena *arena, struct str text, const struct envsubst_scope *scope, struct envsubst *ret_result)
{
	struct evaluation e = {
		.scanner = { .text = text, .word = { .arena = arena } }, .scope = scope, .result = ret_result
	};
	struct buf out = { .arena = arena };
	bool is_read = true, is_known = true;
	*ret_result = (struct envsubst){ 0 };
	while (is_read && e.scanner.pos < text.len) {
		struct piece piece = { STR(""), true };
		if (scan_token(&e.scanner, SCAN_WORD | SCAN_OPEN | SCAN_DOLLARS, accepts_any) == TOKEN_OPEN) {
			is_read = read_variable(&e, &piece);
		} else {
			piece.text = buf_str(&e.scanner.word);
		}
		buf_add(&out, piece.text);
		is_known = is_known && piece.is_known;
	}
	ret_result->is_open = ret_result->is_open || (!is_read && e.scanner.has_met_end);
	ret_result->is_known = is_read && is_known && !ret_result->is_open;
	ret_result->text = buf_str(&out);
}

const char *
envsubst_fault_text(enum envsubst_fault fault)
{
	switch (fault) {
	case ENVSUBST_FINE:
		break;
	case ENVSUBST_NO_NAME:
		return "unable to parse variable name";
	case ENVSUBST_NO_BRACE:
		return "missing closing brace";
	case ENVSUBST_BAD:
		return "bad substitution";
	case ENVSUBST_NO_PARAMETER:
		return "unable to parse substitution within function";
	case ENVSUBST_NO_DEFAULT:
		return "unable to parse default function";
	}
	return "";
}

bool
envsubst_is_name(struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		if (!accepts_name_char(name.ptr[i], i)) {
			return false;
		}
	}
	return name.len > 0 && !(name.ptr[0] >= '0' && name.ptr[0] <= '9');
}

bool
envsubst_may_be_set(const struct envsubst_scope *scope, struct str name)
{
	return scope->is_open || map_get(&scope->values, name) != NULL;
}
