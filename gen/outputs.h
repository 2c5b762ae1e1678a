/* What glagent-gen can render: one row an output. */
#ifndef GLAGENT_OUTPUTS_H
#define GLAGENT_OUTPUTS_H

#include "buf.h"
#include "spec.h"

enum output_per { OUTPUT_PER_AGENT, OUTPUT_PER_CLUSTER, OUTPUT_PER_FLEET };

struct request;

struct output {
	const char *name, *summary;
	const char *template; /* "values": templates/values.yaml; NULL: not built yet */
	enum output_per per;
	const char *path; /* below --output-dir; {agent} and {cluster} stand in it */
	bool is_joined;   /* several may follow each other on standard output */

	/* What this output's template needs beside context_derive: a mapping that is the innermost scope.
	 * `agent` is the first of its cluster or fleet where `per` is wider. NULL: nothing. */
	const struct ynode *(*derive)(
		struct arena *arena, const struct spec *spec, const struct spec_agent *agent);

	/* Is the output rbac applied before this one? NULL: no. Said on standard error. */
	bool (*needs_rbac)(const struct spec_agent *agent);

	/* Why there is none for this agent; empty: there is. NULL: there always is. */
	struct str (*refuse)(struct arena *arena, const struct spec *spec, const struct spec_agent *agent);

	/* Does everything itself, in place of template and spec: `init`. */
	bool (*run)(struct arena *arena, const struct request *request, struct error *reterr);

	/* Writes the rendered document; NULL: as YAML, or its comments alone when nothing else is left. */
	void (*print)(struct arena *arena, struct buf *out, const struct ydoc *document);
};

/* Ends with a NULL name; the first is the default. */
extern const struct output outputs[];

/* The output of that name, or NULL. */
const struct output *output_get(struct str name);

#endif
