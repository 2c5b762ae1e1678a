#include "shell.h"

enum {
	CONTINUED = 4,
	CONTINUES = 2, /* " |" or " \\" at the end of a line */
};

/* None of these means anything to sh, wherever in a word it stands; '=' is dealt with by its caller. */
static bool
is_harmless(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
		|| str_has_char(STR("_@%+=:,./-"), c);
}

static void
add_quoted(struct buf *out, struct str text)
{
	buf_add_char(out, '\'');
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\'') {
			buf_add(out, STR("'\\''"));
		} else {
			buf_add_char(out, text.ptr[i]);
		}
	}
	buf_add_char(out, '\'');
}

void
shell_quote(struct buf *out, struct str text)
{
	bool bare = text.len > 0;
	for (size_t i = 0; bare && i < text.len; i++) {
		bare = is_harmless(text.ptr[i]);
	}
	if (bare) {
		buf_add(out, text);
	} else {
		add_quoted(out, text);
	}
}

static struct str
piece_text(const struct ynode *piece)
{
	const struct ynode *word = ynode_get(piece, STR("word"));
	return ynode_str(word ? word : piece);
}

static void
add_piece(struct buf *out, const struct ynode *piece)
{
	const struct ynode *var = ynode_get(piece, STR("var"));
	if (var) {
		buf_addf(out, "\"$%.*s\"", STR_ARG(ynode_str(var)));
	} else {
		shell_quote(out, piece_text(piece));
	}
}

/* A first word that held a bare '=' would be an assignment. */
static void
add_word(struct buf *out, const struct ynode *word, bool is_first)
{
	if (ynode_is(word, YNODE_SEQUENCE)) {
		for (const struct ynode *piece = ynode_follow(word)->first; piece; piece = piece->next) {
			add_piece(out, piece);
		}
		return;
	}
	if (is_first && str_has_char(piece_text(word), '=')) {
		add_quoted(out, piece_text(word));
		return;
	}
	add_piece(out, word);
}

static bool
is_option(const struct ynode *word)
{
	const struct ynode *first = ynode_is(word, YNODE_SEQUENCE) ? ynode_follow(word)->first : word;
	return str_starts(piece_text(first), STR("--"));
}

/* Column that the end of `out` is at. */
static size_t
column(const struct buf *out)
{
	size_t at = out->len;
	while (at > 0 && out->data[at - 1] != '\n') {
		at--;
	}
	return out->len - at;
}

/* `word` and those behind it that belong to it: what is no option itself. Returns the next one. */
static const struct ynode *
add_group(struct buf *out, const struct ynode *word, bool is_first)
{
	do {
		if (!is_first) {
			buf_add_char(out, ' ');
		}
		add_word(out, word, is_first);
		is_first = false;
		word = word->next;
	} while (word && !is_option(word));
	return word;
}

static void
add_command(struct buf *out, const struct ynode *command, size_t indent, bool is_folded)
{
	const struct ynode *word = ynode_follow(command)->first;
	for (bool is_first = true; word; is_first = false) {
		struct buf group = { .arena = out->arena };
		word = add_group(&group, word, is_first);
		bool fits = column(out) + group.len + CONTINUES <= SHELL_COLUMNS;
		if (is_folded && !is_first && !fits) {
			buf_add(out, STR(" \\\n"));
			buf_add_repeat(out, ' ', indent - 1);
		}
		buf_add(out, buf_str(&group));
	}
}

static size_t
width_of(struct arena *arena, const struct ynode *command)
{
	struct buf line = { .arena = arena };
	const struct ynode *word = ynode_follow(command)->first;
	for (bool is_first = true; word; is_first = false) {
		word = add_group(&line, word, is_first);
	}
	return line.len;
}

void
shell_pipeline(struct buf *out, const struct ynode *pipeline, size_t indent)
{
	const struct ynode *command =
		ynode_is(pipeline, YNODE_SEQUENCE) ? ynode_follow(pipeline)->first : NULL;
	size_t width = column(out);
	for (const struct ynode *each = command; each; each = each->next) {
		width += width_of(out->arena, each) + (each->next ? strlen(" | ") : 0);
	}
	bool is_folded = width > SHELL_COLUMNS;
	for (bool is_first = true; command; command = command->next, is_first = false) {
		if (!is_first) {
			buf_add(out, is_folded ? STR(" |\n") : STR(" | "));
			buf_add_repeat(out, ' ', is_folded ? indent : 0);
		}
		add_command(out, command, is_first ? indent : indent + CONTINUED, is_folded);
	}
}
