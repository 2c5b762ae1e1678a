/* The commands of glagent-lint: arguments in, exit code out. Only these and main.c print. */
#ifndef GLAGENT_LINT_COMMANDS_H
#define GLAGENT_LINT_COMMANDS_H

enum {
	EXIT_CLEAN = 0,   /* nothing, or below --fail-on */
	EXIT_FOUND = 1,   /* findings at or above --fail-on */
	EXIT_TROUBLE = 2, /* usage, configuration, a file that cannot be read or written */
};

/* `argv` begins behind the command's name. */
int command_check(int argc, const char *const *argv);
int command_rules(int argc, const char *const *argv);
int command_explain(int argc, const char *const *argv);
int command_graph(int argc, const char *const *argv);

#endif
