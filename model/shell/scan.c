/* Words and commands by their places. */
#include "shell/parts.h"
#include "vec.h"

enum { HEREDOCS_MAX = 8 };

struct heredoc {
	struct str end; /* as written */
	bool strips_tabs;
};

struct scan {
	struct arena *arena;
	struct str text;
	size_t at;
	struct raw_commands *commands;
	struct {
		struct span *items;
		size_t len, cap;
	} words; /* of the command that is being read */
	size_t word_count;
	struct heredoc heredocs[HEREDOCS_MAX]; /* begun on this line */
	size_t heredoc_count;
	char open[SHELL_DEPTH_MAX]; /* compound commands around: 'i'f, 'l'oop, 'c'ase, '{', '(' */
	unsigned depth;
	enum shell_link before;
	bool is_bounded; /* no limit has been met */
};

static char
peek(const struct scan *scan, size_t ahead)
{
	return scan->at + ahead < scan->text.len ? scan->text.ptr[scan->at + ahead] : '\0';
}

static struct str
word_text(const struct scan *scan, struct span word)
{
	return (struct str){ scan->text.ptr + word.start, word.end - word.start };
}

static void
push(struct scan *scan, char kind)
{
	if (scan->depth == SHELL_DEPTH_MAX) {
		scan->is_bounded = false;
	} else {
		scan->open[scan->depth++] = kind;
	}
}

static void
pop(struct scan *scan, char kind)
{
	if (scan->depth > 0 && scan->open[scan->depth - 1] == kind) {
		scan->depth--;
	}
}

static void
end_command(struct scan *scan, enum shell_link after)
{
	if (scan->words.len > 0) {
		struct raw_command command = { .words = scan->words.items,
			.len = scan->words.len,
			.before = scan->before,
			.after = after,
			.depth = scan->depth };
		command.span = (struct span){ command.words[0].start, command.words[command.len - 1].end };
		vec_push(scan->arena, scan->commands, command);
	}
	scan->words.items = NULL;
	scan->words.len = scan->words.cap = 0;
	scan->before = after;
}

/* A word that is no word of a command where a command may begin: then what follows may begin one. */
static bool
take_reserved(struct scan *scan, struct str word)
{
	static const struct {
		struct str word;
		char opens, closes;
	} reserved[] = { { STR_INIT("if"), 'i', '\0' }, { STR_INIT("fi"), '\0', 'i' },
		{ STR_INIT("while"), 'l', '\0' }, { STR_INIT("until"), 'l', '\0' },
		{ STR_INIT("done"), '\0', 'l' }, { STR_INIT("esac"), '\0', 'c' },
		{ STR_INIT("{"), '{', '\0' }, { STR_INIT("}"), '\0', '{' }, { STR_INIT("then"), '\0', '\0' },
		{ STR_INIT("else"), '\0', '\0' }, { STR_INIT("elif"), '\0', '\0' },
		{ STR_INIT("do"), '\0', '\0' }, { STR_INIT("!"), '\0', '\0' },
		{ STR_INIT("time"), '\0', '\0' } };
	for (size_t i = 0; i < countof(reserved); i++) {
		if (str_eq(word, reserved[i].word)) {
			if (reserved[i].opens) {
				push(scan, reserved[i].opens);
			} else if (reserved[i].closes) {
				pop(scan, reserved[i].closes);
			}
			return true;
		}
	}
	return false;
}

static void
add_word(struct scan *scan, struct span word)
{
	struct str text = word_text(scan, word);
	if (scan->words.len == 0 && take_reserved(scan, text)) {
		return;
	}
	if (scan->words.len == 0 && (str_eq(text, STR("for")) || str_eq(text, STR("select")))) {
		push(scan, 'l'); /* its words stay: the variable is among them */
	} else if (scan->words.len == 0 && str_eq(text, STR("case"))) {
		push(scan, 'c');
	}
	if (++scan->word_count > SHELL_WORDS_MAX) {
		scan->is_bounded = false;
		return;
	}
	vec_push(scan->arena, &scan->words, word);
}

static bool
ends_word(char c)
{
	return str_has_char(STR(" \t\r\n;&|()<>"), c);
}

/* The word at the scanner; an array's parentheses belong to it. */
static struct span
next_word(struct scan *scan)
{
	size_t start = scan->at, at = start;
	while (at < scan->text.len) {
		char c = scan->text.ptr[at];
		bool is_array = c == '(' && at > start && scan->text.ptr[at - 1] == '=';
		if (is_array) {
			at = shell_find_close(scan->text, at + 1, ')', 1);
		} else if (ends_word(c)) {
			break;
		} else {
			at = shell_skip_part(scan->text, at, 0);
		}
	}
	scan->at = at;
	return (struct span){ (uint32_t)start, (uint32_t)at };
}

static void
skip_blanks(struct scan *scan)
{
	while (peek(scan, 0) == ' ' || peek(scan, 0) == '\t') {
		scan->at++;
	}
}

static struct str
unquoted(struct str word)
{
	bool is_quoted = word.len >= 2 && (word.ptr[0] == '\'' || word.ptr[0] == '"');
	return is_quoted ? str_first(str_skip(word, 1), word.len - 2)
			 : str_skip(word, word.len > 0 && word.ptr[0] == '\\' ? 1 : 0);
}

/* `2>file`, `<<EOF`, `<<<word`, `>&2`: with the word behind it. */
static void
skip_redirection(struct scan *scan)
{
	struct str rest = str_skip(scan->text, scan->at);
	bool is_heredoc = str_starts(rest, STR("<<")) && !str_starts(rest, STR("<<<"));
	if (rest.len > 1 && rest.ptr[1] == '(') { /* process substitution is a word */
		size_t end = shell_find_close(scan->text, scan->at + 2, ')', 1);
		struct span word = { (uint32_t)scan->at, (uint32_t)end };
		scan->at = end;
		add_word(scan, word);
		return;
	}
	while (str_has_char(STR("<>&|"), peek(scan, 0)) && scan->at < scan->text.len) {
		scan->at++;
	}
	bool strips_tabs = is_heredoc && peek(scan, 0) == '-';
	scan->at += strips_tabs ? 1 : 0;
	skip_blanks(scan);
	struct str word = word_text(scan, next_word(scan));
	if (is_heredoc && scan->heredoc_count < HEREDOCS_MAX) {
		scan->heredocs[scan->heredoc_count++] = (struct heredoc){ unquoted(word), strips_tabs };
	}
}

/* Past the here-documents that the line before has begun. */
static void
skip_heredocs(struct scan *scan)
{
	for (size_t i = 0; i < scan->heredoc_count; i++) {
		const struct heredoc *heredoc = &scan->heredocs[i];
		struct str rest = str_skip(scan->text, scan->at), line;
		do {
			line = str_cut(&rest, '\n');
			while (heredoc->strips_tabs && line.len > 0 && line.ptr[0] == '\t') {
				line = str_skip(line, 1);
			}
			line.len -= str_ends(line, STR("\r")) ? 1 : 0;
		} while (rest.ptr && !str_eq(line, heredoc->end));
		scan->at = rest.ptr ? (size_t)(rest.ptr - scan->text.ptr) : scan->text.len;
	}
	scan->heredoc_count = 0;
}

/* name() { … }: the name is no command. */
static bool
take_function(struct scan *scan)
{
	size_t at = scan->at + 1;
	while (at < scan->text.len && (scan->text.ptr[at] == ' ' || scan->text.ptr[at] == '\t')) {
		at++;
	}
	if (at >= scan->text.len || scan->text.ptr[at] != ')' || scan->words.len == 0) {
		return false;
	}
	scan->words.len = 0;
	scan->at = at + 1;
	return true;
}

static void
take_paren(struct scan *scan)
{
	if (scan->words.len == 0 && peek(scan, 1) == '(') { /* (( arithmetic )) */
		scan->at = shell_find_close(scan->text, scan->at + 1, ')', 1);
	} else if (!take_function(scan)) {
		end_command(scan, LINK_PAREN);
		push(scan, '(');
		scan->at++;
	}
}

static void
take_operator(struct scan *scan)
{
	char c = peek(scan, 0), next = peek(scan, 1);
	size_t width = next == c || (c == '|' && next == '&') ? 2 : 1;
	if (c == '&' && next == '>') { /* &>file */
		scan->at++;
		skip_redirection(scan);
		return;
	}
	enum shell_link link = c == ';' ? LINK_LINE : c == '&' ? LINK_BACKGROUND : LINK_PIPE;
	if (width == 2 && c == next) {
		link = c == '&' ? LINK_AND : c == '|' ? LINK_OR : LINK_LINE;
	}
	end_command(scan, link);
	scan->at += width;
}

/* A pattern of `case` ends with a parenthesis that nothing has opened. */
static void
close_paren(struct scan *scan)
{
	bool is_pattern = scan->depth > 0 && scan->open[scan->depth - 1] == 'c';
	if (is_pattern) {
		scan->words.len = 0;
	}
	end_command(scan, LINK_PAREN);
	pop(scan, '(');
	scan->at++;
}

static bool
is_descriptor(const struct scan *scan, struct span word)
{
	struct str text = word_text(scan, word);
	bool redirects = peek(scan, 0) == '<' || peek(scan, 0) == '>';
	return redirects && text.len == 1 && text.ptr[0] >= '0' && text.ptr[0] <= '9';
}

static void
take_line_end(struct scan *scan)
{
	end_command(scan, LINK_LINE);
	scan->at++;
	skip_heredocs(scan);
}

static void
take_word(struct scan *scan)
{
	struct span word = next_word(scan);
	if (!is_descriptor(scan, word)) {
		add_word(scan, word);
	}
}

/* Blanks, comments, joined lines: what stands between words. */
static bool
skip_nothing(struct scan *scan)
{
	size_t before = scan->at;
	char c = peek(scan, 0);
	if (c == ' ' || c == '\t' || c == '\r') {
		scan->at++;
	} else if (c == '\\' && peek(scan, 1) == '\n') {
		scan->at += 2;
	} else if (c == '\\' && peek(scan, 1) == '\r' && peek(scan, 2) == '\n') {
		scan->at += 3;
	} else if (c == '#') {
		scan->at += str_find_char(str_skip(scan->text, scan->at), '\n');
	}
	return scan->at > before;
}

static void
step(struct scan *scan)
{
	switch (peek(scan, 0)) {
	case '\n':
		take_line_end(scan);
		break;
	case ';':
	case '&':
	case '|':
		take_operator(scan);
		break;
	case '(':
		take_paren(scan);
		break;
	case ')':
		close_paren(scan);
		break;
	case '<':
	case '>':
		skip_redirection(scan);
		break;
	default:
		take_word(scan);
	}
}

bool
shell_scan(struct arena *arena, struct str text, struct raw_commands *ret_commands)
{
	struct scan scan = { .arena = arena, .text = text, .commands = ret_commands, .is_bounded = true };
	if (text.len > SHELL_TEXT_MAX) {
		return false;
	}
	while (scan.at < text.len && scan.is_bounded) {
		if (!skip_nothing(&scan)) {
			step(&scan);
		}
	}
	end_command(&scan, LINK_LINE);
	return scan.is_bounded;
}
