/* Which program a command runs, behind what only runs another: sudo, env, docker run IMAGE. */
#ifndef GLAGENT_SHELL_PROGRAM_H
#define GLAGENT_SHELL_PROGRAM_H

#include "shell/commands.h"

struct shell_program {
	size_t which;     /* of the names that are looked for */
	size_t arguments; /* index of the first word behind the program's name */
	bool is_sure;     /* false: run by something that is not known here, or its name is a variable */
};

/*
 * Looks for one of the programs `names`, by the last part of a path; an image
 * with `image` in its name that docker, podman or nerdctl run stands for the
 * first. A variable in the place of a program may be the first, too. Commands
 * that only show their words (echo, grep) run none.
 */
bool shell_program_find(const struct shell_command *command, const struct str *names, size_t count,
	struct str image, struct shell_program *ret_program) NODISCARD;

#endif
