/* What a word becomes: quotes taken off, known variables filled in. */
#include "buf.h"
#include "shell/parts.h"

struct expander {
	const struct shell_expansion *how;
	size_t at, end;
	struct buf out;
	bool is_quoted; /* inside double quotes */
	bool is_known, is_default, is_spread;
};

static struct str
rest_of(const struct expander *e)
{
	return str_first(str_skip(e->how->text, e->at), e->end - e->at);
}

/* From here on the word is unknown; what is known of its beginning stays. */
static void
stop(struct expander *e, bool is_spread)
{
	e->is_known = false;
	e->is_spread = e->is_spread || is_spread;
}

static void
add(struct expander *e, struct str text)
{
	if (e->out.len + text.len > SHELL_VALUE_BYTES_MAX) {
		stop(e, false);
	}
	if (e->is_known) {
		buf_add(&e->out, text);
	}
}

static void
add_value(struct expander *e, struct str text, bool is_default)
{
	bool splits = text.len == 0;
	for (size_t i = 0; i < text.len; i++) {
		splits = splits || str_has_char(STR(" \t\n*?[\\"), text.ptr[i]);
	}
	if (splits && !e->is_quoted) {
		stop(e, true);
		return;
	}
	e->is_default = e->is_default || is_default;
	add(e, text);
}

/* Text of a file that is filled in before the shell reads it, or that only another expansion can tell. */
static bool
is_plain(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (str_has_char(STR("$`\\\"'{"), text.ptr[i])) {
			return false;
		}
	}
	return true;
}

/* ${X}, ${X:-d}, ${X:=d}: `body` is what stands in the braces. */
static void
add_variable(struct expander *e, struct str body)
{
	struct str name = str_first(body, shell_name_length(body));
	struct str op = str_skip(body, name.len);
	const struct shell_value *value = map_get(&e->how->variables->values, name);
	bool has_default = str_starts(op, STR(":-")) || str_starts(op, STR(":="));
	bool is_array = str_has_char(op, '@') || str_has_char(op, '*');
	if (name.len == 0 || (op.len > 0 && !has_default)) {
		stop(e, !e->is_quoted || is_array || str_has_char(body, '@'));
		return;
	}
	if (value && value->is_known && (value->text.len > 0 || !has_default)) {
		add_value(e, value->text, value->is_default);
		return;
	}
	if (!has_default || !is_plain(op) || (value && !value->is_known)) {
		stop(e, !e->is_quoted);
		return;
	}
	struct str text = str_skip(op, 2);
	if (op.ptr[1] == '=' && e->how->sets_defaults) {
		shell_set(e->how->arena, e->how->variables, name, text, true);
	}
	add_value(e, text, true);
}

/* $(X) and ${X} of make; functions and substitutions are not followed. */
static void
add_make_variable(struct expander *e, struct str body)
{
	const struct shell_value *value = map_get(&e->how->variables->values, body);
	bool is_word = value && value->is_known && value->text.len > 0 && is_plain(value->text)
		&& !str_has_char(value->text, ' '); /* the shell splits what make has filled in */
	if (is_word) {
		add_value(e, value->text, value->is_default);
	} else {
		stop(e, true);
	}
}

static struct str
inside(struct str part, size_t open, bool has_close)
{
	return str_first(str_skip(part, open), part.len - open - (has_close ? 1 : 0));
}

/* `part` begins with a dollar and holds at least one more byte. */
static void
add_recipe_dollar(struct expander *e, struct str part)
{
	char c = part.ptr[1];
	if (c == '(' || c == '{') {
		add_make_variable(e, inside(part, 2, part.ptr[part.len - 1] == (c == '(' ? ')' : '}')));
	} else { /* $X, $@, and $$: the shell's own variables are not followed from line to line */
		stop(e, !e->is_quoted);
	}
}

static void
add_dollar(struct expander *e, struct str part)
{
	char c = part.len > 1 ? part.ptr[1] : '\0';
	if (c == '\0') {
		add(e, STR("$"));
	} else if (str_starts(part, STR("${{"))) {
		stop(e, true);
	} else if (e->how->dialect == SHELL_RECIPE) {
		add_recipe_dollar(e, part);
	} else if (c == '{') {
		add_variable(e, inside(part, 2, str_ends(part, STR("}"))));
	} else if (shell_is_name_byte(c, true)) {
		add_variable(e, str_skip(part, 1));
	} else { /* $(…), $1, $@, $'…' */
		stop(e, !e->is_quoted || c == '@');
	}
}

/* How long the part that begins with a dollar is; a lone special byte belongs to it. */
static size_t
dollar_length(const struct expander *e)
{
	if (e->is_quoted && str_starts(rest_of(e), STR("$\""))) {
		return 1;
	}
	size_t len = shell_skip_part(e->how->text, e->at, 0) - e->at;
	len = e->at + len > e->end ? e->end - e->at : len;
	bool is_special = len == 1 && e->at + 1 < e->end
		&& str_has_char(STR("@*#?$!-0123456789<^"), e->how->text.ptr[e->at + 1]);
	return is_special ? 2 : len;
}

static void
add_escape(struct expander *e)
{
	struct str rest = rest_of(e);
	char c = rest.len > 1 ? rest.ptr[1] : '\0';
	e->at += rest.len > 1 ? 2 : 1;
	if (c == '\n' || c == '\r') {
		e->at += c == '\r' && e->at < e->end ? 1 : 0;
		return;
	}
	bool stays = e->is_quoted && !str_has_char(STR("$`\"\\"), c);
	add(e, stays ? str_first(rest, 2) : str_first(str_skip(rest, 1), 1));
}

static void
add_single_quoted(struct expander *e)
{
	struct str rest = str_skip(rest_of(e), 1);
	size_t len = str_find_char(rest, '\'');
	struct str text = str_first(rest, len);
	e->at += 1 + len + (len < rest.len ? 1 : 0);
	/* Braces are filled in before a shell sees the quotes, and so are make's dollars. */
	bool is_filled = str_find(text, STR("{{")) < text.len
		|| (e->how->dialect == SHELL_RECIPE && str_has_char(text, '$'));
	if (is_filled) {
		stop(e, false);
	}
	add(e, text);
}

/* {a,b} without quotes: several words. */
static bool
is_brace_list(struct str rest)
{
	size_t end = str_find_char(rest, '}');
	struct str body = str_first(rest, end);
	return end < rest.len && (str_has_char(body, ',') || str_find(body, STR("..")) < body.len);
}

static void
add_byte(struct expander *e, char c)
{
	struct str rest = rest_of(e);
	size_t braces = shell_skip_braces(e->how->text, e->at);
	if (braces > e->at) {
		stop(e, true);
		e->at = braces;
		return;
	}
	bool is_pattern = c == '*' || c == '?' || (c == '{' && is_brace_list(rest));
	if (is_pattern && !e->is_quoted) {
		stop(e, true);
	}
	add(e, str_first(rest, 1));
	e->at++;
}

static void
step(struct expander *e)
{
	char c = e->how->text.ptr[e->at];
	size_t len;
	if (c == '\'' && !e->is_quoted) {
		add_single_quoted(e);
		return;
	}
	switch (c) {
	case '\\':
		add_escape(e);
		break;
	case '"':
		e->is_quoted = !e->is_quoted;
		e->at++;
		break;
	case '$':
		len = dollar_length(e);
		add_dollar(e, str_first(rest_of(e), len));
		e->at += len;
		break;
	case '`':
		stop(e, !e->is_quoted);
		e->at = shell_skip_part(e->how->text, e->at, 0);
		break;
	default:
		add_byte(e, c);
	}
}

struct shell_word
shell_expand(const struct shell_expansion *expansion, struct span word)
{
	struct expander e = { .how = expansion,
		.at = word.start,
		.end = word.end,
		.out = { .arena = expansion->arena },
		.is_known = true };
	while (e.at < e.end && e.is_known) {
		step(&e);
	}
	return (struct shell_word){ .span = word,
		.text = e.out.len > 0 ? buf_str(&e.out) : STR(""),
		.is_known = e.is_known,
		.is_default = e.is_known && e.is_default,
		.is_spread = e.is_spread };
}
