#include "edit.h"

#include "yemit_scalar.h"
#include "yscalar.h"

enum { ENTRIES_MIN = 2 /* of a mapping, so that one is left */ };

static const struct edit *
make(struct arena *arena, uint32_t source, struct span span, struct str text)
{
	struct edit *edit = arena_new(arena, struct edit);
	*edit = (struct edit){ source, span, arena_str(arena, text), NULL };
	return edit;
}

static struct str
text_of(struct str text, struct span span)
{
	return str_first(str_skip(text, span.start), span.end - span.start);
}

static bool
is_on_one_line(struct str text, struct span span)
{
	return span.end <= text.len && !str_has_char(text_of(text, span), '\n');
}

/* A value as it may stand in a list of either style or behind a key. */
static struct str
quoted(struct arena *arena, struct str value)
{
	struct buf out = { .arena = arena };
	const struct ynode *scalar =
		ynode_scalar(arena, value, yscalar_is_ambiguous(value) ? YSTYLE_QUOTED : YSTYLE_PLAIN);
	bool is_split = str_has_char(value, ',') || str_has_char(value, '[') || str_has_char(value, ']')
		|| str_has_char(value, '{') || str_has_char(value, '}'); /* by a flow list */
	yemit_line(&out, scalar, is_split ? YFORM_DOUBLE : yemit_form(scalar, YPLACE_KEY));
	return buf_str(&out);
}

const struct edit *
edit_scalar(struct arena *arena, struct str text, const struct ynode *scalar, struct str value)
{
	if (scalar->kind != YNODE_SCALAR || scalar->source == 0 || ynode_extra(scalar)
		|| !is_on_one_line(text, scalar->span)) {
		return NULL;
	}
	struct span span = scalar->span;
	struct str written = text_of(text, span);
	bool is_quoted = written.len >= 2 && (written.ptr[0] == '"' || written.ptr[0] == '\'')
		&& written.ptr[written.len - 1] == written.ptr[0];
	bool fits = is_quoted && !str_has_char(value, '\\') && !str_has_char(value, written.ptr[0]);
	if (fits) {
		span.start++;
		span.end--;
		return make(arena, scalar->source, span, value);
	}
	return make(arena, scalar->source, span, quoted(arena, value));
}

const struct edit *
edit_word(struct arena *arena, struct str text, const struct ynode *scalar, struct str word)
{
	bool is_plain = scalar->kind == YNODE_SCALAR && scalar->source != 0 && !ynode_extra(scalar)
		&& is_on_one_line(text, scalar->span);
	return is_plain ? make(arena, scalar->source, scalar->span, word) : NULL;
}

const struct edit *
edit_in_front(struct arena *arena, const struct ynode *node, struct str before)
{
	struct span span = { node->span.start, node->span.start };
	return node->source != 0 && !ynode_extra(node) ? make(arena, node->source, span, before) : NULL;
}

static size_t
line_start(struct str text, size_t at)
{
	while (at > 0 && text.ptr[at - 1] != '\n') {
		at--;
	}
	return at;
}

/* Behind the line end, or the end of the text. */
static size_t
line_end(struct str text, size_t at)
{
	size_t end = at + str_find_char(str_skip(text, at), '\n');
	return end < text.len ? end + 1 : text.len;
}

/* The line end that the text has. */
static struct str
end_of_lines(struct str text)
{
	size_t first = str_find_char(text, '\n');
	bool is_windows = first < text.len && first > 0 && text.ptr[first - 1] == '\r';
	return is_windows ? STR("\r\n") : STR("\n");
}

/* Blanks and a dash before the item on its line: the width of the blanks; false when there is more. */
static bool
block_indent(struct str text, const struct ynode *item, struct str *ret_indent)
{
	size_t start = line_start(text, item->span.start);
	struct str before = str_first(str_skip(text, start), item->span.start - start);
	size_t blanks = 0;
	while (blanks < before.len && before.ptr[blanks] == ' ') {
		blanks++;
	}
	*ret_indent = str_first(before, blanks);
	return str_eq(str_trim(before), STR("-"));
}

static const struct ynode *
last_item(const struct ynode *list)
{
	const struct ynode *last = list->first;
	while (last && last->next) {
		last = last->next;
	}
	return last;
}

static const struct edit *
remove_from_flow(struct arena *arena, struct str text, const struct ynode *list, const struct ynode *item)
{
	struct span span = item->span;
	if (!is_on_one_line(text, list->span)) {
		return NULL;
	}
	if (item->next) {
		span.end = item->next->span.start;
	}
	/* the last item goes with the comma before it */
	for (const struct ynode *other = list->first; other != item && !item->next; other = other->next) {
		span.start = other->span.end;
	}
	return make(arena, item->source, span, STR(""));
}

static bool
is_editable(const struct ynode *list, struct str text)
{
	return list && list->kind == YNODE_SEQUENCE && list->source != 0 && list->first
		&& list->first->source == list->source && list->span.end <= text.len;
}

const struct edit *
edit_remove_item(struct arena *arena, struct str text, const struct ynode *list, const struct ynode *item)
{
	struct str indent;
	if (!is_editable(list, text) || list->len < 2 || !is_on_one_line(text, item->span)) {
		return NULL;
	}
	if (list->style == YSTYLE_FLOW) {
		return remove_from_flow(arena, text, list, item);
	}
	if (!block_indent(text, item, &indent)) {
		return NULL;
	}
	struct span span = { (uint32_t)line_start(text, item->span.start),
		(uint32_t)line_end(text, item->span.end) };
	return make(arena, item->source, span, STR(""));
}

/* Blanks up to the column of the key; false when there is more on its line than dashes of lists. */
static bool
key_indent(struct arena *arena, struct str text, const struct ynode *key, struct str *ret_indent)
{
	size_t start = line_start(text, key->span.start);
	struct str before = str_first(str_skip(text, start), key->span.start - start);
	char *blanks = arena_alloc(arena, before.len + 1);
	for (size_t i = 0; i < before.len; i++) {
		if (before.ptr[i] != ' ' && before.ptr[i] != '-') {
			return false;
		}
		blanks[i] = ' ';
	}
	*ret_indent = (struct str){ blanks, before.len };
	return true;
}

/* Is nothing but blanks before it on its line? */
static bool
is_first_on_line(struct str text, size_t at)
{
	size_t start = line_start(text, at);
	return str_trim(str_first(str_skip(text, start), at - start)).len == 0;
}

const struct edit *
edit_remove_entry(struct arena *arena, struct str text, const struct ynode *map, struct str key)
{
	const struct ynode *entry = map->kind == YNODE_MAPPING ? ynode_key(map, key) : NULL;
	if (!entry || map->style == YSTYLE_FLOW || map->len < 2 * ENTRIES_MIN || entry->source == 0
		|| entry->source != map->source || entry->next->source != map->source
		|| entry->next->kind == YNODE_ALIAS || ynode_extra(entry->next)) {
		return NULL;
	}
	struct span span = { entry->span.start, entry->next->span.end };
	if (!is_on_one_line(text, span) || !is_first_on_line(text, span.start)) {
		return NULL;
	}
	span.start = (uint32_t)line_start(text, span.start);
	span.end = (uint32_t)line_end(text, span.end);
	return make(arena, entry->source, span, STR(""));
}

/* Is nothing but a comment between the end of the node and that of its line? */
static bool
is_last_on_line(struct str text, size_t at)
{
	struct str rest = str_trim(str_first(str_skip(text, at), line_end(text, at) - at));
	return rest.len == 0 || rest.ptr[0] == '#';
}

/* Does the node end with a text that lines behind it would change? Blank lines count at the end of one (|+),
 * and where the file ends without a line end, so does the text. */
static bool
ends_with_open_text(struct str text, const struct ynode *node)
{
	while (node->kind != YNODE_SCALAR && node->kind != YNODE_ALIAS && node->first) {
		node = last_item(node);
	}
	bool is_block =
		node->kind == YNODE_SCALAR && (node->style == YSTYLE_LITERAL || node->style == YSTYLE_FOLDED);
	struct str value = is_block ? ynode_str(node) : STR("");
	return str_ends(value, STR("\n\n")) || str_eq(value, STR("\n"))
		|| (is_block && !str_ends(text, STR("\n")) && line_end(text, node->span.end) == text.len);
}

/* Puts lines behind the line on which the node ends: the first behind `first`, the others behind `indent`. */
static const struct edit *
add_lines(struct arena *arena, struct str text, const struct ynode *node, struct str first, struct str indent,
	struct str lines)
{
	if (ends_with_open_text(text, node)) {
		return NULL;
	}
	struct buf out = { .arena = arena };
	struct str line = end_of_lines(text), before = first;
	size_t end = line_end(text, node->span.end);
	bool has_end = end > 0 && text.ptr[end - 1] == '\n';
	while (lines.ptr) {
		struct str one = str_cut(&lines, '\n');
		buf_add(&out, has_end ? STR("") : line);
		buf_add(&out, one.len ? before : STR(""));
		buf_add(&out, one);
		buf_add(&out, has_end ? line : STR(""));
		before = indent;
	}
	return make(arena, node->source, (struct span){ (uint32_t)end, (uint32_t)end }, buf_str(&out));
}

const struct edit *
edit_add_entry(struct arena *arena, struct str text, const struct ynode *map, struct str lines)
{
	struct str indent;
	if (map->kind != YNODE_MAPPING || map->style == YSTYLE_FLOW || map->source == 0 || !map->first
		|| map->first->source != map->source || map->span.end > text.len
		|| !key_indent(arena, text, map->first, &indent) || !is_last_on_line(text, map->span.end)) {
		return NULL;
	}
	return add_lines(arena, text, map, indent, indent, lines);
}

const struct edit *
edit_add_list(struct arena *arena, struct str text, const struct ynode *map, struct str key, struct str value)
{
	if (map->kind != YNODE_MAPPING || map->style == YSTYLE_FLOW || map->source == 0 || !map->first
		|| line_start(text, map->first->span.start) != map->first->span.start) {
		return NULL;
	}
	return add_lines(arena, text, map, STR(""), STR(""),
		arena_printf(arena, "%.*s:\n  - %.*s", STR_ARG(key), STR_ARG(quoted(arena, value))));
}

/* The first item of "[]". */
static const struct edit *
fill_empty(struct arena *arena, struct str text, const struct ynode *list, struct str item)
{
	bool is_empty = list && list->kind == YNODE_SEQUENCE && list->source != 0 && list->len == 0
		&& list->style == YSTYLE_FLOW && is_on_one_line(text, list->span)
		&& list->span.end - list->span.start >= 2;
	struct span inside = { list ? list->span.start + 1 : 0, list ? list->span.end - 1 : 0 };
	bool is_blank = is_empty && text.ptr[inside.start - 1] == '[' && text.ptr[inside.end] == ']'
		&& str_trim(text_of(text, inside)).len == 0;
	return is_blank ? make(arena, list->source, inside, item) : NULL;
}

const struct edit *
edit_append_item(struct arena *arena, struct str text, const struct ynode *list, struct str value)
{
	struct str indent, item = quoted(arena, value);
	if (!is_editable(list, text)) {
		return fill_empty(arena, text, list, item);
	}
	const struct ynode *last = last_item(list);
	if (list->style == YSTYLE_FLOW) {
		struct span span = { last->span.end, last->span.end };
		return is_on_one_line(text, list->span)
			? make(arena, list->source, span, arena_printf(arena, ", %.*s", STR_ARG(item)))
			: NULL;
	}
	if (!block_indent(text, list->first, &indent) || !is_on_one_line(text, last->span)) {
		return NULL;
	}
	return add_lines(arena, text, last, arena_printf(arena, "%.*s- ", STR_ARG(indent)), STR(""), item);
}

const struct edit *
edit_append_lines(struct arena *arena, struct str text, const struct ynode *list, struct str lines)
{
	struct str indent;
	if (!is_editable(list, text) || list->style == YSTYLE_FLOW
		|| !block_indent(text, list->first, &indent)
		|| !is_last_on_line(text, last_item(list)->span.end)) {
		return NULL;
	}
	return add_lines(arena, text, last_item(list), arena_printf(arena, "%.*s- ", STR_ARG(indent)),
		arena_printf(arena, "%.*s  ", STR_ARG(indent)), lines);
}
