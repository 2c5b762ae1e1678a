/*
 * Trees on their way through Go's JSON: kustomize writes an object as YAML,
 * reads it back and marshals it (kyaml RNode.MarshalJSON) before a JSON patch
 * and for its output.
 */
#ifndef GLAGENT_KUSTOMIZE_JSON_VALUE_H
#define GLAGENT_KUSTOMIZE_JSON_VALUE_H

#include "buf.h"
#include "kustomize/knode.h"

enum { JSON_VALUE_DEPTH_MAX = 500 };

/* A value that went through JSON (model/tojson.h, core/json.h) as a tree to change: words of YAML 1.1 that
 * are booleans to that reader are booleans. */
struct knode *json_value_take(struct kpool *pool, const struct ynode *value);

/* What an object is once it was written and read as JSON. NULL with *ret_why when that fails: a key twice in
 * a mapping, a key that is no string below the top, a tag that its text is not. Beyond the depth the pool is
 * spent. */
struct knode *json_value_of(struct knode *object, struct str *ret_why);

/* Appends a frozen tree as Go's encoding/json writes it: keys sorted, `<`, `>` and `&` escaped. */
void json_value_write(struct buf *out, const struct ynode *value);

/* Appends a number as Go's encoding/json writes a float64. */
void json_value_write_float(struct buf *out, double value);

#endif
