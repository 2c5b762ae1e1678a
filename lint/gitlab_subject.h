/* Names that GitLab gives to CI jobs and users who reach a cluster through an agent. */
#ifndef GLAGENT_GITLAB_SUBJECT_H
#define GLAGENT_GITLAB_SUBJECT_H

#include "arena.h"

struct gitlab_subject_fault {
	struct str message, help;
	bool is_sure; /* else the name resembles one that GitLab gives */
};

/*
 * Can a subject of that kind ("User", "Group") and name never match? Only names that begin with "gitlab:" and
 * are surely meant for an agent are judged: a cluster may give this prefix to the groups of GitLab as its
 * identity provider, whose names hold no further colon.
 */
bool gitlab_subject_is_wrong(struct arena *arena, struct str kind, struct str name,
	struct gitlab_subject_fault *ret_fault) NODISCARD;

#endif
