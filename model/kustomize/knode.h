/*
 * A tree that kustomize changes (yaml.Node as kyaml handles it): taken over
 * from a positioned tree level by level, when it is looked into, and written
 * back at the end, sharing whatever was not touched. Aliases and merge keys are
 * laid out (kyaml/yaml/rnode.go, deAnchor). Duplicate keys stay: the first
 * one is found, set and removed, as kyaml does it.
 */
#ifndef GLAGENT_KUSTOMIZE_KNODE_H
#define GLAGENT_KUSTOMIZE_KNODE_H

#include "yscalar.h"

enum { KPOOL_NODES_MAX = 4 * 1000 * 1000 };

/* Where the nodes of one build live. Spent: a build that takes over more gets empty collections and must be
 * left incomplete. */
struct kpool {
	struct arena *arena;
	size_t used;
	bool is_spent;
};

/* The tag of a scalar as go-yaml resolves it when it parses; NONE: it is resolved when it is written. */
enum ktag { KTAG_NONE, KTAG_STRING, KTAG_NULL, KTAG_BOOL, KTAG_INT, KTAG_FLOAT, KTAG_TIME, KTAG_OTHER };

struct knode {
	unsigned kind : 2; /* YNODE_SCALAR, YNODE_SEQUENCE or YNODE_MAPPING */
	unsigned tag : 3;  /* enum ktag, of a scalar */
	unsigned is_quoted : 1;
	unsigned is_open : 1;     /* a collection whose children were taken over */
	unsigned keeps_null : 1;  /* a null that survives a merge */
	const struct ynode *from; /* where it was written, maybe an alias; NULL: made here */
	struct kpool *pool;
	struct str text;
	struct knode **items; /* of an open mapping: key, value, key, value, … */
	size_t len, cap;
};

/* Takes a tree over; nothing is copied yet. */
struct knode *knode_take(struct kpool *pool, const struct ynode *from);

struct knode *knode_scalar(struct kpool *pool, struct str text, enum ktag tag);
struct knode *knode_collection(struct kpool *pool, enum ynode_kind kind);

/* Takes the children over; does nothing to scalars. */
void knode_open(struct knode *node);

/* A copy that shares nothing that can be changed. */
struct knode *knode_copy(struct knode *node);

/* NULL, or tagged null. */
bool knode_is_missing(const struct knode *node);

/* Missing, an empty collection, or an empty plain word. */
bool knode_is_empty(struct knode *node);

/* Value of the first `key` of a mapping; NULL when absent or `map` is none. */
struct knode *knode_get(struct knode *map, struct str key);

/* knode_get along keys, up to a NULL. */
struct knode *knode_at(struct knode *root, ...) __attribute__((sentinel));

/* Sets the first `key`, or appends it. A scalar keeps the quotes of the one that it replaces. */
void knode_set(struct knode *map, struct str key, struct knode *value);

/* Removes the first `key`. */
void knode_remove(struct knode *map, struct str key);

void knode_append(struct knode *sequence, struct knode *item);

/* The mapping at `key`, made when it is missing; NULL when something else is there. */
struct knode *knode_make_map(struct knode *map, struct str key);

/* Sets the text of a scalar; quotes stay. */
void knode_put_text(struct knode *scalar, struct str text, enum ktag tag);

/* Text of a scalar, "" for what is missing or a collection (GetValue). */
struct str knode_text(const struct knode *node);

/* What a scalar is once it is written and read again; false when that fails (a tag that its text is not). */
bool knode_type(const struct knode *scalar, enum ytype *ret_type) NODISCARD;

/* The tree as positioned nodes; what was not changed is the tree that it was taken from. */
const struct ynode *knode_freeze(struct arena *arena, const struct knode *node);

#endif
