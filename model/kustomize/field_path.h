/* Paths of replacements and vars, "spec.containers.[name=a].image" (kyaml/utils, kyaml/yaml/match.go). */
#ifndef GLAGENT_KUSTOMIZE_FIELD_PATH_H
#define GLAGENT_KUSTOMIZE_FIELD_PATH_H

#include "kustomize/member.h"

enum { FIELD_PATH_PARTS_MAX = 200 };

enum path_result { PATH_FOUND, PATH_ABSENT, PATH_FAILS, PATH_UNKNOWN };

struct knodes {
	struct knode **items;
	size_t len, cap;
};

/* The parts of a path; false when there are too many. */
bool field_path_split(struct arena *arena, struct str path, struct strs *parts) NODISCARD;

/* The one field that a path leads to, without patterns (PathGetter). */
enum path_result field_path_get(const struct strs *parts, struct knode *root, struct knode **ret_field);

/* Every field that a path matches, made where `creates` asks for it (PathMatcher). */
enum path_result field_path_match(struct arena *arena, const struct strs *parts, struct knode *root,
	bool creates, enum ynode_kind kind, struct knodes *found);

#endif
