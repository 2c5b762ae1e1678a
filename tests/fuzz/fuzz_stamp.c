/* Stamps: what is emitted again has the same checksum, and what is put into a text is read from it. */
#include "fuzz.h"
#include "stamp.h"
#include "yemit.h"
#include "yhash.h"

static bool
is_nothing(const struct ydoc *doc)
{
	return doc->root->kind == YNODE_SCALAR && doc->root->len == 0 && doc->root->style == YSTYLE_PLAIN;
}

/* Emission may quote a plain word that no reader of ours retypes, and writes out what is empty; neither is an
 * edit. Tags of an empty root are lost. */
static void
check_emitted(struct arena *arena, const struct ydoc *docs)
{
	struct buf out = { .arena = arena };
	for (const struct ydoc *doc = docs; doc; doc = doc->next) {
		if (is_nothing(doc)) {
			return;
		}
		yemit_document(&out, doc, true);
	}
	uint64_t again = 0;
	must(yhash_text(out.len ? buf_str(&out) : STR(""), &again), "what was written can be read");
	must(again == yhash_documents(docs), "what was written has the same checksum");
}

static void
check_stamp(struct arena *arena, const char *path, struct str text)
{
	const struct stamp_owner owner = { STR("fleet"), STR("values") };
	uint64_t before = 0, after = 0;
	if (!stamp_checksum(str_from(path), text, &before)) {
		return;
	}
	struct str put = stamp_put(arena, str_from(path), text, &owner);
	struct stamp stamp = stamp_read(put);
	must(!stamp.has_stamp || stamp_owner_eq(&stamp.owner, &owner), "the first stamp is ours");
	must(!stamp.has_stamp || stamp_checksum(str_from(path), put, &after), "a stamped text can be read");
	must(!stamp.has_stamp || stamp.checksum == after, "a stamp is right");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct str text = arena_str(&arena, (struct str){ (const char *)data, size });
	const struct ydoc *docs = fuzz_parse(&arena, text, YTREE_COMMENTS);
	(void)stamp_read(text);
	check_stamp(&arena, "x.yaml", text);
	check_stamp(&arena, "x.sh", text);
	if (docs && fuzz_is_small(docs)) {
		check_emitted(&arena, docs);
	}
	return 0;
}
