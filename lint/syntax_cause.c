#include "syntax_cause.h"

struct span
indentation_at(struct str text, uint32_t offset)
{
	uint32_t start = offset < text.len ? offset : (uint32_t)text.len;
	while (start > 0 && text.ptr[start - 1] != '\n') {
		start--;
	}
	uint32_t end = start;
	while (end < text.len && (text.ptr[end] == ' ' || text.ptr[end] == '\t')) {
		end++;
	}
	return (struct span){ start, end };
}

static bool
has_tab(struct str text, struct span span)
{
	return str_has_char((struct str){ text.ptr + span.start, span.end - span.start }, '\t');
}

/* Is `line` seven of `mark`, alone or with a name behind? */
static bool
is_marker(struct str line, char mark, bool named)
{
	enum { MARKER_BYTES = 7 };
	for (size_t i = 0; i < MARKER_BYTES; i++) {
		if (i >= line.len || line.ptr[i] != mark) {
			return false;
		}
	}
	struct str name = str_skip(line, MARKER_BYTES);
	return str_trim(name).len == 0 || (named && name.ptr[0] == ' ');
}

bool
conflict_next(struct str text, uint32_t from, struct conflict *ret_conflict)
{
	struct conflict conflict = { 0 };
	bool open = false, halfway = false;
	struct str rest = str_skip(text, from);
	while (rest.ptr && rest.len > 0) {
		struct str line = str_cut(&rest, '\n');
		uint32_t start = (uint32_t)(line.ptr - text.ptr);
		struct span span = { start, start + (uint32_t)line.len };
		if (is_marker(line, '<', true)) {
			conflict.ours = span;
			open = true;
			halfway = false;
		} else if (open && is_marker(line, '=', false)) {
			conflict.middle = span;
			halfway = true;
		} else if (halfway && is_marker(line, '>', true)) {
			conflict.theirs = span;
			*ret_conflict = conflict;
			return true;
		}
	}
	return false;
}

enum syntax_cause
syntax_cause(const struct file *file)
{
	struct conflict conflict;
	if (!file->syntax) {
		return CAUSE_NONE;
	}
	struct str text = file->source.text;
	uint32_t at = file->syntax->span.start;
	if (conflict_next(text, 0, &conflict) && conflict.ours.start <= at) {
		return CAUSE_CONFLICT;
	}
	if (file->is_template) {
		return CAUSE_NONE;
	}
	switch (file->syntax->kind) {
	case YSYNTAX_LIMIT:
		return CAUSE_LIMIT;
	case YSYNTAX_GRAMMAR:
		return has_tab(text, indentation_at(text, at)) ? CAUSE_TAB : CAUSE_GRAMMAR;
	case YSYNTAX_ENCODING:
	case YSYNTAX_ALIAS:
		break;
	}
	return CAUSE_GRAMMAR;
}
