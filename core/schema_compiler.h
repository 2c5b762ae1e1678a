/* What the two files that compile schemas share. */
#ifndef GLAGENT_SCHEMA_COMPILER_H
#define GLAGENT_SCHEMA_COMPILER_H

#include "schema_parts.h"

struct compiler {
	struct arena *arena;
	const struct ynode *root;
	const struct schema_format *formats;
	struct schema *schema;
	struct error *error;
	struct map known; /* bytes of a node's address -> its subschema */
	struct pending {
		struct subschema **items;
		size_t len, cap;
	} subschemas; /* in the order of their discovery; compiled one after the other, so no recursion */
};

/* Compiles one keyword of `sub`, which nothing but a known one survives; false with c->error. */
bool keyword_compile(
	struct compiler *c, struct subschema *sub, struct str name, const struct ynode *value) NODISCARD;

/* Sets c->error to `problem` of the keyword; returns false. */
bool keyword_fail(
	const struct compiler *c, const struct subschema *sub, struct str keyword, const char *problem);

/* The subschema of `node`, which is compiled later if it is new: schemas refer to themselves. */
struct subschema *compiler_subschema(struct compiler *c, const struct ynode *node, struct str pointer);

/* What `$ref` names; NULL with c->error. */
const struct subschema *compiler_resolve(
	struct compiler *c, const struct subschema *sub, struct str reference) NODISCARD;

/* The pointer of what stands at `segment` below `base`. */
struct str pointer_join(struct arena *arena, struct str base, struct str segment);

#endif
