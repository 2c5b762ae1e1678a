/*
 * Where GitLab CI names an agent: as the context of kubectl, "PROJECT:AGENT", in
 * commands and in KUBE_CONTEXT, and as environment.kubernetes.agent of a job.
 */
#ifndef GLAGENT_CI_CONTEXTS_H
#define GLAGENT_CI_CONTEXTS_H

#include "scripts/ci_jobs.h"

enum ci_context_kind {
	CI_CONTEXT_COMMAND,     /* kubectl config use-context CONTEXT */
	CI_CONTEXT_VARIABLE,    /* KUBE_CONTEXT, which Auto DevOps reads */
	CI_CONTEXT_ENVIRONMENT, /* environment.kubernetes.agent */
};

struct ci_context {
	enum ci_context_kind kind;
	const struct file *file;
	struct span span;
	const struct ynode *at, *root; /* the node and its document; NULL in commands */
	struct str text;               /* as written */
	bool is_own;                   /* $CI_PROJECT_PATH:AGENT: the project whose pipeline it is */
	struct str project;            /* before the first ':'; all of a text without one */
	struct str agent;              /* behind it; its ptr is NULL without one */
};

struct ci_contexts {
	struct ci_context *items;
	size_t len, cap;
};

/* Those whose every part is known, but for $CI_PROJECT_PATH at the beginning. */
void ci_contexts_collect(struct arena *arena, const struct files *files, struct ci_contexts *ret_contexts);

#endif
