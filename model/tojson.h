/*
 * A document as Go programs get it that read YAML through JSON
 * (sigs.k8s.io/yaml, YAMLToJSON): merge keys and aliases laid out, of equal
 * keys the last in the order of the text (a `<<` counts where it stands), keys
 * turned to text. Every node keeps its place.
 */
#ifndef GLAGENT_TOJSON_H
#define GLAGENT_TOJSON_H

#include "yscalar.h"

enum {
	TOJSON_NODES_MAX = 400 * 1000,
	TOJSON_DEPTH_MAX = 1000, /* aliases nest deeper than text */
};

/* Why there is no JSON: the reader gives the whole document up. */
struct tojson_error {
	const struct ynode *at;
	struct str message; /* lower case, no full stop */
	bool is_aliasing;   /* by aliases the document is too large for the reader */
};

/* NULL with *reterr filled when the reader refuses the document. The result has no aliases and no merge keys.
 */
const struct ynode *tojson(
	struct arena *arena, const struct ynode *root, struct tojson_error *reterr) NODISCARD;

#endif
