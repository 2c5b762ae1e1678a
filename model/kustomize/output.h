/* What fails when kustomize writes an object and reads it again as JSON (kyaml RNode.MarshalJSON). */
#ifndef GLAGENT_KUSTOMIZE_OUTPUT_H
#define GLAGENT_KUSTOMIZE_OUTPUT_H

#include "yscalar.h"

struct output_fault {
	const struct ynode *at; /* may lie in any file */
	const char *why;        /* NULL: nothing fails */
};

/* The first of: a key twice in a mapping, a key below the top that is no string, a value that its tag is not.
 */
struct output_fault output_check(const struct ynode *object);

#endif
