/*
 * An object on its way through one build: its tree, what it is called now, and
 * what it was called before (api/resource, api/resmap). Shared by the files of
 * this folder.
 */
#ifndef GLAGENT_KUSTOMIZE_MEMBER_H
#define GLAGENT_KUSTOMIZE_MEMBER_H

#include "kustomize/build.h"
#include "kustomize/field_spec.h"
#include "kustomize/knode.h"

struct strs {
	struct str *items;
	size_t len, cap;
};

enum behavior { BEHAVIOR_CREATE, BEHAVIOR_MERGE, BEHAVIOR_REPLACE };

/* What kustomize keeps in annotations while it builds. */
struct trail {
	struct {
		struct identity *items;
		size_t len, cap;
	} ids; /* earlier ones, the oldest first */
	struct strs prefixes, suffixes;
	struct strs vars; /* names of the vars that read it */
	enum behavior behavior;
	bool needs_hash;
	bool has_unknown_data;            /* a generator read a file whose bytes were not kept */
	bool may_rename, may_change_kind; /* of a patch */
	/* One node of kustomize's stands for a label or an annotation in several places: who changes one
	 * place changes all. That is not followed here. */
	bool shares_values;
};

struct member {
	struct object object; /* without `node` until the build is done */
	struct trail trail;
	struct knode *tree;
};

struct members {
	struct member **items;
	size_t len, cap;
};

/* Reads the identity out of the tree again, after it was changed. */
void member_refresh(struct member *member);

struct gvk member_gvk(const struct member *member);

/* Keeps the current identity among the earlier ones. */
void member_remember(struct arena *arena, struct member *member);

/* The namespace that counts: "default" for none, and one of their own for objects that live in none. */
struct str identity_namespace(const struct identity *id);

bool identity_equal(const struct identity *a, const struct identity *b);

/* The oldest identity. */
const struct identity *member_original(const struct member *member);

/* Is it, or was it once, this one? */
bool member_was(const struct member *member, const struct identity *id);

/* The index of the only member that is or was `id`; SIZE_MAX with *ret_count when it is not exactly one. */
size_t members_find(const struct members *members, const struct identity *id, size_t *ret_count);

/* "ConfigMap v1/name in namespace" for messages. */
struct str identity_text(struct arena *arena, const struct identity *id);

/* One text for all identities that are equal. */
struct str identity_key(struct arena *arena, const struct identity *id);

/* labels or annotations of an object, or NULL. */
struct knode *member_metadata(struct member *member, const char *field);

#endif
