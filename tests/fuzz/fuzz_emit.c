/* Emission: parse(emit(x)) is x, comments or not, and emitting settles. */
#include "fuzz.h"
#include "yemit.h"

static struct str
emit(struct arena *arena, const struct ydoc *doc, bool separate)
{
	struct buf out = { .arena = arena };
	yemit_document(&out, doc, separate);
	return buf_str(&out);
}

static void
check_round_trip(struct arena *arena, const struct ydoc *doc, bool separate)
{
	struct str first = emit(arena, doc, separate);
	const struct ydoc *again = fuzz_parse(arena, first, YTREE_COMMENTS);
	if (!again && doc->root->kind == YNODE_SCALAR && doc->root->len == 0) {
		return; /* an empty document and none at all are written alike */
	}
	must(again != NULL, "what was written can be read");
	must(again->next == NULL, "one document stays one");
	must(yaml_same(doc->root, again->root), "what was written says the same");
	/* A comment between `-` and a list's first item moves once, above the outer item; then nothing moves.
	 */
	struct str second = emit(arena, again, separate);
	again = fuzz_parse(arena, second, YTREE_COMMENTS);
	must(again && yaml_same(doc->root, again->root), "writing again says the same");
	must(str_eq(second, emit(arena, again, separate)), "writing a third time repeats the bytes");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct ydoc *doc = fuzz_parse(&arena, (struct str){ (const char *)data, size }, YTREE_COMMENTS);
	if (!fuzz_is_small(doc)) {
		return 0;
	}
	for (bool separate = false; doc; doc = doc->next, separate = !separate) {
		check_round_trip(&arena, doc, separate);
	}
	return 0;
}
