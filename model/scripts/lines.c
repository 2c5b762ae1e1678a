/* Recipes of make and just, and RUN of an image's build. */
#include "scripts/parts.h"

enum { EXPANSION_ROUNDS = 4 }; /* of variables that name others */

size_t
logical_line_end(struct str text, size_t at)
{
	bool is_joined;
	do {
		struct str rest = str_skip(text, at);
		struct str line = str_first(rest, str_find_char(rest, '\n'));
		at += line.len + 1;
		line.len -= str_ends(line, STR("\r")) ? 1 : 0;
		is_joined = str_ends(line, STR("\\"));
	} while (is_joined && at < text.len);
	return at < text.len ? at : text.len;
}

static struct str
skip_bytes(struct str text, const char *bytes)
{
	while (text.len > 0 && strchr(bytes, text.ptr[0])) {
		text = str_skip(text, 1);
	}
	return text;
}

struct makefile {
	struct collector *c;
	struct shell_variables variables;
	struct map
		seen; /* name -> this struct when one plain line sets it, something else when it is unknown */
	unsigned depth; /* of conditionals and definitions */
	unsigned round;
};

/* NAME := value and its like; empty name when the line is none. *ret_op is ':', '=', '?', '+' or '!'. */
static struct str
split_assignment(struct str line, char *ret_op, struct str *ret_value)
{
	struct str rest = skip_bytes(line, " ");
	while (str_starts(rest, STR("export ")) || str_starts(rest, STR("override "))) {
		rest = skip_bytes(str_skip(rest, str_find_char(rest, ' ')), " ");
	}
	size_t len = 0;
	while (len < rest.len && !str_has_char(STR(" \t:=?+!#$(){}"), rest.ptr[len])) {
		len++;
	}
	struct str name = str_first(rest, len);
	rest = skip_bytes(str_skip(rest, len), " \t");
	*ret_op = rest.len > 0 ? rest.ptr[0] : '\0';
	rest = skip_bytes(rest, ":?+!");
	bool is_assignment = str_starts(rest, STR("=")) && str_has_char(STR(":=?+!"), *ret_op);
	*ret_value = str_skip(rest, 1);
	return is_assignment ? name : STR("");
}

static void
set_make_variable(struct makefile *m, struct str name, char op, struct str value)
{
	struct arena *arena = m->c->arena;
	struct shell_word word;
	size_t comment = str_find_char(value, '#');
	value = str_trim(str_first(value, comment));
	bool is_sure = m->depth == 0 && op != '+' && op != '!' && !str_has_char(value, '\\');
	if (m->round == 0 && (map_put(arena, &m->seen, name, m) || !is_sure)) {
		map_put(arena, &m->seen, name, &m->depth);
	}
	if (map_get(&m->seen, name) != m) {
		shell_forget(arena, &m->variables, name);
	} else if (!str_has_char(value, '$')) {
		shell_set(arena, &m->variables, name, value, true); /* the command line may set it, too */
	} else if (!str_has_char(value, ' ')
		&& (op != ':' || m->round == 0) /* := looks at what is before it */
		&& shell_expand_text(arena, value, SHELL_RECIPE, &m->variables, &word)) {
		shell_set(arena, &m->variables, name, word.text, true);
	}
}

static void
count_conditionals(struct makefile *m, struct str line)
{
	static const struct str begins[] = { STR_INIT("ifeq"), STR_INIT("ifneq"), STR_INIT("ifdef"),
		STR_INIT("ifndef"), STR_INIT("define") };
	for (size_t i = 0; i < countof(begins); i++) {
		m->depth += str_starts(line, begins[i]) ? 1 : 0;
	}
	bool ends = str_starts(line, STR("endif")) || str_starts(line, STR("endef"));
	m->depth -= ends && m->depth > 0 ? 1 : 0;
}

static void
take_make_line(struct makefile *m, struct str line)
{
	char op;
	struct str value, name = split_assignment(line, &op, &value);
	count_conditionals(m, skip_bytes(line, " "));
	if (name.len > 0) {
		set_make_variable(m, name, op, value);
		return;
	}
	/* `target: NAME = value` holds for that target only. */
	struct str behind = skip_bytes(str_skip(line, str_find_char(line, ':')), ":");
	name = split_assignment(behind, &op, &value);
	if (name.len > 0) {
		set_make_variable(m, name, '!', value);
	}
}

/* Without what make takes for itself: @ - + */
static size_t
recipe_start(struct str text, size_t at, size_t end)
{
	struct str line = str_first(str_skip(text, at), end - at);
	return end - skip_bytes(line, "\t @-+").len;
}

void
collect_makefile(struct collector *c)
{
	struct str text = c->file->source.text;
	struct makefile m = { .c = c };
	for (m.round = 0; m.round < EXPANSION_ROUNDS; m.round++) {
		for (size_t at = 0, end; at < text.len; at = end) {
			end = logical_line_end(text, at);
			if (text.ptr[at] != '\t') {
				take_make_line(&m, str_first(str_skip(text, at), end - at));
			}
		}
	}
	for (size_t at = 0, end; at < text.len; at = end) {
		end = logical_line_end(text, at);
		if (text.ptr[at] == '\t') {
			collect_range(c, recipe_start(text, at, end), end, SHELL_RECIPE, &m.variables);
		}
	}
}

static bool
is_indented(struct str text, size_t at)
{
	return at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\t');
}

/* Behind the indented lines that begin at `at`, blank ones among them. */
static size_t
block_end(struct str text, size_t at)
{
	while (is_indented(text, at) || (at < text.len && text.ptr[at] == '\n')) {
		at = logical_line_end(text, at);
	}
	return at;
}

void
collect_justfile(struct collector *c)
{
	struct str text = c->file->source.text;
	for (size_t at = 0, end; at < text.len; at = end) {
		struct shell_variables none = { 0 };
		end = logical_line_end(text, at);
		if (!is_indented(text, at)) {
			continue;
		}
		size_t start = recipe_start(text, at, end);
		bool is_script = str_starts(str_skip(text, start), STR("#!"));
		end = is_script ? block_end(text, at) : end;
		if (!is_script || str_find(str_skip(text, start), STR("sh")) < end - start) {
			collect_range(c, start, end, SHELL_PLAIN, &none);
		}
	}
}

void
collect_dockerfile(struct collector *c)
{
	struct str text = c->file->source.text;
	for (size_t at = 0, end; at < text.len; at = end) {
		struct shell_variables none = { 0 };
		end = logical_line_end(text, at);
		struct str line = skip_bytes(str_first(str_skip(text, at), end - at), " \t");
		struct str word = str_first(line, str_find_char(line, ' '));
		if (!str_eq_nocase(word, STR("RUN"))) {
			continue;
		}
		struct str rest = skip_bytes(str_skip(line, 3), " \t");
		while (str_starts(rest, STR("--"))) {
			rest = skip_bytes(str_skip(rest, str_find_char(rest, ' ')), " \t\\\n");
		}
		if (!str_starts(rest, STR("["))) {
			collect_range(c, end - rest.len, end, SHELL_PLAIN, &none);
		}
	}
}
