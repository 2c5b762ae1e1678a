/* A run that renders: from the spec to files, standard output or a comparison. */
#ifndef GLAGENT_RUN_H
#define GLAGENT_RUN_H

#include "request.h"

/* *ret_differs: --check or --diff found a difference. False with *reterr; mistakes in the spec are on
 * standard error then. */
bool run_render(struct arena *arena, const struct request *request, bool *ret_differs,
	struct error *reterr) NODISCARD;

#endif
