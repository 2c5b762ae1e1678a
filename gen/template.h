/*
 * Templates: YAML documents in which a few nodes are tagged as holes.
 *
 *	!value a.b          the node at a.b of the context, whatever its kind
 *	!text "x ${a.b}"    a string; each ${…} names a scalar
 *	!each(a.b) node     as a sequence item: one item per item of a.b, whose keys
 *	                    come first in scope; without a node the items themselves
 *	!if(a.b) node       the node, when a.b is there and not false, null or empty
 *	!merge(a.b) {…}     the mapping with the mapping at a.b laid over it; its
 *	                    nulls arrive as nulls
 *	!patch(a.b) {…}     the same, but its nulls remove what stands there
 *	!template name      the root of another template, in the same context
 *
 * The path "." is the innermost scope itself.
 * Everything else is output as it stands. ${…} is filled in comments likewise;
 * $${ is a literal ${. A hole whose value is absent drops its entry, and its
 * comments with it; a comment line that names something absent drops alone. A
 * collection that holes left empty drops too; one written empty stays.
 *
 * Values are nodes, never text, so quoting cannot go wrong, and a value in a
 * comment cannot end the comment.
 */
#ifndef GLAGENT_TEMPLATE_H
#define GLAGENT_TEMPLATE_H

#include "buf.h"
#include "ytree.h"

/* Mappings in which a path's first name is looked up, innermost first. */
struct scope {
	const struct ynode *map;
	const struct scope *outer;
};

/* Templates that `!template` may name; ends with an empty name. */
struct template_entry {
	struct str name;
	const struct ydoc *doc;
};

/* A mistake in the template: a place in it and what is wrong. `at` NULL: none. */
struct template_error {
	const struct ynode *at;
	struct str problem;
};

/*
 * What `doc` makes of `scope`; ret_doc->root NULL: nothing was left. False with
 * *reterr: an unknown tag, a path that is no scalar in text, an unknown
 * template, templates nested more than 10 deep. `library` may be NULL.
 */
bool template_render(struct arena *arena, const struct template_entry *library, const struct ydoc *doc,
	const struct scope *scope, struct ydoc *ret_doc, struct template_error *reterr) NODISCARD;

/* Calls `visit` for every path that the template names, with the node that names it; paths of !each items
 * included. */
void template_each_path(const struct ydoc *doc,
	void (*visit)(const struct ynode *at, struct str path, void *context), void *context);

enum template_shape {
	TEMPLATE_DOCUMENT,  /* the root is the document */
	TEMPLATE_DOCUMENTS, /* the root is a sequence; each item is a document, its comments above it */
};

/* Appends what was rendered as YAML; nothing when nothing was left. */
void template_print(struct buf *out, const struct ydoc *rendered, enum template_shape shape);

#endif
