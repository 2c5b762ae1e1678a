/* What the files of agentcfg share. */
#ifndef GLAGENT_AGENTCFG_PARTS_H
#define GLAGENT_AGENTCFG_PARTS_H

#include "agentcfg.h"

struct agentcfg_schema {
	const struct ynode *root; /* as written: annotations */
	const struct schema *compiled;
	struct str gitlab; /* x-gitlab-version */
};

/* One reading: problems as they are found, a vector. */
struct agentcfg_reading {
	struct arena *arena;
	const struct agentcfg_schema *schema;
	struct agentcfg *cfg;
	struct agentcfg_problem **items;
	size_t len, cap;
};

struct agentcfg_problem *agentcfg_add(
	struct agentcfg_reading *reading, enum agentcfg_problem_kind kind, const struct ynode *at);

/* "ci_access.projects[0].id" of a JSON pointer; "the document" for the root. */
struct str agentcfg_path(struct arena *arena, struct str pointer);

/* What a violation means to the server; adds a problem unless it means nothing. */
void agentcfg_explain(struct agentcfg_reading *reading, const struct violation *violation);

/* Says what mends the problem that the violation became, where that is sure. */
void agentcfg_mend(struct agentcfg_reading *reading, const struct violation *violation,
	struct agentcfg_problem *problem);

/* Lists the keys that not every GitLab has. */
void agentcfg_collect_dated(struct agentcfg_reading *reading);

/* Is the document none that was meant for the agent? Adds the problem then. */
bool agentcfg_report_foreign(struct agentcfg_reading *reading, const struct ynode *root);

/* Is there something about the key or its value that could not be settled? */
bool agentcfg_is_unsure(const struct ynode *schema);

/* Nearest key of an object schema when it is only spelled otherwise (case, dashes), or "". */
struct str agentcfg_respell(const struct ynode *object_schema, struct str key);

/* Where else the schema has the key that is unknown at `pointer`: "ci_access.projects[]", "the top level"; ""
 * when it has it nowhere near. */
struct str agentcfg_home_of(
	struct arena *arena, const struct agentcfg_schema *schema, struct str key, struct str pointer);

#endif
