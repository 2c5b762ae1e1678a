/* What the spec_*.c files share. Not for others. */
#ifndef GLAGENT_SPEC_PARTS_H
#define GLAGENT_SPEC_PARTS_H

#include "spec.h"

struct spec_reader {
	struct arena *arena;
	const struct spec_input *input;
	const struct source *source; /* the masked copy */
	uint32_t source_id;
	struct sources *sources;
	struct findings *findings;
	const struct schema *schema, *agent_schema;
	const struct ynode *schema_tree;
	const struct agentcfg_schema *config_schema;
	const struct ynode *builtin; /* templates/defaults.yaml */
	struct spec *spec;
	struct error *error;
};

/* A finding at `at`; a node without a place (a built-in default) gives way to `otherwise`. */
struct finding *spec_report(struct spec_reader *reader, enum severity severity, const struct ynode *at,
	const struct ynode *otherwise, struct str message, struct str help);

/* The same as an error about an agent: the node at a dotted path of its tree, or else its name. */
struct finding *spec_agent_error(struct spec_reader *reader, const struct spec_agent *agent, const char *path,
	struct str message, struct str help);

/* Text at a dotted path of an agent's tree; "" when it is absent or no scalar. */
struct str spec_agent_text(const struct spec_agent *agent, const char *path);

/* Does the agent's own item, not a default, say something at that dotted path? */
bool spec_agent_says(const struct spec_agent *agent, const char *path);

/* The node that holds the agent's name, or its item. */
const struct ynode *spec_agent_place(const struct spec_agent *agent);

/* spec_secrets.c: a copy of the source in which everything that is secret by its look is masked and reported.
 */
const struct source *spec_mask(struct spec_reader *reader, const struct source *source);

/* Values that are secret by their key; masks the source's text in place. */
void spec_mask_values(struct spec_reader *reader, const struct ynode *root);

/* spec_shape.c: one document, of bounded size, no key twice. False: too large to go on with. */
bool spec_check_bounds(struct spec_reader *reader, const struct ydoc *docs);

/* The schema. */
void spec_check_shape(struct spec_reader *reader, const struct ynode *root);

/* spec_expand.c: the tree with merge keys (<<) written out. */
const struct ynode *spec_expand(struct spec_reader *reader, const struct ynode *root);

/* Names and formats of an agent's finished tree. */
void spec_check_names(struct spec_reader *reader, const struct spec_agent *agent);

/* spec_values.c: values of the chart that a field of the spec decides, where they say something else. */
void spec_check_values(struct spec_reader *reader, const struct spec_agent *agent);

/* spec_merge.c: defaults under the agent, names filled in, nulls gone; NULL names: nothing to fill in. */
const struct ynode *spec_merge(struct spec_reader *reader, const struct ynode *builtin,
	const struct ynode *defaults, const struct ynode *over, const struct agent_spec *names);

/* spec_kas.c */
void spec_derive_kas(struct spec_reader *reader, struct spec_agent *agent);

/* spec_files.c: what kas.caCertFile and receptive.jwtPublicKeyFile hold. */
void spec_read_files(struct spec_reader *reader, struct spec_agent *agent);

/* spec_check.c, spec_access.c: what fields say together. */
void spec_check_fleet(struct spec_reader *reader);

/* spec_flux.c, spec_release.c: agents that Flux installs. */
bool spec_is_by_flux(const struct spec_agent *agent);
void spec_check_flux(struct spec_reader *reader);
void spec_check_release(struct spec_reader *reader, struct spec_agent *agent);

void spec_check_agent(struct spec_reader *reader, struct spec_agent *agent);
void spec_check_access(struct spec_reader *reader, const struct spec_agent *agent);

#endif
