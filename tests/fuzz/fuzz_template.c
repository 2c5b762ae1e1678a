/* Templates: the first document rendered over the second ends, and what it makes can be written and read. */
#include "fuzz.h"
#include "template.h"

static void
ignore_path(const struct ynode *at, struct str path, void *context)
{
	size_t *paths = context;
	must(at != NULL && path.ptr != NULL, "a path has a place");
	++*paths;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	const struct ydoc *docs =
		fuzz_parse(&arena, (struct str){ (const char *)data, size }, YTREE_COMMENTS);
	if (!docs || !docs->next || !fuzz_is_small(docs)) {
		return 0;
	}
	const struct template_entry library[] = { { STR("self"), docs }, { STR(""), NULL } };
	const struct scope scope = { docs->next->root, NULL };
	struct template_error error = { 0 };
	struct ydoc rendered = { 0 };
	size_t paths = 0;
	template_each_path(docs, ignore_path, &paths);
	if (!template_render(&arena, library, docs, &scope, &rendered, &error)) {
		must(error.problem.len > 0, "a failure says why");
		return 0;
	}
	struct buf out = { .arena = &arena };
	template_print(&out, &rendered, TEMPLATE_DOCUMENT);
	bool is_empty = !rendered.root || rendered.root->len == 0; /* an empty document is none */
	must(is_empty || fuzz_parse(&arena, buf_str(&out), YTREE_VALUES) != NULL,
		"what was rendered can be read");
	return 0;
}
