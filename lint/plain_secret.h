/* Values that are secrets by what they are called: in Secrets, in a chart's values. */
#ifndef GLAGENT_PLAIN_SECRET_H
#define GLAGENT_PLAIN_SECRET_H

#include "rule.h"

/* Does the key speak of a password, token or the like itself, and not of its name, place or age? */
bool names_secret_value(struct str key);

/* A literal that may be one: no placeholder, switch or number, and no reference to a store. */
bool is_secret_literal(struct str value);

/* SE001, SE006 and SE007 tell of such a value, and what to do about each. */
bool plain_secret_is_told_of(struct str key, struct str value);

/* The values of a Secret that stand there in the open and that no other rule tells of. */
struct plain_secret {
	const struct ynode *key, *value; /* the first of them */
	size_t count;
};

/* False when the document is no Secret, is encrypted, or has none. */
bool plain_secret_read(const struct ynode *root, struct plain_secret *ret_secret) NODISCARD;

/* Is what the file holds meant as it is: no template, chart, documentation or test? */
bool plain_secret_counts(const struct repository *repository, const struct file *file);

/* A document that is a Secret, or those in a List. */
void each_secret(
	struct lint *lint, const struct ynode *root, void (*visit)(struct lint *, const struct ynode *));

#endif
