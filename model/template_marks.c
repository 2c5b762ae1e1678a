#include "template_marks.h"

/* A pair of marks, on one line: Go and Jinja, Jinja statements, ERB, Terraform, Octopus, Flux's ResourceSet.
 */
struct marks {
	struct str open, close;
};

static const struct marks marks[] = { { STR_INIT("{{"), STR_INIT("}}") }, { STR_INIT("{%"), STR_INIT("%}") },
	{ STR_INIT("{#"), STR_INIT("#}") }, { STR_INIT("<%"), STR_INIT("%>") },
	{ STR_INIT("%{"), STR_INIT("}") }, { STR_INIT("#{"), STR_INIT("}") },
	{ STR_INIT("<<"), STR_INIT(">>") } };

/* What begins a comment that an engine removes. */
static const struct str line_marks[] = { STR_INIT("{{"), STR_INIT("{%"), STR_INIT("%{"), STR_INIT("<%") };

static struct str
skip_blanks(struct str line)
{
	while (line.len && (line.ptr[0] == ' ' || line.ptr[0] == '\t')) {
		line = str_skip(line, 1);
	}
	return line;
}

/* "# {{ if .x }}", and ytt's "#@ if x:". */
static bool
comment_has_mark(struct str comment)
{
	struct str words = skip_blanks(str_skip(comment, 1));
	bool found = str_starts(comment, STR("#@"));
	for (size_t i = 0; i < countof(line_marks); i++) {
		found |= str_starts(words, line_marks[i]);
	}
	return found;
}

/* Looks at the comments of the gap [start, end), where no scalar is. */
static bool
gap_has_mark(struct str text, uint32_t start, uint32_t end)
{
	struct str gap = { text.ptr + start, end > start ? end - start : 0 };
	for (size_t at = str_find_char(gap, '#'); at < gap.len;) {
		struct str comment = str_skip(gap, at);
		comment = str_first(comment, str_find_char(comment, '\n'));
		if (comment_has_mark(comment)) {
			return true;
		}
		at += comment.len;
		at += str_find_char(str_skip(gap, at), '#');
	}
	return false;
}

struct visit {
	struct str text;
	uint32_t at; /* everything before is seen */
};

/* `{{ x }}` without quotes is a mapping with a mapping for a key. */
static bool
is_braces(struct str text, const struct ynode *node)
{
	return node->kind == YNODE_MAPPING && node->style == YSTYLE_FLOW && node->first
		&& node->first->kind == YNODE_MAPPING
		&& str_starts(str_skip(text, node->span.start), STR("{{"));
}

static bool
node_has_mark(struct visit *visit, const struct ynode *node)
{
	if (gap_has_mark(visit->text, visit->at, node->span.start) || is_braces(visit->text, node)) {
		return true;
	}
	if (node->kind == YNODE_SCALAR || node->kind == YNODE_ALIAS) {
		visit->at = node->span.end;
		return false;
	}
	visit->at = visit->at < node->span.start ? node->span.start : visit->at;
	for (const struct ynode *child = node->first; child; child = child->next) {
		if (node_has_mark(visit, child)) {
			return true;
		}
	}
	return false;
}

static bool
tree_has_mark(struct str text, const struct ydoc *docs)
{
	struct visit visit = { .text = text };
	for (const struct ydoc *doc = docs; doc; doc = doc->next) {
		if (node_has_mark(&visit, doc->root)) {
			return true;
		}
	}
	return gap_has_mark(text, visit.at, (uint32_t)text.len);
}

/* Is the byte at `at` inside quotes or a comment of its line, as far as one line can tell? */
static bool
is_hidden(struct str line, size_t at)
{
	char quote = '\0';
	for (size_t i = 0; i < at; i++) {
		char c = line.ptr[i];
		if (quote) {
			quote = c == quote ? '\0' : quote;
		} else if (c == '#' && i > 0 && line.ptr[i - 1] == ' ') {
			return true;
		} else if ((c == '"' || c == '\'')
			&& (i == 0 || str_has_char(STR(" [{,:("), line.ptr[i - 1]))) {
			quote = c;
		}
	}
	return quote != 0;
}

static bool
line_has_marks(struct str line)
{
	for (size_t i = 0; i < countof(marks); i++) {
		size_t at = str_find(line, marks[i].open);
		if (at == line.len) {
			continue;
		}
		struct str inside = str_skip(line, at + marks[i].open.len);
		bool is_merge = marks[i].open.ptr[0] == '<'
			&& (inside.len == 0 || inside.ptr[0] == '<' || inside.ptr[0] == ':');
		if (!is_merge && str_find(inside, marks[i].close) < inside.len && !is_hidden(line, at)) {
			return true;
		}
	}
	return false;
}

static size_t
indent_of(struct str line)
{
	return line.len - skip_blanks(line).len;
}

/* Does the line end with the header of a block scalar: `|`, `>-`, `|2+`? */
static bool
opens_block(struct str line)
{
	line = str_trim(line);
	size_t end = line.len;
	while (end > 0 && str_has_char(STR("+-0123456789"), line.ptr[end - 1])) {
		end--;
	}
	return end > 1 && (line.ptr[end - 1] == '|' || line.ptr[end - 1] == '>') && line.ptr[end - 2] == ' ';
}

/* The text cannot be parsed, so this goes by lines. */
static bool
broken_has_mark(struct str text)
{
	bool in_block = false;
	size_t block_indent = 0;
	while (text.ptr) {
		struct str line = str_cut(&text, '\n');
		struct str words = skip_blanks(line);
		if (words.len == 0 || words.ptr[0] == '\r') {
			continue;
		}
		in_block = in_block && indent_of(line) > block_indent;
		if (in_block) {
			continue;
		}
		if (words.ptr[0] == '#' ? comment_has_mark(words) : line_has_marks(line)) {
			return true;
		}
		in_block = opens_block(line);
		block_indent = indent_of(line);
	}
	return false;
}

bool
text_is_template(struct str text, const struct ydoc *docs, bool parsed)
{
	return parsed ? tree_has_mark(text, docs) : broken_has_mark(text);
}
