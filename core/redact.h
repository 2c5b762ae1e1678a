/*
 * Secrets never leave the program: every message and excerpt of a report goes
 * through here, so no rule can leak one by quoting what it found.
 */
#ifndef GLAGENT_REDACT_H
#define GLAGENT_REDACT_H

#include "arena.h"

/*
 * Does the whole of `word` look like chance made it? Upper and lower case and
 * digits that change places as they do in random text; so neither names nor
 * digests nor a placeholder of one repeated letter. Words of fewer than 20
 * bytes never do.
 */
bool word_is_random(struct str word);

/*
 * `text` with '*' for every byte of what looks like a secret, its prefix
 * aside: tokens of GitLab (docs.gitlab.com/security/tokens, "Token prefixes"),
 * private keys, passwords in addresses, and random words of 40 bytes and more.
 * Same length and columns; `text` itself when there is none.
 */
struct str redact(struct arena *arena, struct str text);

/* The same for a known place, whatever stands there: a value of a Secret need not look like one. */
struct redact_span {
	size_t start, end; /* in the text; the end may lie behind it */
};
struct str redact_span(struct arena *arena, struct str text, struct redact_span span);

/*
 * The first token of GitLab in `text`, prefix and all, by its prefix and by
 * what stands behind that: words of names ("glagent-production-europe-west")
 * are none. False when there is none.
 */
bool token_find(struct str text, struct str *ret_token);

#endif
