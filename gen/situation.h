/* What a repository itself says of the fleet that `init` is to begin. */
#ifndef GLAGENT_SITUATION_H
#define GLAGENT_SITUATION_H

#include "arena.h"
#include "error.h"

struct situation_agent {
	struct str name;
	struct str cluster;     /* empty: as the agent, or not known */
	bool has_configuration; /* .gitlab/agents/NAME/config.yaml is there */
};

struct situation {
	struct str url, project; /* of the Git remote; empty: not known */
	bool has_flux;           /* a gotk-sync.yaml is there */
	struct str flux_path;    /* where Flux starts, with {cluster} in it where it holds a cluster's name */
	struct {
		struct situation_agent *items;
		size_t len, cap;
	} agents; /* by name */
};

/* False with *reterr when a directory cannot be read. */
bool situation_find(
	struct arena *arena, int root_fd, struct situation *ret_situation, struct error *reterr) NODISCARD;

#endif
