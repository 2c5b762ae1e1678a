/*
 * What a plain scalar means. Two readers matter, and they differ:
 *
 * SIGS_YAML: sigs.k8s.io/yaml over yaml.v2 rules: Helm values, the agent's
 *   config.yaml, kustomization files. YAML 1.1 booleans (yes, on, y, …).
 * YAML_V3: resources on their way through kustomize and Flux: only true and
 *   false are booleans; a timestamp is retyped but stays a string to us.
 */
#ifndef GLAGENT_YSCALAR_H
#define GLAGENT_YSCALAR_H

#include "ytree.h"

enum ydialect { YDIALECT_SIGS_YAML, YDIALECT_YAML_V3 };

enum ytype {
	YTYPE_NULL,
	YTYPE_BOOL,
	YTYPE_INT,
	YTYPE_FLOAT,
	YTYPE_STRING,
	YTYPE_SEQUENCE,
	YTYPE_MAPPING,
	YTYPE_COUNT
};

/* Type of a node (aliases followed); explicit tags (!!str, !!int, …) count. NULL is null. */
enum ytype ynode_type(const struct ynode *node, enum ydialect dialect);

/* Type of the plain word `text`. */
enum ytype yscalar_type(struct str text, enum ydialect dialect);

/* "null", "boolean", "integer", "number", "string", "list", "mapping": as messages say it. */
const char *ytype_name(enum ytype type);

/* Value of a scalar that is a boolean in `dialect`. */
bool yscalar_bool(struct str text);

/* Value of an integer scalar in any notation (0x, 0o, 0b, leading zero, underscores); false when it does not
 * fit. */
bool yscalar_int(struct str text, int64_t *ret_value) NODISCARD;

/* Value of an integer or float scalar. */
double yscalar_number(struct str text);

/*
 * Would some reader (YAML 1.1, 1.2, Go's two) take the plain word for anything
 * but this string? Wider than any of them: a quote too many is harmless, one
 * too few changes a type.
 */
bool yscalar_is_ambiguous(struct str text);

#endif
