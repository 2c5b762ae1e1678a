/* Words for messages: lists, suggestions, and values as they may be shown. */
#ifndef GLAGENT_SCHEMA_WORDS_H
#define GLAGENT_SCHEMA_WORDS_H

#include "schema_parts.h"

enum { WORDS_MAX = 20 }; /* a longer list of allowed words helps nobody */

/* "a, b or c"; each word between `quote`s. */
struct str words_join(struct arena *arena, const struct names *words, const char *quote);

/* The word that `typed` was probably meant to be: equal but for case and - or _, or at most two slips away.
 * Empty when none is near. */
struct str words_nearest(const struct names *words, struct str typed);

/* A scalar of an instance or a schema on one line: strings in quotes, long ones cut. */
struct str words_of_value(struct arena *arena, const struct ynode *node, bool is_string);

/* "a string", "a number or a list": of JSON_TYPE_… bits. */
struct str words_of_types(struct arena *arena, unsigned types);

#endif
