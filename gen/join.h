/*
 * Files that others wrote, with what the spec wants in them added: by edits of
 * their text, so that each key, comment and style of theirs stays. What is
 * written otherwise than the spec says is a conflict and stays, too, unless it
 * is asked for.
 */
#ifndef GLAGENT_JOIN_H
#define GLAGENT_JOIN_H

#include "arena.h"

struct joined {
	struct str text;     /* with all that could be added; the old text when it says everything already */
	struct str conflict; /* what it says otherwise: "user_access.access_as"; empty: nothing */
	struct str forced;   /* `text` with the spec's values in the place of conflicts */
	struct str stuck;    /* the first conflict that `forced` leaves, for it is no text; empty: none */
};

/*
 * Adds to `old` what it lacks of `wanted`, both YAML: entries of mappings, items of lists (those with an `id`
 * are the same when it is), deeper ones below what is there. Lists keep what else they hold; the member of an
 * `access_as` is one value. False with *ret_why when `old` cannot be read or is written so that nothing can
 * be added to it.
 */
bool join_texts(struct arena *arena, struct str old, struct str wanted, struct joined *ret_joined,
	const char **ret_why) NODISCARD;

#endif
