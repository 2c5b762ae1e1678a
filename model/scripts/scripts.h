/*
 * The commands that files of a repository run, whoever runs them: a shell,
 * make, just, Task, GitLab CI, GitHub's workflows, an image's build, a
 * container, Ansible.
 *
 * Read are: *.sh, *.bash, *.ksh, *.zsh, .envrc and files whose first line names
 * a shell; Makefile, makefile, GNUmakefile, *.mk; justfile; Dockerfile and
 * Containerfile (RUN); .gitlab-ci.yml and what it includes from this repository
 * by name; .github/workflows (and those of Gitea and Forgejo), action.yml;
 * Taskfiles, by their `tasks`; command and args of containers in Kubernetes
 * objects; `command` and `shell` of Ansible's tasks. Prose and templates are
 * not: nobody runs them as they stand.
 */
#ifndef GLAGENT_SCRIPTS_H
#define GLAGENT_SCRIPTS_H

#include "files.h"
#include "shell/commands.h"

enum { SCRIPTS_MAX = 20 * 1000 }; /* of one repository; what follows is not read */

/* What one shell, or one line of make's, runs. */
struct script {
	const struct file *file;
	struct shell_commands commands; /* their spans are places in the file */
	bool is_exact; /* else the text was folded or escaped in YAML: every span is that of the scalar */
};

struct scripts {
	struct script *items;
	size_t len, cap;
};

/* Those of files that mention one of `words` (ends with an empty one), in file order: no other is looked at.
 */
void scripts_collect(
	struct arena *arena, const struct files *files, const struct str *words, struct scripts *ret_scripts);

#endif
