/* Comments: looking for them changes no value, and what was taken for one may say anything else. */
#include "fuzz.h"

struct rewriter {
	struct str text;
	char *copy;
};

static void
check_lines(struct str comment)
{
	for (struct str rest = comment; rest.ptr && comment.len;) {
		struct str line = str_cut(&rest, '\n');
		must(str_starts(line, STR("#")), "each line of a comment starts with #");
	}
}

/* Replaces what the comment says by x, where it is a slice of the text; several lines were joined elsewhere.
 */
static void
rewrite(struct rewriter *r, struct str comment)
{
	check_lines(comment);
	if (comment.len == 0 || comment.ptr < r->text.ptr || comment.ptr >= r->text.ptr + r->text.len) {
		return;
	}
	size_t at = (size_t)(comment.ptr - r->text.ptr);
	must(at + comment.len <= r->text.len, "a comment lies in the text");
	memset(r->copy + at + 1, 'x', comment.len - 1);
}

static void
rewrite_below(struct rewriter *r, const struct ynode *node)
{
	const struct yextra *extra = ynode_extra(node);
	if (extra) {
		rewrite(r, extra->above);
		rewrite(r, extra->beside);
		must(!str_has_char(extra->beside, '\n'), "a comment beside is one line");
	}
	if (node->kind == YNODE_SCALAR || node->kind == YNODE_ALIAS) {
		return;
	}
	for (const struct ynode *child = node->first; child; child = child->next) {
		rewrite_below(r, child);
	}
}

static void
check_same(const struct ydoc *a, const struct ydoc *b, const char *property)
{
	for (; a && b; a = a->next, b = b->next) {
		must(yaml_same(a->root, b->root), property);
	}
	must(!a && !b, property);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct str text = { (const char *)data, size };
	const struct ydoc *plain = fuzz_parse(&arena, text, YTREE_VALUES);
	if (!plain || !fuzz_is_small(plain)) {
		return 0;
	}
	const struct ydoc *docs = fuzz_parse(&arena, text, YTREE_COMMENTS);
	check_same(plain, docs, "comments change no value");

	struct rewriter r = { text, arena_new_n(&arena, char, size + 1) };
	memcpy(r.copy, data, size);
	for (const struct ydoc *doc = docs; doc; doc = doc->next) {
		rewrite(&r, doc->head);
		rewrite(&r, doc->foot);
		rewrite_below(&r, doc->root);
	}
	check_same(docs, fuzz_parse(&arena, (struct str){ r.copy, size }, YTREE_VALUES),
		"a comment may say anything");
	return 0;
}
