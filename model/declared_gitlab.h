/* What a repository itself says of its GitLab: spec.gitlab of the glagent.yaml at its root. Nothing else is a
 * declaration: the remote of a fork names another project. */
#ifndef GLAGENT_DECLARED_GITLAB_H
#define GLAGENT_DECLARED_GITLAB_H

#include "files.h"
#include "versions.h"

struct declared_gitlab {
	const struct ynode *version;  /* the node that says it; NULL when nothing readable is declared */
	struct version parsed;        /* of `version` */
	const struct ynode *tier;     /* "free", "premium", "ultimate"; NULL likewise */
	const struct ynode *url;      /* its address, with a scheme; NULL likewise */
	const struct ynode *project;  /* full path of the project that holds .gitlab/agents; NULL likewise */
	const struct ynode *agents;   /* the list of agents, or NULL */
	const struct ynode *defaults; /* fields of all agents, or NULL */
};

struct declared_gitlab declared_gitlab(const struct files *files);

/* 1, 2, 3: free, premium, ultimate; 0: another word. */
unsigned gitlab_tier_rank(struct str tier);

/* Is a version declared, and is it at least major.minor? */
bool declared_at_least(const struct declared_gitlab *gitlab, unsigned major, unsigned minor);
/* Is a version declared, and is it older than major.minor? */
bool declared_before(const struct declared_gitlab *gitlab, unsigned major, unsigned minor);

/* Is there an agent of that name among those declared, or one whose name has a part that is not known? */
bool gitlab_declares_agent(const struct declared_gitlab *gitlab, struct str name);

#endif
