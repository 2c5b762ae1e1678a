/* What the rules about environment templates share:
 * .gitlab/agents/NAME/environment_templates/TEMPLATE.yaml. */
#ifndef GLAGENT_ENVIRONMENT_TEMPLATES_H
#define GLAGENT_ENVIRONMENT_TEMPLATES_H

#include "rule.h"

/* Calls `visit` for each template of the agent, in order. */
void each_environment_template(
	struct lint *lint, const struct agent *agent, void (*visit)(struct lint *, const struct file *));

/* The template as a tree; NULL while it is YAML only after it was filled in, or never. */
const struct ynode *environment_template_tree(const struct file *file);

/* A word of what stands between {{ and }}. */
struct template_word {
	struct str text; /* ".environment.slug", "slugify" */
	struct span span;
	bool is_field; /* a chain from the dot or from $; else a name */
};

struct template_words {
	struct template_word *items;
	size_t len, cap;
	bool is_rebound; /* the dot may be something else in places: with, range, define, variables */
};

/* The words of all actions outside of comments, in order; texts in quotes are none. */
void template_words_collect(struct arena *arena, const struct file *file, struct template_words *ret_words);

/* The one of `names` that `typed` is at most two slips away from, when no other is as near; else "". */
struct str template_nearest(const struct str *names, size_t count, struct str typed);

#endif
