#include "kustomize/decode.h"

#include "kustomize/metadata.h"
#include "vec.h"
#include "yscalar.h"

/* The text between two separator lines; `from` is where the line of its first separator begins. */
struct piece {
	size_t from, start, end;
};

struct pieces {
	struct piece *items;
	size_t len, cap;
};

/* kyaml splits the text, not the token stream: at every line that begins with `---`, but for the first and
 * the last one. False at a separator with more than a comment on its line. */
static bool
split(struct arena *arena, struct str text, struct pieces *pieces, struct decoded *out)
{
	struct piece piece = { 0, 0, text.len };
	size_t at = 0;
	while (at < text.len) {
		size_t line = at + str_find(str_skip(text, at), STR("\n---"));
		size_t end = line + 1 + str_find_char(str_skip(text, line + 1), '\n');
		if (line >= text.len || end >= text.len) {
			break;
		}
		struct str separator = { text.ptr + line + 1, end - line - 1 };
		struct str rest = str_trim(str_skip(separator, 3));
		if (rest.len > 0 && rest.ptr[0] != '#') {
			out->verdict = DECODE_REFUSED;
			out->span = (struct span){ (uint32_t)line + 1, (uint32_t)end };
			out->why = arena_printf(
				arena, "invalid document separator: %.*s", STR_ARG(str_trim(separator)));
			return false;
		}
		piece.end = line;
		vec_push(arena, pieces, piece);
		piece = (struct piece){ line + 1, end + 1, text.len };
		at = end
			+ 1; /* as the pattern `\n---.*\n` has it, a line end belongs to one separator only */
	}
	vec_push(arena, pieces, piece);
	return true;
}

static bool
is_empty(const struct ynode *node)
{
	return ynode_type(node, YDIALECT_YAML_V3) == YTYPE_NULL
		|| ((ynode_is(node, YNODE_MAPPING) || ynode_is(node, YNODE_SEQUENCE))
			&& ynode_follow(node)->len == 0);
}

/* Go decodes the first document of each piece and reads no further. */
static const struct ydoc *
piece_document(const struct ydoc *docs, const struct piece *piece)
{
	while (docs && docs->span.start < piece->from) {
		docs = docs->next;
	}
	if (!docs || docs->span.start >= piece->end) {
		return NULL;
	}
	/* `---` twice in a row: the first is the separator, the second begins the piece's document. */
	const struct ydoc *next = docs->next;
	bool is_bare = docs->span.start < piece->start && is_empty(docs->root);
	return is_bare && next && next->span.start < piece->end ? next : docs;
}

static bool
refuse(struct decoded *out, const struct ynode *at, struct str why)
{
	out->verdict = DECODE_REFUSED;
	out->at = at;
	out->why = why;
	return false;
}

/* Has what GetValidatedMetadata asks for; an empty node is nothing at all. */
static bool
add_object(struct arena *arena, const struct ynode *node, struct decoded *out)
{
	if (is_empty(node)) {
		return true;
	}
	struct str why;
	if (!metadata_is_valid(arena, node, &why)) {
		return refuse(out, node, why);
	}
	if (out->objects.len >= DECODE_OBJECTS_MAX) {
		out->verdict = DECODE_UNKNOWN;
		return false;
	}
	vec_push(arena, &out->objects, ynode_follow(node));
	return true;
}

static bool
add_items(struct arena *arena, const struct ynode *items, struct decoded *out)
{
	if (ynode_is(items, YNODE_MAPPING)) {
		out->verdict = DECODE_UNKNOWN;
		return false;
	}
	const struct ynode *item = ynode_is(items, YNODE_SEQUENCE) ? items->first : NULL;
	for (; item; item = item->next) {
		if (!add_object(arena, item, out)) {
			return false;
		}
	}
	return true;
}

/* kio unwraps a List only when it is alone in its file. */
static bool
is_wrapper(const struct ynode *node)
{
	struct str kind = metadata_kind(node);
	return (str_eq(kind, STR("List")) || str_eq(kind, STR("ResourceList")))
		&& (metadata_field(node, STR("items")) || metadata_field(node, STR("functionConfig")));
}

/* Every FooList with items becomes its items, at the end of the list. */
static bool
inline_lists(struct arena *arena, struct decoded *out)
{
	size_t kept = 0;
	for (size_t i = 0; i < out->objects.len; i++) {
		const struct ynode *node = out->objects.items[i];
		const struct ynode *items = metadata_field(node, STR("items"));
		if (!items || !str_ends(metadata_kind(node), STR("List"))) {
			out->objects.items[kept++] = node;
			continue;
		}
		if (ynode_type(items, YDIALECT_YAML_V3) == YTYPE_NULL) {
			continue;
		}
		if (!ynode_is(items, YNODE_SEQUENCE)) {
			return refuse(out, node,
				arena_printf(
					arena, "expected array in %.*s/items", STR_ARG(metadata_kind(node))));
		}
		if (!add_items(arena, items, out)) {
			return false;
		}
	}
	out->objects.len = kept;
	return true;
}

/*
 * Go sees an error only within a piece's first document. libyaml stopped at it,
 * so what pieces behind it hold is not known; but an error that Go sees refuses
 * the file before anything else does.
 */
static bool
check_syntax(const struct file *file, struct pieces *pieces, struct decoded *out, bool *ret_is_cut)
{
	const struct ysyntax_error *error = file->syntax;
	size_t at = pieces->len;
	*ret_is_cut = false;
	if (!error) {
		return true;
	}
	while (at > 1 && pieces->items[at - 1].from > error->span.start) {
		at--;
	}
	if (error->kind != YSYNTAX_GRAMMAR) {
		out->verdict = DECODE_UNKNOWN;
		return false;
	}
	if (!piece_document(file->docs, &pieces->items[at - 1])) {
		out->verdict = DECODE_REFUSED;
		out->span = error->span;
		out->why = STR("MalformedYAMLError");
		return false;
	}
	*ret_is_cut = at < pieces->len;
	return true;
}

static bool
decode_documents(
	struct arena *arena, const struct file *file, const struct pieces *pieces, struct decoded *out)
{
	for (size_t i = 0; i < pieces->len; i++) {
		const struct ydoc *doc = piece_document(file->docs, &pieces->items[i]);
		if (!doc) {
			continue;
		}
		bool is_alone = pieces->len == 1 && is_wrapper(doc->root);
		if (is_alone ? !add_items(arena, metadata_field(doc->root, STR("items")), out)
			     : !add_object(arena, doc->root, out)) {
			return false;
		}
	}
	return true;
}

void
decode_file(struct arena *arena, const struct file *file, struct decoded *ret_decoded)
{
	struct pieces pieces = { 0 };
	*ret_decoded = (struct decoded){ .verdict = DECODE_OK };
	if (file->state != FILE_TEXT || !file->is_yaml) {
		ret_decoded->verdict = DECODE_UNKNOWN;
		return;
	}
	if (!split(arena, file->source.text, &pieces, ret_decoded)) {
		return;
	}
	bool is_cut;
	if (check_syntax(file, &pieces, ret_decoded, &is_cut)
		&& decode_documents(arena, file, &pieces, ret_decoded) && inline_lists(arena, ret_decoded)
		&& is_cut) {
		ret_decoded->verdict = DECODE_UNKNOWN;
	}
}

void
decode_text(struct arena *arena, struct str text, struct decoded *ret_decoded)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct file *file = arena_new(arena, struct file);
	struct ysyntax_error *error = arena_new(arena, struct ysyntax_error);
	file->source.path = STR("");
	file->source.text = arena_str(arena, text);
	file->size = text.len;
	file->state = FILE_TEXT;
	file->is_yaml = true;
	if (!ytree_parse(arena, &scratch, &file->source, 0, YTREE_VALUES, &file->docs, error)) {
		file->syntax = error;
	}
	decode_file(arena, file, ret_decoded);
}

bool
object_is_local(const struct ynode *root)
{
	const struct ynode *annotations =
		metadata_field(metadata_field(root, STR("metadata")), STR("annotations"));
	const struct ynode *local = metadata_field(annotations, STR("config.kubernetes.io/local-config"));
	return local && !str_eq(ynode_str(local), STR("false"));
}
