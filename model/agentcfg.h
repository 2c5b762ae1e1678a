/*
 * .gitlab/agents/NAME/config.yaml, read as strictly as the agent server does:
 * sigs.k8s.io/yaml (YAML 1.1 scalars, first document only), protojson (unknown
 * field, wrong type, second member of a oneof: the whole file is refused;
 * null is unset), then the message's validation rules.
 */
#ifndef GLAGENT_AGENTCFG_H
#define GLAGENT_AGENTCFG_H

#include "schema.h"

struct agentcfg_schema; /* schemas/agent-config.schema.json, compiled */

const struct agentcfg_schema *agentcfg_schema_new(struct arena *arena, struct error *reterr) NODISCARD;
void agentcfg_schema_release(const struct agentcfg_schema *schema);

enum agentcfg_problem_kind {
	AGENTCFG_UNKNOWN_KEY, /* AC001 */
	AGENTCFG_WRONG_TYPE,  /* AC002: type, enum, duration, length, range */
	AGENTCFG_GITOPS,      /* AC004: the dead gitops block; the server may still take it */
	AGENTCFG_REMOVED,     /* AC005: cilium, starboard, gitops.charts: each refuses the file */
	AGENTCFG_NO_ID,       /* AC006 */
	AGENTCFG_ONE_OF,      /* AC011: access_as with none, an empty one, or two */
	AGENTCFG_IMPERSONATE, /* AC012: without username, or extra without key or values */
	AGENTCFG_CADENCE,     /* AC015: missing (refused), or no schedule (the scanner never runs) */
	AGENTCFG_QUANTITY,    /* AC017: no Kubernetes quantity; the server takes it, the scanner fails */
	AGENTCFG_FOREIGN,     /* AC020: a kubeconfig or another document; no other problem is reported then */
	AGENTCFG_OTHER,       /* refused for a reason that has no rule yet */
};

/* What mends a problem for sure, at its place. */
enum agentcfg_mend {
	AGENTCFG_MEND_NONE,
	AGENTCFG_MEND_TEXT,     /* another text, in quotes where it needs them */
	AGENTCFG_MEND_WORD,     /* the same without quotes */
	AGENTCFG_MEND_IN_FRONT, /* a text before it */
};

struct agentcfg_problem {
	enum agentcfg_problem_kind kind;
	bool refuses; /* for this alone the server refuses the file */
	const struct ynode *at;
	struct str message, help, suggestion;
	enum agentcfg_mend mend;
	struct str mended;
	struct str pointer; /* of the value, or of the mapping whose key is unknown or missing */
	size_t order;       /* in which it was found */
	const struct agentcfg_problem *next;
};

/* A key that not every GitLab has, or maybe none. */
struct agentcfg_dated {
	const struct ynode *key;
	struct str since; /* "17.9": the first that is known to take it; empty: any */
	struct str tier;  /* "premium", "ultimate": the cheapest that acts on it; empty: any */
	struct str doubt; /* why it is not known whether GitLab takes it; empty: it does */
	const struct agentcfg_dated *next;
};

struct agentcfg {
	/* The first document as the server sees it: merge keys and aliases laid out, the last of equal keys.
	 * A plain empty scalar for a blank file. Nodes have their places. */
	const struct ynode *root;
	const struct agentcfg_problem *problems; /* in document order */
	bool is_refused;                         /* the server takes nothing of this file */
	const struct agentcfg_dated *dated;      /* in document order, those below others included */
};

/* `docs` as ytree_parse gives them; NULL for a blank file. A syntax error behind the first document does not
 * matter to the server, one in it does: the caller tells them apart. */
const struct agentcfg *agentcfg_read(
	struct arena *arena, const struct agentcfg_schema *schema, const struct ydoc *docs);

/* Entries of ci_access and user_access, projects and groups: calls `visit` for each in document order. */
struct agentcfg_access {
	struct str section, list;  /* "ci_access", "projects" */
	const struct ynode *entry; /* the list item */
	const struct ynode *id;    /* or NULL */
};
void agentcfg_each_access(const struct agentcfg *cfg,
	void (*visit)(const struct agentcfg_access *, void *context), void *context);

#endif
