/* Who runs what: shared by the files of this folder only. */
#ifndef GLAGENT_SCRIPTS_PARTS_H
#define GLAGENT_SCRIPTS_PARTS_H

#include "scripts/scripts.h"

enum { SCALARS_MAX = 10 * 1000 }; /* that are read of one YAML file, each alias counted */

struct collector {
	struct arena *arena;
	const struct files *files;
	struct scripts *scripts;
	const struct file *file; /* that is being read */
	size_t scalars;          /* read of it so far */
};

/* Reads bytes [start, end) of the file. */
void collect_range(struct collector *c, size_t start, size_t end, enum shell_dialect dialect,
	struct shell_variables *variables);

/* Reads a scalar's text; anything else gives nothing. */
void collect_scalar(struct collector *c, const struct ynode *scalar, struct shell_variables *variables);

/* The arguments of one program, its name first: `first` when that is not empty, then the scalars of `lists`,
 * each NULL or a sequence. References like $(NAME) make a word unknown. */
void collect_arguments(struct collector *c, struct str first, const struct ynode *const *lists, size_t count);

void collect_makefile(struct collector *c);
void collect_justfile(struct collector *c);
void collect_dockerfile(struct collector *c);
void collect_gitlab_ci(struct collector *c);
void collect_workflow(struct collector *c);

/* By what a document is: a Kubernetes object, a Taskfile, Ansible's plays or tasks. */
void collect_documents(struct collector *c);

/* The paths that .gitlab-ci.yml leads to by local includes, itself among them; values are the files. */
void collect_ci_files(struct arena *arena, const struct files *files, struct map *ret_files);

/* The line that begins at `at` and those joined to it by `\`: the offset behind them. */
size_t logical_line_end(struct str text, size_t at);

#endif
