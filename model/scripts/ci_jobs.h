/* The jobs of .gitlab-ci.yml and of what it includes from this repository by name. */
#ifndef GLAGENT_CI_JOBS_H
#define GLAGENT_CI_JOBS_H

#include "files.h"

struct ci_job {
	const struct file *file;
	const struct ynode *root; /* the document it stands in */
	const struct ynode
		*key; /* its name; those that begin with a dot are hidden: other jobs extend them */
	const struct ynode *body; /* a mapping */
};

struct ci_jobs {
	struct ci_job *items;
	size_t len, cap;
	struct map files; /* that were read, by path */
	bool is_whole;    /* there is a .gitlab-ci.yml, and no job can come from anywhere else */
};

void ci_jobs_collect(struct arena *arena, const struct files *files, struct ci_jobs *ret_jobs);

/* Does GitLab, or a template's input, put something else into the text? */
bool ci_text_is_plain(struct str text);

#endif
