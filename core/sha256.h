/* SHA-256 (FIPS 180-4): names that others derive from content. */
#ifndef GLAGENT_SHA256_H
#define GLAGENT_SHA256_H

#include "str.h"

enum { SHA256_BYTES = 32 };

void sha256(struct str text, unsigned char ret_digest[SHA256_BYTES]);

#endif
