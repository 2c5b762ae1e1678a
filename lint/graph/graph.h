/*
 * What Flux applies, as a picture: clusters, their Kustomizations, releases
 * and agents, and what is broken or not known between them. Collected from the
 * models; each printer is a pure function of it.
 */
#ifndef GLAGENT_GRAPH_H
#define GLAGENT_GRAPH_H

#include "buf.h"
#include "repository.h"

enum graph_kind {
	GRAPH_CLUSTER, /* a root: where Flux starts */
	GRAPH_KUSTOMIZATION,
	GRAPH_RELEASE,
	GRAPH_AGENT,   /* a directory of .gitlab/agents */
	GRAPH_MISSING, /* what a reference names, and nothing applies */
};

enum graph_state {
	GRAPH_OK,
	GRAPH_BROKEN,    /* `note` says why nothing comes of it */
	GRAPH_UNKNOWN,   /* what comes of it cannot be told from this repository; `note` says why */
	GRAPH_SUSPENDED, /* spec.suspend */
};

struct graph_node {
	enum graph_kind kind;
	enum graph_state state;
	bool is_loose;               /* no known cluster reaches it */
	struct str name;             /* "flux-system/apps", "clusters/prod", an agent's name */
	struct str detail;           /* its path, or its chart and version; may be empty */
	struct str note;             /* empty when `state` says it all */
	const struct source *source; /* where it is written; NULL for GRAPH_MISSING */
	uint32_t offset;
};

enum graph_relation { GRAPH_APPLIES, GRAPH_DEPENDS_ON, GRAPH_INSTALLS };

struct graph_edge {
	size_t from, to; /* indices of nodes */
	enum graph_relation relation;
	enum graph_state state;
};

struct graph {
	struct {
		struct graph_node *items;
		size_t len, cap;
	} nodes; /* cluster by cluster, in the order in which Flux comes to them; then loose ones; then agents
		  */
	struct {
		struct graph_edge *items;
		size_t len, cap;
	} edges;
};

/* `path` is that of the only cluster wanted ("" is the root of the repository); NULL: all of them, what none
 * of them reaches, and all agents. */
const struct graph *graph_collect(
	struct arena *arena, const struct repository *repository, const struct str *path);

void graph_as_mermaid(struct buf *out, const struct graph *graph);
void graph_as_dot(struct buf *out, const struct graph *graph);
void graph_as_json(struct buf *out, const struct graph *graph);

/* "cluster", "applies", "broken": the words of the JSON form. */
const char *graph_kind_name(enum graph_kind kind);
const char *graph_relation_name(enum graph_relation relation);
const char *graph_state_name(enum graph_state state);

/* The lines of a node's label: name, detail, note, each cut to a readable length; returns how many. */
enum { GRAPH_LINES_MAX = 3 };
size_t graph_label(struct arena *arena, const struct graph_node *node, struct str ret_lines[GRAPH_LINES_MAX]);

/* The same as one text: each line through `add_text`, which escapes it, with `separator` between them. */
void graph_add_label(struct buf *out, const struct graph_node *node, const char *separator,
	void (*add_text)(struct buf *, struct str));

bool graph_has_loose(const struct graph *graph);

/* Calls `add` for each node with this value of is_loose. */
void graph_add_nodes(struct buf *out, const struct graph *graph, bool is_loose, const char *indent,
	void (*add)(struct buf *, const struct graph *, size_t index, const char *indent));

#endif
