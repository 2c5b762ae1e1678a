/* `glagent-gen init`: a spec to start from. */
#ifndef GLAGENT_INIT_H
#define GLAGENT_INIT_H

#include "request.h"
#include "situation.h"

/* The starter's text: templates/init.yaml with the newest known chart, and with what the situation tells. */
struct str init_text(struct arena *arena, const struct situation *situation);

/* Writes the starter to `path`, relative to the working directory or absolute, with what its directory tells;
 * with `from`, the spec of what is installed there instead. False with *reterr when there is something
 * already, or a file cannot be read or written. */
bool init_write(struct arena *arena, const char *path, const char *from, struct error *reterr) NODISCARD;

/* The output `init`: to the one argument, to glagent.yaml without one, to standard output for "-". */
bool init_run(struct arena *arena, const struct request *request, struct error *reterr);

#endif
