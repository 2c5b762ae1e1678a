/* `glagent-gen fn`: the generator as a KRM function, whose configuration is the spec. */
#ifndef GLAGENT_FN_H
#define GLAGENT_FN_H

#include "request.h"

/*
 * The output `fn`: reads a ResourceList from standard input and prints it with the objects that the spec in
 * its functionConfig makes. Which ones, the annotation glagent.dev/output of the spec says: "flux" (without
 * one), "rbac", "kpt". One list is for one cluster, as one stream is. Mistakes in the spec are results of the
 * list, and an error.
 */
bool fn_run(struct arena *arena, const struct request *request, struct error *reterr) NODISCARD;

#endif
