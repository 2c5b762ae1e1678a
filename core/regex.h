/* Patterns, through PCRE2 with limits; JIT off. The only door to pcre2.h. */
#ifndef GLAGENT_REGEX_H
#define GLAGENT_REGEX_H

#include "error.h"
#include "str.h"

struct regex;

/* NULL with *reterr for a pattern that does not compile. UTF, as ECMA-262 reads it where the two differ ($ at
 * the very end only). */
struct regex *regex_new(struct str pattern, struct error *reterr) NODISCARD;
void regex_release(struct regex *regex);

enum regex_result { REGEX_NO_MATCH, REGEX_MATCH, REGEX_GAVE_UP };

/* First match at or after `from`, anywhere in `text` (valid UTF-8). GAVE_UP: the match limit was reached.
 * Safe to call from several threads. */
enum regex_result regex_find(
	const struct regex *regex, struct str text, size_t from, size_t *ret_start, size_t *ret_end);

#endif
