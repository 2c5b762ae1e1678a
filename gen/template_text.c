#include "template_text.h"

#include "utf8.h"

const struct ynode *
scope_get(const struct scope *scope, struct str path)
{
	if (str_eq(path, STR("."))) {
		return ynode_follow(scope->map);
	}
	struct str rest = path;
	struct str name = str_cut(&rest, '.');
	const struct ynode *node = NULL;
	for (; scope && !node; scope = scope->outer) {
		node = ynode_get(scope->map, name);
	}
	while (node && rest.ptr) {
		node = ynode_get(node, str_cut(&rest, '.'));
	}
	return node;
}

bool
text_next(struct str *rest, struct str *ret_before, struct str *ret_path, bool *ret_is_hole)
{
	size_t at = str_find(*rest, STR("${"));
	bool is_escaped = at > 0 && at < rest->len && rest->ptr[at - 1] == '$';
	if (rest->len == 0) {
		return false;
	}
	*ret_path = STR("");
	*ret_is_hole = at < rest->len && !is_escaped;
	if (at == rest->len) {
		*ret_before = *rest;
		*rest = STR("");
	} else if (is_escaped) { /* "$${": the text ends before the second dollar, which stays behind */
		*ret_before = str_first(*rest, at - 1);
		*ret_path = STR("${");
		*rest = str_skip(*rest, at + 2);
	} else {
		*ret_before = str_first(*rest, at);
		struct str inner = str_skip(*rest, at + 2);
		*ret_path = str_first(inner, str_find_char(inner, '}'));
		*rest = str_skip(inner, ret_path->len + 1);
	}
	return true;
}

/* Control characters and line separators would end a comment, or worse, on a terminal; others would reverse
 * it. */
static void
add_on_one_line(struct buf *out, struct str text)
{
	while (text.len) {
		struct str rest = text;
		uint32_t point = utf8_next(&rest);
		buf_add(out, utf8_is_control(point) ? STR(" ") : str_first(text, text.len - rest.len));
		text = rest;
	}
}

static enum fill_result
fill(struct buf *out, struct str text, const struct scope *scope, bool one_line, struct str *ret_problem)
{
	struct str before, path;
	bool is_hole;
	while (text_next(&text, &before, &path, &is_hole)) {
		buf_add(out, before);
		if (!is_hole) {
			buf_add(out, path);
			continue;
		}
		const struct ynode *node = scope_get(scope, path);
		if (!node) {
			return FILL_ABSENT;
		}
		if (node->kind != YNODE_SCALAR) {
			*ret_problem = STR("a collection cannot stand in text");
			return FILL_FAILED;
		}
		if (one_line) {
			add_on_one_line(out, ynode_str(node));
		} else {
			buf_add(out, ynode_str(node));
		}
	}
	return FILL_OK;
}

enum fill_result
text_fill(struct arena *arena, struct str text, const struct scope *scope, struct str *ret_text,
	struct str *ret_problem)
{
	struct buf out = { .arena = arena };
	enum fill_result result = fill(&out, text, scope, false, ret_problem);
	*ret_text = buf_str(&out);
	return result;
}

enum fill_result
comment_fill(struct arena *arena, struct str lines, const struct scope *scope, struct str *ret_lines,
	struct str *ret_problem)
{
	struct buf out = { .arena = arena };
	struct str rest = lines;
	while (lines.len && rest.ptr) {
		size_t len = out.len;
		if (len) {
			buf_add_char(&out, '\n');
		}
		enum fill_result result = fill(&out, str_cut(&rest, '\n'), scope, true, ret_problem);
		if (result == FILL_FAILED) {
			return result;
		}
		out.len = result == FILL_ABSENT ? len : out.len;
	}
	*ret_lines = buf_str(&out);
	return FILL_OK;
}
