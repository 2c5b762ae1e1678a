/*
 * HCL's native syntax as blocks and attributes with exact places: enough to
 * find what a Terraform resource is given. After github.com/hashicorp/hcl
 * (hclsyntax/spec.md). Expressions are kept as text; those that are a string,
 * or a reference, are told apart by hcl_resolve. Comments, heredocs and nested
 * blocks are understood; what cannot be a body gives nothing.
 */
#ifndef GLAGENT_HCL_H
#define GLAGENT_HCL_H

#include "map.h"
#include "source.h"

enum {
	HCL_TEXT_MAX = 1 << 20,
	HCL_DEPTH_MAX = 32, /* of blocks, brackets and templates in each other */
	HCL_ITEMS_MAX = 50 * 1000,
	HCL_LABELS_MAX = 3,
	HCL_STEPS_MAX = 100, /* of one value: references that lead to others */
	HCL_VALUE_BYTES_MAX = 4096,
};

struct hcl_attribute {
	struct str name;
	struct span span;      /* of the name */
	struct str expression; /* a slice of the text, without blanks around it */
	struct span value;     /* of the expression */
	const struct hcl_attribute *next;
};

struct hcl_block {
	struct str type; /* "resource" */
	struct str labels[HCL_LABELS_MAX];
	size_t label_count;
	struct span span; /* to its closing brace */
	const struct hcl_attribute *attributes;
	const struct hcl_block *blocks;
	const struct hcl_block *next;
};

/* The file as a block without type; NULL when it is no HCL, too deep or too large. */
const struct hcl_block *hcl_parse(struct arena *arena, struct str text);

/* The last attribute of that name directly in the block, or NULL. */
const struct hcl_attribute *hcl_get(const struct hcl_block *block, struct str name);

/* What references stand for: "var.x", "local.x" -> struct hcl_binding. */
struct hcl_scope {
	struct map bindings;
};

struct hcl_binding {
	struct str expression;
	bool is_default; /* holds unless something outside sets another value: a variable's default */
};

struct hcl_text {
	struct str text; /* when known; else what it begins with for sure */
	bool is_known, is_default;
};

/* The string that an expression is: a literal, a template of literals and references, a reference. */
struct hcl_text hcl_resolve(struct arena *arena, const struct hcl_scope *scope, struct str expression);

#endif
