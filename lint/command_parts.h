/* What the commands of glagent-lint share. */
#ifndef GLAGENT_COMMAND_PARTS_H
#define GLAGENT_COMMAND_PARTS_H

#include "engine.h"

/* Says what is wrong on standard error; returns EXIT_TROUBLE. */
int command_trouble(const struct error *error);

/* The first files that could not be read, on standard error. */
void command_say_failures(const struct lint_run *run);

/* Threads for --jobs; 0 is one a processor. */
unsigned command_jobs(int given);

#endif
