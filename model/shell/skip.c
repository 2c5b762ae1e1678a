/* Where quotes and expansions end. */
#include "shell/parts.h"

enum { BRACES_BYTES_MAX = 2000 };

bool
shell_is_name_byte(char c, bool is_first)
{
	bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
	return is_letter || (!is_first && c >= '0' && c <= '9');
}

size_t
shell_name_length(struct str text)
{
	size_t len = 0;
	while (len < text.len && shell_is_name_byte(text.ptr[len], len == 0)) {
		len++;
	}
	return len;
}

size_t
shell_skip_braces(struct str text, size_t at)
{
	struct str near = str_first(str_skip(text, at), BRACES_BYTES_MAX);
	size_t end = str_find(near, STR("}}"));
	return str_starts(near, STR("{{")) && end < near.len ? at + end + 2 : at;
}

/* Behind the quote that ends a text in which `\` escapes. */
static size_t
find_quote(struct str text, size_t at, char quote)
{
	while (at < text.len && text.ptr[at] != quote) {
		at += text.ptr[at] == '\\' ? 2 : 1;
	}
	return at < text.len ? at + 1 : text.len;
}

static size_t
skip_double_quoted(struct str text, size_t at, unsigned depth)
{
	while (at < text.len && text.ptr[at] != '"') {
		char c = text.ptr[at];
		bool is_lone = c == '$' && at + 1 < text.len && text.ptr[at + 1] == '"';
		bool is_nested = (c == '$' && !is_lone) || c == '`' || c == '\\' || c == '{';
		at = is_nested ? shell_skip_part(text, at, depth) : at + 1;
	}
	return at < text.len ? at + 1 : text.len;
}

/* `at` is behind the dollar. */
static size_t
skip_dollar(struct str text, size_t at, unsigned depth)
{
	struct str rest = str_skip(text, at);
	size_t braces = shell_skip_braces(text, at);
	if (braces > at) {
		return braces;
	}
	switch (rest.len > 0 ? rest.ptr[0] : '\0') {
	case '(':
		return shell_find_close(text, at + 1, ')', depth);
	case '{':
		return shell_find_close(text, at + 1, '}', depth);
	case '\'':
		return find_quote(text, at + 1, '\'');
	case '"':
		return skip_double_quoted(text, at + 1, depth);
	case '$': /* make's $$(…) and $${…} */
		return rest.len > 1 && (rest.ptr[1] == '(' || rest.ptr[1] == '{')
			? skip_dollar(text, at + 1, depth)
			: at + 1;
	default:
		return at + shell_name_length(rest);
	}
}

size_t
shell_skip_part(struct str text, size_t at, unsigned depth)
{
	if (depth >= SHELL_DEPTH_MAX) {
		return text.len;
	}
	size_t braces;
	switch (text.ptr[at]) {
	case '\\':
		return at + 2 < text.len ? at + 2 : text.len;
	case '\'':
		at += 1 + str_find_char(str_skip(text, at + 1), '\'');
		return at < text.len ? at + 1 : text.len;
	case '"':
		return skip_double_quoted(text, at + 1, depth + 1);
	case '`':
		return find_quote(text, at + 1, '`');
	case '$':
		return skip_dollar(text, at + 1, depth + 1);
	case '{':
		braces = shell_skip_braces(text, at);
		return braces > at ? braces : at + 1;
	default:
		return at + 1;
	}
}

size_t
shell_find_close(struct str text, size_t at, char close, unsigned depth)
{
	if (depth >= SHELL_DEPTH_MAX) {
		return text.len;
	}
	while (at < text.len && text.ptr[at] != close) {
		bool is_nested = text.ptr[at] == '(' && close == ')';
		at = is_nested ? shell_find_close(text, at + 1, close, depth + 1)
			       : shell_skip_part(text, at, depth + 1);
	}
	return at < text.len ? at + 1 : text.len;
}
