/* UTF-8: what it is, how many code points and how many terminal columns it has. */
#ifndef GLAGENT_UTF8_H
#define GLAGENT_UTF8_H

#include "str.h"

static inline bool
utf8_continues(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

/* Offset of the first byte that is not well-formed UTF-8 (RFC 3629: no overlong form, no surrogate), or
 * s.len. */
size_t utf8_valid_prefix(struct str s);

/* Offset of the first byte that is not ASCII, or s.len. */
size_t utf8_ascii_prefix(struct str s);

size_t utf8_points(struct str s);

/* Takes the first code point of valid, non-empty `*rest` off it. */
uint32_t utf8_next(struct str *rest);

/* Does a code point control a terminal, or turn the direction of text around? */
bool utf8_is_control(uint32_t point);

/* Columns on a terminal: 0 for combining marks, 2 for wide and emoji, 1 for others (control characters too).
 */
unsigned utf8_columns(uint32_t point);

#endif
