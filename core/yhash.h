/*
 * A number for what a YAML text says: 64 bits over its parsed values. Comments,
 * blank lines, line ends, document markers, the order of a mapping's keys and
 * the way in which a value is written do not count; texts, types, the order of
 * a list, keys that occur twice and the number of documents that are not empty
 * do. It finds edits. It is no signature: whoever wants to can meet it.
 */
#ifndef GLAGENT_YHASH_H
#define GLAGENT_YHASH_H

#include "ytree.h"

/* Of all documents; 0 documents have a hash, too. */
uint64_t yhash_documents(const struct ydoc *docs);

/* Of a text; false when it is no YAML. */
bool yhash_text(struct str text, uint64_t *ret_hash) NODISCARD;

/* One of a bytes' string, in the same quality. */
uint64_t yhash_bytes(struct str bytes);

#endif
