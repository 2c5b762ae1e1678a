/* What an agent's access token looks like. */
#ifndef GLAGENT_TOKEN_H
#define GLAGENT_TOKEN_H

#include "str.h"

/*
 * The first token at or after `from`: "glagent-" and at least 50 random bytes
 * (docs.gitlab.com/security/tokens, "Token prefixes"), an instance's own
 * prefix before them. Placeholders such as glagent-xxxx… are none. False when
 * there is no more.
 */
bool token_next(struct str text, size_t from, struct str *ret_token) NODISCARD;

/* Is `text` a token as GitLab made them before it gave them a prefix, exactly 50 random bytes? Much else
 * looks so: ask only where a token is expected. */
bool token_is_old(struct str text);

#endif
