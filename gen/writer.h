/* Plans to where they belong: standard output or a directory. */
#ifndef GLAGENT_WRITER_H
#define GLAGENT_WRITER_H

#include "plan.h"

/* The files one after another. */
bool writer_print(struct arena *arena, const struct plan *plan, struct error *reterr) NODISCARD;

/* Each file below `directory`, which is made when it is missing; whole or not at all. */
bool writer_write(const char *directory, const struct plan *plan, struct error *reterr) NODISCARD;

/* Prints the paths that writer_write would write, one a line. */
bool writer_list(
	struct arena *arena, const char *directory, const struct plan *plan, struct error *reterr) NODISCARD;

#endif
