/* Templates by name, rendered for an agent. */
#ifndef GLAGENT_RENDERER_H
#define GLAGENT_RENDERER_H

#include "overrides.h"
#include "spec.h"
#include "template.h"

struct renderer {
	struct arena *arena;
	const struct spec *spec;
	struct map templates;              /* by name; those used so far */
	const struct overrides *overrides; /* NULL: none */
	struct template_entry library[2];
	struct error *error;
};

/* The templates that others include are loaded at once. False with *reterr: one of them does not parse. */
bool renderer_init(struct renderer *renderer, struct arena *arena, const struct spec *spec,
	const struct overrides *overrides, struct error *reterr) NODISCARD;

/* The scope of an agent's templates: derived -> agent's tree -> spec's tree; of use for `renderer_render`
 * only. */
struct agent_scope {
	struct scope derived, agent, fleet;
};
void renderer_scope(struct renderer *renderer, const struct spec_agent *agent, struct agent_scope *ret_scope);

/* Renders templates/NAME.yaml; false with the renderer's error. */
bool renderer_render(struct renderer *renderer, const char *name, const struct scope *scope,
	struct ydoc *ret_document) NODISCARD;

#endif
