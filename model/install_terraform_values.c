/*
 * The list `values` of a helm_release: texts in YAML, merged in order as Helm
 * merges files. Read are file("${path.module}/…") and heredocs without
 * expressions in them; whatever else stands in the list is unknown.
 */
#include "install_parts.h"
#include "path.h"

struct list_reader {
	struct install_reader *reader;
	struct install *install;
	const struct file *file;
};

static size_t
offset_of(const struct list_reader *l, struct str part)
{
	return (size_t)(part.ptr - l->file->source.text.ptr);
}

/* The text inside `file("…")`; empty when it is something else. */
static struct str
argument_of(struct str item)
{
	const struct str open = STR("file(\""), close = STR("\")");
	return str_starts(item, open) && str_ends(item, close) && item.len > open.len + close.len
		? str_first(str_skip(item, open.len), item.len - open.len - close.len)
		: STR("");
}

/* The directory of the module is that of its file, from wherever it is called. */
static void
lay_file(const struct list_reader *l, struct str item)
{
	const struct str module = STR("${path.module}/");
	struct str argument = argument_of(item), rest = str_skip(argument, module.len), path;
	bool is_plain = str_starts(argument, module) && !str_has_char(rest, '$') && !str_has_char(rest, '"')
		&& !str_has_char(rest, '\\');
	const struct file *file =
		is_plain && path_join(l->reader->arena, path_parent(l->file->source.path), rest, &path)
		? files_get(l->reader->files, path)
		: NULL;
	values_lay_file(l->reader, l->install, file, false);
}

/* What is not of the text is blank, so that places in it are places in the file. */
static struct source
in_place(const struct list_reader *l, struct str body)
{
	size_t start = offset_of(l, body), end = start + body.len;
	char *bytes = arena_alloc(l->reader->arena, end + 1);
	for (size_t i = 0; i < end; i++) {
		char c = l->file->source.text.ptr[i];
		bytes[i] = i >= start || c == '\n' ? c : ' ';
	}
	return (struct source){ l->file->source.path, { bytes, end } };
}

/* "<<EOT" or "<<-EOT", lines, and the word alone on a line. The minus takes away what all lines begin with,
 * which does not matter to YAML. */
static bool
lay_heredoc(const struct list_reader *l, struct str item)
{
	struct str rest = str_skip(item, 2);
	rest = str_skip(rest, str_starts(rest, STR("-")) ? 1 : 0);
	struct str word = str_trim(str_cut(&rest, '\n')), body = rest;
	while (rest.ptr) {
		struct str line = str_cut(&rest, '\n');
		if (!str_eq(str_trim(line), word)) {
			continue;
		}
		const struct ynode *tree;
		body.len = (size_t)(line.ptr - body.ptr);
		struct source source = in_place(l, body);
		bool is_read = !rest.ptr && str_find(body, STR("${")) == body.len
			&& str_find(body, STR("%{")) == body.len
			&& values_read(l->reader->arena, &source, l->file->id, &tree);
		if (is_read) {
			values_lay(l->reader, l->install, tree);
		}
		return is_read;
	}
	return false;
}

static void
lay_item(const struct list_reader *l, struct str item)
{
	if (!str_starts(item, STR("<<"))) {
		lay_file(l, item);
	} else if (!lay_heredoc(l, item)) {
		values_open(l->reader->arena, l->install);
	}
}

/* Behind the last line of the heredoc at the beginning of `text`. */
static size_t
heredoc_end(struct str text)
{
	struct str rest = text;
	struct str word = str_skip(str_trim(str_cut(&rest, '\n')), 2);
	word = str_skip(word, str_starts(word, STR("-")) ? 1 : 0);
	while (rest.ptr) {
		struct str mark = str_trim(str_cut(&rest, '\n'));
		if (str_eq(mark, word)) {
			return (size_t)(mark.ptr + mark.len - text.ptr);
		}
	}
	return text.len;
}

/* The comma behind the item at the beginning of `text`, outside of brackets and quotes. */
static size_t
comma_behind(struct str text)
{
	size_t depth = 0;
	bool is_quoted = false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		is_quoted ^= c == '"' && (i == 0 || text.ptr[i - 1] != '\\');
		if (is_quoted) {
			continue;
		}
		if (c == ',' && depth == 0) {
			return i;
		}
		depth += str_has_char(STR("([{"), c) ? 1 : 0;
		depth -= str_has_char(STR(")]}"), c) && depth > 0 ? 1 : 0;
	}
	return text.len;
}

static bool
has_comment(struct str text)
{
	return str_has_char(text, '#') || str_find(text, STR("//")) < text.len
		|| str_find(text, STR("/*")) < text.len;
}

void
terraform_lay_values(struct install_reader *reader, struct install *install, const struct file *file,
	struct str expression)
{
	struct list_reader l = { reader, install, file };
	bool is_list = expression.len >= 2 && expression.ptr[0] == '[' && str_ends(expression, STR("]"));
	struct str rest =
		is_list ? str_trim(str_first(str_skip(expression, 1), expression.len - 2)) : STR("?");
	while (rest.len > 0) {
		bool is_heredoc = str_starts(rest, STR("<<"));
		size_t end = is_heredoc ? heredoc_end(rest) : comma_behind(rest);
		struct str item = str_trim(str_first(rest, end));
		if (!is_heredoc && (!is_list || has_comment(item))) {
			values_open(reader->arena, install);
			return;
		}
		lay_item(&l, item);
		rest = str_trim(str_skip(rest, end));
		rest = str_starts(rest, STR(",")) ? str_trim(str_skip(rest, 1)) : rest;
	}
}
