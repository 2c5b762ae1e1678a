/* What rules about variables ask: which texts Flux substitutes in, and where they were written. */
#ifndef GLAGENT_SUBSTITUTED_H
#define GLAGENT_SUBSTITUTED_H

#include "flux/substitution.h"
#include "rule.h"

/* An object in whose text Flux surely puts values, applied by one Kustomization of a root. */
struct substituted {
	struct lint *lint;
	const struct repository *repository;
	const struct flux_root *root;
	const struct flux_kustomization *by;
	const struct substitution *substitution;
	const struct object *object;
	struct arena *scratch;
	struct map *told; /* places that were reported, whatever the rule takes for their keys */
};

/*
 * Calls `check` for every scalar that holds "${", with what it comes to. Left
 * out are objects that something unread may change, and those of which one scalar ends
 * within a variable: the next ones are part of it then.
 */
void each_substituted(struct lint *lint, const struct repository *repository,
	void (*check)(const struct substituted *, const struct ynode *, const struct envsubst *));

struct substituted_place {
	const struct file *file;
	struct span span;
	bool is_exact; /* the `$` itself, in YAML: another one may be put before it */
};

/* Where `len` bytes of a scalar's text from the `$` at `at` on were written: in the file that a generator
 * read, too; or the whole scalar, or object. */
struct substituted_place substituted_place(
	const struct substituted *s, const struct ynode *scalar, size_t at, size_t len);

/* Is the place in the file new under this name? */
bool substituted_is_new(const struct substituted *s, const struct substituted_place *place, struct str name);

/* The variable that begins at `at`, for a message: up to its brace, or cut. */
struct str substituted_excerpt(struct str text, size_t at);

#endif
