/*
 * Positioned YAML tree. Built once, then immutable. Every node knows its
 * source and span, so a tree merged, patched or rendered from many files keeps
 * each node's place. Duplicate keys, documents, aliases, tags and comments
 * survive. The links between siblings are in the nodes: to put a node into a
 * second tree copy its head (ynode_head); children are shared.
 */
#ifndef GLAGENT_YTREE_H
#define GLAGENT_YTREE_H

#include "source.h" // IWYU pragma: export

enum {
	YTREE_DEPTH_MAX = 100, /* libyaml takes quadratic time over deep flow nesting */
	YTREE_NODES_MAX = 2 * 1000 * 1000,
	YVIEW_MERGES_MAX = 1000, /* `<<` steps of one look-up */
};

enum ynode_kind { YNODE_SCALAR, YNODE_SEQUENCE, YNODE_MAPPING, YNODE_ALIAS };

enum ystyle {
	YSTYLE_PLAIN,   /* scalar without quotes: the only one that can be other than a string */
	YSTYLE_QUOTED,  /* ' or " */
	YSTYLE_LITERAL, /* | */
	YSTYLE_FOLDED,  /* > */
	YSTYLE_BLOCK,   /* collection by indentation */
	YSTYLE_FLOW,    /* [ ] or { } */
	YSTYLE_MARKED,  /* scalar in " even where it needs none, for who changes its text later; made by the
			   program alone */
};

/* What few nodes have. */
struct yextra {
	struct str tag;    /* as libyaml resolves it: "!value", "tag:yaml.org,2002:str"; empty when none */
	struct str anchor; /* without & */
	struct str above;  /* own-line comments before the entry: raw lines, '\n' between */
	struct str beside; /* comment after it on its line */
	bool gap;          /* a blank line stands before it */
};

struct ynode {
	unsigned kind : 3, style : 4; /* enum ynode_kind, enum ystyle */
	unsigned roomy : 1;           /* a pointer to what few nodes have stands behind: ynode_extra */
	unsigned source : 24;         /* id in the run's sources; 0: made by the program, without a place */
	struct span span; /* the node's own text, without trailing blanks, comments or blank lines */
	uint32_t len;     /* scalar: bytes of text; collection: children, a mapping's keys and values */
	const struct ynode *next;
	union {
		const struct ynode *first;  /* children; mappings hold key, value, key, value, … */
		const struct ynode *target; /* of an alias */
		const char
			*text; /* of a scalar: a slice of the source wherever that is exact, no NUL behind */
	};
	struct yextra *room[]; /* one when `roomy`; a copy by value has none, and must say so */
};
static_assert(sizeof(struct ynode) <= 32, "the tree is the largest thing in memory");

struct ydoc {
	const struct ynode *root; /* never NULL: an empty document has an empty plain scalar */
	const struct ydoc *next;
	struct span span; /* from its first token to behind its last, markers included */
	struct str head,
		foot;        /* comments before `---`, and behind the last entry; only with YTREE_COMMENTS */
	bool explicit_start; /* begins with `---` */
};

enum ysyntax_kind {
	YSYNTAX_GRAMMAR,  /* libyaml's own words */
	YSYNTAX_ENCODING, /* not UTF-8 */
	YSYNTAX_ALIAS,    /* to nothing, or to its own ancestor */
	YSYNTAX_LIMIT,    /* too deep, too many nodes, too large */
};

struct ysyntax_error {
	enum ysyntax_kind kind;
	struct span span;
	struct str problem; /* lower case, no full stop; static or in the arena */
	struct str
		context; /* "while parsing a block mapping", with context_span where it began; may be empty */
	struct span context_span;
};

enum ytree_flags {
	YTREE_VALUES = 0,   /* values and their places only */
	YTREE_COMMENTS = 1, /* hang comments and blank lines on the nodes; for trees that are emitted again */
};

/*
 * Parses every document of `source`, whose id is `source_id`. Nodes go to
 * `arena`, what only parsing needs to `scratch`, which the caller resets. The
 * text must outlive the tree.
 *
 * On a syntax error returns false and fills *reterr; *ret_docs then holds the
 * documents before the broken one. A text with no document at all (empty, or
 * comments only) gives NULL in *ret_docs and true.
 */
bool ytree_parse(struct arena *arena, struct arena *scratch, const struct source *source, uint32_t source_id,
	unsigned flags, const struct ydoc **ret_docs, struct ysyntax_error *reterr) NODISCARD;

/* Tag, anchor and comments; NULL on most nodes. */
static inline struct yextra *
ynode_extra(const struct ynode *node)
{
	return node->roomy ? node->room[0] : NULL;
}

/* "" when the node has none. */
static inline struct str
ynode_tag(const struct ynode *node)
{
	return node->roomy && node->room[0] ? node->room[0]->tag : STR("");
}

/* NULL takes them away. Heads, nodes made by the program and those parsed with YTREE_COMMENTS have room for
 * them; others only where they have a tag or anchor already. */
static inline void
ynode_set_extra(struct ynode *node, struct yextra *extra)
{
	assert(node->roomy || !extra);
	if (node->roomy) {
		node->room[0] = extra;
	}
}

/* The node itself, or what it is an alias of. NULL gives NULL. */
const struct ynode *ynode_follow(const struct ynode *node);

/* Text of a scalar (aliases followed); "" for collections and NULL. */
struct str ynode_str(const struct ynode *node);

bool ynode_is(const struct ynode *node, enum ynode_kind kind); /* aliases followed; false for NULL */

/* Last value of `key` (as every Go decoder takes a duplicate), aliases followed; NULL when absent or `map` is
 * no mapping.
 * `<<` is a key like any other here. */
const struct ynode *ynode_get(const struct ynode *map, struct str key);

/* The key node of what ynode_get returns. */
const struct ynode *ynode_key(const struct ynode *map, struct str key);

/* Like ynode_get, but a key that the mapping lacks is looked up in its `<<` mappings, nearest first. */
const struct ynode *yview_get(const struct ynode *map, struct str key);

/* ynode_get along keys, up to a NULL: ynode_at(root, "spec", "sourceRef", NULL). */
const struct ynode *ynode_at(const struct ynode *root, ...) __attribute__((sentinel));

/* Do both say the same texts in the same order, however they are written? Aliases followed; NULL equals NULL.
 */
bool ynode_equal(const struct ynode *a, const struct ynode *b);

/* Copy of a node for a second place; without siblings, sharing children and extra. */
struct ynode *ynode_head(struct arena *arena, const struct ynode *node);

/* Nodes without a place. `text` and items must outlive the node. */
struct ynode *ynode_scalar(struct arena *arena, struct str text, enum ystyle style);
struct ynode *ynode_collection(struct arena *arena, enum ynode_kind kind);

/* Appends heads to a collection that is being built. */
struct ylist {
	struct arena *arena;
	struct ynode *parent;
	const struct ynode **tail;
};
struct ylist ylist_new(struct arena *arena, struct ynode *parent);
/* Of a new, empty collection, .parent: to be put into its own parent when it is complete, for heads are
 * copied. */
struct ylist ylist_mapping(struct arena *arena);
struct ylist ylist_sequence(struct arena *arena);
void ylist_add(struct ylist *list, const struct ynode *node);
void ylist_put(struct ylist *list, struct str key, const struct ynode *value); /* NULL value: does nothing */

#endif
