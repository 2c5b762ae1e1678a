/*
 * What the features that an agent declares need of the Kubernetes API: one
 * table for the roles that glagent-gen writes and for the rules that ask
 * whether existing roles suffice. Which rule a feature needs stands in
 * access_rules.c, each row with its source.
 */
#ifndef GLAGENT_ACCESS_H
#define GLAGENT_ACCESS_H

#include "vec.h"
#include "ytree.h"

enum access_feature {
	ACCESS_CORE,        /* always: leader election */
	ACCESS_RECEPTIVE,   /* GitLab dials the agent */
	ACCESS_FLUX,        /* agentk's Flux module */
	ACCESS_OCS,         /* operational container scanning, the agent's own part */
	ACCESS_CI_JOB,      /* ci_access … access_as.ci_job */
	ACCESS_IMPERSONATE, /* ci_access … access_as.impersonate */
	ACCESS_USER,        /* user_access.access_as.user */
	ACCESS_FEATURE_COUNT
};

struct access_words {
	struct str *items;
	size_t len, cap;
};

bool access_words_eq(struct access_words a, struct access_words b); /* in the same order */

/* A fixed identity: access_as.impersonate. */
struct access_extra {
	struct str key; /* in lower case, as the API server reads the header */
	struct access_words values;
};

struct access_identity {
	struct str username, uid; /* uid may be empty */
	struct access_words groups;
	struct {
		struct access_extra *items;
		size_t len, cap;
	} extra;
};

/* Declared, but what it needs is only known to whoever uses it. */
enum access_unknown_kind {
	ACCESS_CI_AS_AGENT,   /* CI jobs act as the agent itself: access_as.agent, or none */
	ACCESS_USER_AS_AGENT, /* members act as the agent itself */
	ACCESS_WORKSPACES,    /* remote_development: whatever a workspace is made of */
	ACCESS_UNKNOWN_COUNT
};

struct access_unknown {
	enum access_unknown_kind kind;
	const struct ynode *at; /* the list item, user_access or remote_development */
	struct str who;         /* what an item's id says; may be empty */
};

struct access_features {
	bool has[ACCESS_FEATURE_COUNT];
	struct {
		struct access_identity *items;
		size_t len, cap;
	} identities; /* each once, in document order */
	struct {
		struct access_unknown *items;
		size_t len, cap;
	} unknown;
};

enum access_scope {
	ACCESS_CLUSTER,
	ACCESS_NAMESPACE, /* `space`, or the agent's own where that is empty */
};

/* A rule of a Role or ClusterRole, one of the features' needs. */
struct access_rule {
	enum access_feature feature; /* the first that asks for it */
	enum access_scope scope;
	struct str space;
	struct str why; /* one line: which feature asks for it, and what for */
	struct access_words groups, resources, names, verbs;
};

struct access_rules {
	struct access_rule *items;
	size_t len, cap;
};

/*
 * Adds what an agent's config.yaml declares. `config` is its root mapping (NULL: none); what the agent server
 * would refuse is passed over. Whether the Flux module and the receptive mode are on is no matter of this
 * file: the caller says so. Container scanning counts when it is configured; the chart can still switch it
 * off.
 */
void access_features_add(struct arena *arena, struct access_features *features, const struct ynode *config);

/* What these features need, in the table's order; equal rules once, with all their reasons. */
struct access_rules access_rules_of(struct arena *arena, const struct access_features *features);

/* What `need` asks for and no rule of a role gives. */
struct access_gap {
	struct str verb, group, resource, name; /* name empty: for every name */
};

/*
 * Looks whether the `rules` lists of Roles and ClusterRoles (those bound to the agent, in the scope of
 * `need`) together give all that `need` asks for, as the RBAC authorizer matches (kubernetes
 * pkg/apis/rbac/v1, evaluation_helpers). True with *ret_gap filled when something is missing.
 */
bool access_find_gap(const struct access_rule *need, const struct ynode *const *rules, size_t count,
	struct access_gap *ret_gap);

/* "CI jobs of \"group/app\" act as the agent itself": for a finding. */
struct str access_unknown_text(struct arena *arena, const struct access_unknown *unknown);

#endif
