/* What the fuzz targets share. A target that finds a property broken says which and aborts. */
#ifndef GLAGENT_FUZZ_H
#define GLAGENT_FUZZ_H

#include "../unit/yaml.h"

/* Prototype of libFuzzer's entry; returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FUZZ_NODES_MAX = 20 * 1000 };

/* In every build, with and without assertions. */
static inline void
must(bool holds, const char *property)
{
	if (!holds) {
		(void)fprintf(stderr, "broken: %s\n", property);
		abort();
	}
}

/* The documents of `text`, NULL when there are none or the text is no YAML. */
static inline const struct ydoc *
fuzz_parse(struct arena *arena, struct str text, unsigned flags)
{
	struct source *source = arena_new(arena, struct source);
	struct arena CLEANUP(arena_release) scratch = { 0 };
	const struct ydoc *docs;
	struct ysyntax_error error = { .span = { 0, 0 } };
	*source = (struct source){ STR("fuzz.yaml"), text };
	if (ytree_parse(arena, &scratch, source, 1, flags, &docs, &error)) {
		return docs;
	}
	must(error.span.start <= error.span.end && error.span.end <= text.len, "an error lies in the text");
	return NULL;
}

/* Nodes with aliases written out, up to FUZZ_NODES_MAX: what is larger is not worth a second. */
static inline size_t
fuzz_count(const struct ynode *node, size_t count)
{
	const struct ynode *real = ynode_follow(node);
	count++;
	if (real->kind == YNODE_SCALAR) {
		return count;
	}
	for (const struct ynode *child = real->first; child && count < FUZZ_NODES_MAX; child = child->next) {
		count = fuzz_count(child, count);
	}
	return count;
}

static inline bool
fuzz_is_small(const struct ydoc *docs)
{
	for (; docs; docs = docs->next) {
		if (fuzz_count(docs->root, 0) >= FUZZ_NODES_MAX) {
			return false;
		}
	}
	return true;
}

#endif
