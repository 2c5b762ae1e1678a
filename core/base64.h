/* Base64 as Secrets hold it: RFC 4648, section 4, with line ends and blanks anywhere. */
#ifndef GLAGENT_BASE64_H
#define GLAGENT_BASE64_H

#include "arena.h"

/* False when `text` is no base64; padding may be missing. */
bool base64_decode(struct arena *arena, struct str text, struct str *ret_bytes) NODISCARD;

/* Padded, on one line. */
struct str base64_encode(struct arena *arena, struct str bytes);

#endif
