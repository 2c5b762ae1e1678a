/* What a running rule is given, from the engine's side. */
#ifndef GLAGENT_LINT_H
#define GLAGENT_LINT_H

#include "engine.h"

enum { LINT_FINDINGS_MAX = 1000 }; /* of one rule in one file: who reads more? */

struct lint {
	const struct rule *rule;
	struct findings *findings;
	struct arena *arena;
	const struct repository *repository; /* NULL in workers */

	/* The rule's findings in one file after the other; what is beyond LINT_FINDINGS_MAX goes to `spare`.
	 */
	struct finding *last;
	size_t count;
	struct finding spare;
};

/* What reading one file gave. */
struct slot {
	struct findings findings;
	struct error error; /* of FILE_FAILED */
};

struct reading_job {
	const struct files *files;
	struct file *items; /* those of `files`, to be filled */
	struct slot *slots; /* one a file */
	int root_fd;
	const bool *selected;
	struct arena *snapshots; /* one of each worker, zeroed */
	unsigned workers;
};

/* Reads all files and runs the rules that look at one file. False with *reterr when no thread can be made. */
bool workers_run(const struct reading_job *job, struct error *reterr) NODISCARD;

#endif
