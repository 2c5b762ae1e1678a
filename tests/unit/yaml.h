/* What several YAML tests need: text to tree, and tree against tree. */
#ifndef GLAGENT_TEST_YAML_H
#define GLAGENT_TEST_YAML_H

#include "yscalar.h"

/* The first document of `text`, which must parse; NULL when there is none. */
static inline const struct ydoc *
yaml_parse(struct arena *arena, struct str text, unsigned flags)
{
	struct source *source = arena_new(arena, struct source);
	struct arena CLEANUP(arena_release) scratch = { 0 };
	const struct ydoc *docs;
	struct ysyntax_error error;
	*source = (struct source){ STR("test.yaml"), arena_str(arena, text) };
	if (!ytree_parse(arena, &scratch, source, 1, flags, &docs, &error)) {
		(void)fprintf(stderr, "%.*s\n%.*s\n", STR_ARG(error.problem), STR_ARG(text));
		abort();
	}
	return docs;
}

/* Same kinds, texts and tags, and plain where it was plain and could be retyped; aliases are what they stand
 * for. */
static inline bool
yaml_same(const struct ynode *a, const struct ynode *b)
{
	a = ynode_follow(a);
	b = ynode_follow(b);
	if (a->kind != b->kind || !str_eq(ynode_tag(a), ynode_tag(b))) {
		return false;
	}
	if (a->kind == YNODE_SCALAR) {
		if (ynode_type(a, YDIALECT_YAML_V3) == YTYPE_NULL
			&& ynode_type(b, YDIALECT_YAML_V3) == YTYPE_NULL) {
			return true; /* within [ ] nothing at all cannot stand, and `null` does */
		}
		bool both = (a->style == YSTYLE_PLAIN) == (b->style == YSTYLE_PLAIN);
		/* 1,000, which Ruby takes for a number, cannot stay plain within { }. */
		bool may_quote = !yscalar_is_ambiguous(ynode_str(a)) || str_has_char(ynode_str(a), ',');
		return str_eq(ynode_str(a), ynode_str(b)) && (both || may_quote);
	}
	const struct ynode *other = b->first;
	for (const struct ynode *child = a->first; child && a->len == b->len;
		child = child->next, other = other->next) {
		if (!yaml_same(child, other)) {
			return false;
		}
	}
	return a->len == b->len;
}

#endif
