/* The linter as one function: a repository in, findings out. Nothing is printed here. */
#ifndef GLAGENT_ENGINE_H
#define GLAGENT_ENGINE_H

#include "rule.h"

enum { LINT_JOBS_MAX = 64 };

struct lint_options {
	unsigned jobs;        /* threads that read; 1 … LINT_JOBS_MAX. The findings do not depend on it */
	const bool *selected; /* of each rule of rule_table; NULL: all but strict ones */
	const struct map *instead; /* texts in the place of those on disk, as files.h has them; or NULL */
};

/* A file that could not be read. */
struct lint_failure {
	struct str text;
};

struct lint_run {
	struct files files;
	struct sources sources;
	struct repository repository;
	struct findings findings; /* finished */
	struct {
		struct lint_failure *items;
		size_t len, cap;
	} failures; /* in path order */

	struct arena analysis;   /* models, joined findings */
	struct arena *snapshots; /* text, trees and their findings, one of each worker */
	unsigned snapshot_count;
	struct resources resources;
	struct agents agents;
	const struct agentcfg_schema *agentcfg_schema;
};

/*
 * Reads everything below `root_fd` and runs the selected rules. On failure (an
 * unreadable directory, no thread) false with *reterr; `run` is to be released
 * in both cases.
 */
bool lint_run(struct lint_run *run, int root_fd, const struct lint_options *options,
	struct error *reterr) NODISCARD;
void lint_run_release(struct lint_run *run);

/* The rule of a code or name, or NULL. */
const struct rule *rule_find(struct str code_or_name);

#endif
