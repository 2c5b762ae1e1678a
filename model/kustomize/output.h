/* What becomes of an object when kustomize writes it and reads it again as JSON (kyaml RNode.MarshalJSON). */
#ifndef GLAGENT_KUSTOMIZE_OUTPUT_H
#define GLAGENT_KUSTOMIZE_OUTPUT_H

#include "yscalar.h"

struct output {
	const char *why;        /* it fails; NULL: it does not */
	const struct ynode *at; /* where; may lie in any file */
	bool is_reshaped;       /* a text comes out as another one */
};

/* Fails at the first of: a key twice in a mapping, a key below the top that is no string, a value that its
 * tag is not. */
struct output output_check(const struct ynode *object);

#endif
