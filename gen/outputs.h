/* What glagent-gen can render: one row an output, one row a file of it. */
#ifndef GLAGENT_OUTPUTS_H
#define GLAGENT_OUTPUTS_H

#include "buf.h"
#include "spec.h"

/* Of a cluster, or of a namespace in it, the first agent stands for all. */
enum output_per { OUTPUT_PER_AGENT, OUTPUT_PER_NAMESPACE, OUTPUT_PER_CLUSTER };

struct request;

struct output_file {
	const char *template; /* "values": templates/values.yaml */

	/* Below --output-dir. {agent} and {cluster} stand in it; at its start {manifestPath} or {sourcePath},
	 * the directories of the spec. */
	const char *path;
	enum output_per per;
	bool is_substituted; /* in Git: Flux fills in ${…}, where the spec says that its Kustomization does */
	bool is_optional;    /* no file when the template leaves nothing */
	bool is_not_applied; /* for kpt alone: not on standard output, where kubectl would refuse it */
	bool may_join;       /* what others wrote in its place can be added to */

	/* Does this agent have the file? NULL: every agent does. */
	bool (*is_wanted)(const struct spec *spec, const struct spec_agent *agent);

	/* What this file's template needs beside context_derive: a mapping that is the innermost scope. NULL:
	 * nothing. */
	const struct ynode *(*derive)(
		struct arena *arena, const struct spec *spec, const struct spec_agent *agent);

	/* Writes the rendered document; NULL: as YAML, or its comments alone when nothing else is left. */
	void (*print)(struct arena *arena, struct buf *out, const struct ydoc *document);
};

/* Another output as a part of one. */
struct output_part {
	const char *output;
	bool is_for[INSTALL_METHOD_COUNT]; /* the agents' methods */
};

struct output {
	const char *name, *summary;
	const struct output_file *files; /* ends with a NULL template; NULL: `parts` or `run` */

	/* Ends with a NULL output. What such a part has below {agent} lies below install.directory then; a
	 * file of others in the place of one that `may_join` gets what it lacks. */
	const struct output_part *parts;
	bool is_joined;          /* several files may follow each other on standard output */
	bool is_kustomized;      /* each directory gets a kustomization.yaml that lists its files */
	const char *bare_method; /* install.method of the agent that arguments describe; NULL: helm */
	bool is_for_some;        /* agents that are refused are left out where nobody named them */
	bool needs_directory;    /* its files make sense together alone, not on standard output */

	/* What the templates of all files need beside context_derive: a scope within that. NULL: nothing. */
	const struct ynode *(*derive)(
		struct arena *arena, const struct spec *spec, const struct spec_agent *agent);

	/* Is the output rbac applied before this one? NULL: no. Said on standard error. */
	bool (*needs_rbac)(const struct spec_agent *agent);

	/* Why there is none for this agent; empty: there is. NULL: there always is. */
	struct str (*refuse)(struct arena *arena, const struct spec *spec, const struct spec_agent *agent);

	/* As a part of another output: is there anything to say of this agent? NULL: there always is. */
	bool (*is_part_for)(const struct spec_agent *agent);

	/* Does everything itself, in place of files and spec: `init`. */
	bool (*run)(struct arena *arena, const struct request *request, struct error *reterr);
};

/* Ends with a NULL name; the first is the default. */
extern const struct output outputs[];

/* The output of that name, or NULL. */
const struct output *output_get(struct str name);

#endif
