/* What a run produces: files as path and bytes, before anything is written. */
#ifndef GLAGENT_PLAN_H
#define GLAGENT_PLAN_H

#include "outputs.h"
#include "overrides.h"

/* What becomes of a file that stands in the place of a planned one. */
enum plan_join {
	JOIN_NEVER,  /* ours is replaced, others' is refused */
	JOIN_OTHERS, /* ours is replaced, others' gets what it lacks */
	JOIN_ALWAYS, /* it gets what it lacks, whoever wrote it; there is one for sure */
};

struct plan_file {
	struct str path; /* below the output directory */
	struct str data;
	const struct spec_agent *agent; /* the first that it is for */
	bool is_not_applied;            /* has no place on standard output */
	enum plan_join join;
	bool is_for_flux;
	struct str objection; /* why it should not be there, whatever is there; empty: nothing is known */
};

/* In the order of writing: what names other files comes behind them. */
struct plan {
	struct plan_file *items;
	size_t len, cap;
};

struct plan_agents {
	const struct spec_agent **items;
	size_t len, cap;
};

/*
 * Renders `output` for those agents, none of which it refuses; pure. `is_for_git`: Flux reads the files, and
 * may substitute variables; else kubectl does. `overrides` may be NULL. False with *reterr for a fault of a
 * template.
 */
bool plan_render(struct arena *arena, const struct spec *spec, const struct output *output,
	const struct plan_agents *agents, bool is_for_git, const struct overrides *overrides,
	struct plan *ret_plan, struct error *reterr) NODISCARD;

#endif
