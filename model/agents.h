/* The agents of a repository: directories under .gitlab/agents and their config. */
#ifndef GLAGENT_AGENTS_H
#define GLAGENT_AGENTS_H

#include "agentcfg.h"
#include "files.h"

struct agent {
	struct str name;           /* of the directory */
	struct str directory;      /* ".gitlab/agents/NAME" */
	const struct file *config; /* the file that kas reads, NAME/config.yaml; NULL when there is none */
	const struct file
		*any; /* some file below the directory: where a finding about the agent itself stands */
	const struct agentcfg *cfg; /* NULL without config, or when it does not parse */
};

struct agents {
	struct agent *items;
	size_t len, cap;
};

void agents_collect(struct arena *arena, const struct files *files, const struct agentcfg_schema *schema,
	struct agents *ret_agents);

/* Is it a file that the agent server reads: .gitlab/agents/NAME/config.yaml, and no link? */
bool agents_is_config(const struct file *file);

#endif
