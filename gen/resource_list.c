#include "resource_list.h"

#include "redact.h"
#include "vec.h"
#include "yemit.h"
#include "ymerge.h"

#define PRESENT "internal.config.kubernetes.io/"
#define FORMER "config.kubernetes.io/"

struct str
resource_list_annotation(const struct ynode *object, const char *name)
{
	const struct ynode *annotations = ynode_at(object, "metadata", "annotations", NULL);
	char key[64];
	(void)snprintf(key, sizeof(key), PRESENT "%s", name);
	struct str present = ynode_str(ynode_get(annotations, str_from(key)));
	(void)snprintf(key, sizeof(key), FORMER "%s", name);
	return present.len > 0 ? present : ynode_str(ynode_get(annotations, str_from(key)));
}

static size_t
line_start(struct str text, size_t at)
{
	while (at > 0 && text.ptr[at - 1] != '\n') {
		at--;
	}
	return at;
}

/* Does the line say the mark at the column, and nothing before it? */
static bool
has_mark_at(struct str text, size_t start, size_t column, char mark)
{
	struct str line = str_first(str_skip(text, start), str_find_char(str_skip(text, start), '\n'));
	return column < line.len && line.ptr[column] == mark && str_trim(str_first(line, column)).len == 0;
}

/* The start of the line with the item's dash, which may be above the item itself. */
static size_t
dash_line(struct str text, const struct ynode *item, size_t column)
{
	size_t start = line_start(text, item->span.start);
	while (start > 0 && !has_mark_at(text, start, column, '-')) {
		start = line_start(text, start - 1);
	}
	return start;
}

/* Where the lines of the item begin: with its comments, above its dash. A text before them is indented more.
 */
static size_t
item_start(struct str text, const struct ynode *item, size_t column)
{
	size_t start = dash_line(text, item, column);
	while (start > 0 && has_mark_at(text, line_start(text, start - 1), column, '#')) {
		start = line_start(text, start - 1);
	}
	return start;
}

/* Where the lines of the list end: at the next key of the root, or with the document. The blank lines before
 * may belong to a text. */
static size_t
items_end(struct str text, const struct ynode *root, const struct ynode *items)
{
	size_t end = text.len;
	for (const struct ynode *key = root->first; key; key = key->next->next) {
		bool is_behind = key->span.start >= items->span.end && key->span.start < end;
		end = is_behind ? line_start(text, key->span.start) : end;
	}
	struct str rest = str_first(str_skip(text, items->span.end), end - items->span.end);
	size_t marker = str_find(rest, STR("\n..."));
	return marker < rest.len ? items->span.end + marker + 1 : end;
}

/* The lines of each item; none where the list is in flow style. */
static void
read_items(struct arena *arena, struct str text, const struct ynode *root, struct resource_list *list)
{
	const struct ynode *items = ynode_get(root, STR("items"));
	bool is_block = items->style != YSTYLE_FLOW && items->first;
	size_t column = items->span.start - line_start(text, items->span.start);
	list->indent = is_block ? arena_printf(arena, "%*s", (int)column, "") : STR("");
	for (const struct ynode *item = items->first; item; item = item->next) {
		struct resource_item one = { ynode_follow(item), STR("") };
		if (is_block && item->kind == YNODE_MAPPING) {
			size_t start = item_start(text, item, column);
			size_t end = item->next ? item_start(text, item->next, column)
						: items_end(text, root, items);
			one.lines = str_first(str_skip(text, start), end - start);
		}
		vec_push(arena, &list->items, one);
	}
}

bool
resource_list_read(struct arena *arena, const struct source *source, struct resource_list *ret_list,
	struct error *reterr)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	const struct ydoc *docs = NULL;
	struct ysyntax_error syntax;
	if (!ytree_parse(arena, &scratch, source, 1, YTREE_COMMENTS, &docs, &syntax)) {
		struct position position = source_position(source, syntax.span.start);
		return error_set(reterr, "%.*s:%u:%u: no YAML: %.*s", STR_ARG(source->path), position.line,
			position.column, STR_ARG(syntax.problem));
	}
	const struct ynode *root = docs ? docs->root : NULL;
	const struct ynode *items = ynode_get(root, STR("items"));
	bool is_list = str_eq(ynode_str(ynode_get(root, STR("kind"))), STR("ResourceList"));
	if (!is_list || docs->next || (items && !ynode_is(items, YNODE_SEQUENCE) && items->len > 0)) {
		return error_set(reterr,
			"%.*s: a KRM function reads a ResourceList, as `kpt fn eval --exec` and kustomize "
			"give it",
			STR_ARG(source->path));
	}
	*ret_list = (struct resource_list){ .config = ynode_get(root, STR("functionConfig")),
		.indent = STR(""),
		.results = ylist_sequence(arena) };
	if (ynode_is(items, YNODE_SEQUENCE)) {
		read_items(arena, source->text, root, ret_list);
	}
	return true;
}

/* "apps" of "apps/v1"; empty: the core group. */
static struct str
group_of(const struct ynode *object)
{
	struct str rest = ynode_str(ynode_get(object, STR("apiVersion"))), group = str_cut(&rest, '/');
	return rest.ptr ? group : STR("");
}

static bool
has_same(const struct ynode *a, const struct ynode *b, const char *field)
{
	return str_eq(ynode_str(ynode_at(a, "metadata", field, NULL)),
		ynode_str(ynode_at(b, "metadata", field, NULL)));
}

static bool
is_same_object(const struct ynode *a, const struct ynode *b)
{
	return str_eq(group_of(a), group_of(b))
		&& str_eq(ynode_str(ynode_get(a, STR("kind"))), ynode_str(ynode_get(b, STR("kind"))))
		&& has_same(a, b, "name") && has_same(a, b, "namespace");
}

/* The object with annotations that say where it is filed. */
static const struct ynode *
filed(struct arena *arena, const struct ynode *object, struct str path, struct str index)
{
	static const char *const prefixes[] = { FORMER, PRESENT };
	struct ylist annotations = ylist_mapping(arena), metadata = ylist_mapping(arena),
		     root = ylist_mapping(arena);
	for (size_t i = 0; i < countof(prefixes); i++) {
		ylist_put(&annotations, arena_printf(arena, "%spath", prefixes[i]),
			ynode_scalar(arena, path, YSTYLE_QUOTED));
		ylist_put(&annotations, arena_printf(arena, "%sindex", prefixes[i]),
			ynode_scalar(arena, index, YSTYLE_QUOTED));
	}
	ylist_put(&metadata, STR("annotations"), annotations.parent);
	ylist_put(&root, STR("metadata"), metadata.parent);
	return ymerge(arena, object, root.parent, YMERGE_NULL_IS_VALUE);
}

void
resource_list_put(struct arena *arena, struct resource_list *list, const struct ynode *object,
	struct str path, size_t index)
{
	for (size_t i = 0; i < list->items.len; i++) {
		const struct ynode *old = list->items.items[i].object;
		struct str place = resource_list_annotation(old, "path");
		if (is_same_object(old, object)) {
			list->items.items[i].lines = STR("");
			list->items.items[i].object = place.len > 0
				? filed(arena, object, place, resource_list_annotation(old, "index"))
				: object;
			return;
		}
	}
	struct resource_item more = { filed(arena, object, path, arena_printf(arena, "%zu", index)),
		STR("") };
	vec_push(arena, &list->items, more);
}

void
resource_list_tell(struct resource_list *list, enum severity severity, struct str message, struct str field,
	struct str file)
{
	/* what is quoted may be a token that stands where something else belongs */
	struct arena *arena = list->results.arena;
	message = redact(arena, message);
	field = redact(arena, field);
	struct ylist result = ylist_mapping(arena), place = ylist_mapping(arena),
		     where = ylist_mapping(arena);
	ylist_put(&result, STR("message"), ynode_scalar(arena, message, YSTYLE_QUOTED));
	ylist_put(&result, STR("severity"),
		ynode_scalar(arena, str_from(severity_name(severity)), YSTYLE_QUOTED));
	if (field.len > 0) {
		ylist_put(&place, STR("path"), ynode_scalar(arena, field, YSTYLE_QUOTED));
		ylist_put(&result, STR("field"), place.parent);
	}
	if (file.len > 0) {
		ylist_put(&where, STR("path"), ynode_scalar(arena, file, YSTYLE_QUOTED));
		ylist_put(&result, STR("file"), where.parent);
	}
	ylist_add(&list->results, result.parent);
}

/* "- a: b" with its indent before each line. */
static void
print_object(struct arena *arena, struct buf *out, struct str indent, const struct ynode *object)
{
	struct buf text = { .arena = arena };
	struct ylist one = ylist_sequence(arena);
	ylist_add(&one, ynode_head(arena, object));
	yemit(&text, one.parent);
	struct str rest = buf_str(&text);
	while (rest.len > 0) {
		struct str line = str_cut(&rest, '\n');
		buf_addf(out, "%.*s%.*s\n", STR_ARG(line.len > 0 ? indent : STR("")), STR_ARG(line));
	}
}

void
resource_list_print(struct arena *arena, struct buf *out, const struct resource_list *list)
{
	buf_add(out, STR("apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:"));
	buf_add(out, list->items.len > 0 ? STR("\n") : STR(" []\n"));
	for (size_t i = 0; i < list->items.len; i++) {
		const struct resource_item *item = &list->items.items[i];
		buf_add(out, item->lines);
		if (item->lines.len == 0) {
			print_object(arena, out, list->indent, item->object);
		} else if (!str_ends(item->lines, STR("\n"))) {
			buf_add_char(out, '\n');
		}
	}
	if (list->results.parent->len > 0) {
		struct ylist root = ylist_mapping(arena);
		ylist_put(&root, STR("results"), list->results.parent);
		yemit(out, root.parent);
	}
}
