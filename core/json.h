/*
 * JSON in and out, over the same trees as YAML. The only door to jansson.h.
 *
 * Read text that is JSON by promise (baselines, editor messages, test suites)
 * with json_parse: it knows what libyaml refuses, such as surrogate pairs. To
 * write, build a tree with ynode_collection, ylist_put and the makers below;
 * members stay in the order in which they were put.
 */
#ifndef GLAGENT_JSON_H
#define GLAGENT_JSON_H

#include "buf.h"
#include "error.h"
#include "ytree.h"

/*
 * The one value in `text`, as nodes without a place: strings are quoted
 * scalars, other scalars plain ones as YAML and JSON both read them. Of equal
 * keys the last one stays. NULL with *reterr for a syntax error ("line 3,
 * column 7: …"), an integer beyond 64 bits, more than SOURCE_BYTES_MAX bytes,
 * YTREE_DEPTH_MAX levels or YTREE_NODES_MAX values.
 */
const struct ynode *json_parse(struct arena *arena, struct str text, struct error *reterr) NODISCARD;

/* Scalars for a tree that is written. `text` must outlive the node. */
struct ynode *json_of_str(struct arena *arena, struct str text);
struct ynode *json_of_int(struct arena *arena, int64_t value);
struct ynode *json_of_bool(struct arena *arena, bool value);

/*
 * Appends `root` as JSON without a line end: `indent` spaces a level, on one
 * line and without blanks when 0. Plain scalars that JSON would read as a
 * number, true, false or null are written so, all others as strings. Always
 * UTF-8: what is none becomes U+FFFD. Aliases are written out and recursion
 * goes as deep as the tree: the caller bounds both.
 */
void json_write(struct buf *out, const struct ynode *root, unsigned indent);

#endif
