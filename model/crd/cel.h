/*
 * The simple kinds of CEL expressions, as CustomResourceDefinitions have them:
 * logic, comparisons, `in`, has(), size(), the macros over lists, the plain
 * functions of strings. Whatever else stands in an expression makes what
 * depends on it open, and the logic passes that on: false && open is false.
 */
#ifndef GLAGENT_CRD_CEL_H
#define GLAGENT_CRD_CEL_H

#include "crd/parts.h"

enum {
	CEL_DEPTH_MAX = 100,        /* of nested expressions; a chain of operands counts, too */
	CEL_STEPS_MAX = 100 * 1000, /* of one rule over one value */
};

enum cel_op {
	CEL_OP_LITERAL,
	CEL_OP_NAME,
	CEL_OP_SELECT, /* a.text */
	CEL_OP_INDEX,
	CEL_OP_CALL, /* text(…), or the first operand's method when `is_method` */
	CEL_OP_LIST,
	CEL_OP_NOT,
	CEL_OP_MINUS,
	CEL_OP_AND,
	CEL_OP_OR,
	CEL_OP_CHOOSE, /* a ? b : c */
	CEL_OP_EQUAL,
	CEL_OP_UNEQUAL,
	CEL_OP_LESS,
	CEL_OP_AT_MOST,
	CEL_OP_GREATER,
	CEL_OP_AT_LEAST,
	CEL_OP_IN,
	CEL_OP_PLUS,
	CEL_OP_SUBTRACT,
};

enum cel_kind {
	CEL_OPEN,
	CEL_ERROR, /* what the server reports as one: a field that is not there */
	CEL_NULL,
	CEL_BOOL,
	CEL_INT,
	CEL_STRING,
	CEL_DATA, /* a list or map of the object */
	CEL_LIST, /* of the expression */
};

struct cel_list {
	struct cel_value *items;
	size_t len, cap;
};

struct cel_value {
	enum cel_kind kind;
	bool truth;
	int64_t number;
	struct str text; /* of strings, and of errors: what is wrong */
	struct crd_value data;
	const struct cel_list *list;
};

struct cel_node {
	enum cel_op op;
	bool is_method;
	unsigned depth;
	struct str text;
	struct cel_value literal;
	struct {
		const struct cel_node **items;
		size_t len, cap;
	} operands;
};

/* NULL for what is not of the simple kinds, and for what is no CEL. */
const struct cel_node *cel_parse(struct arena *arena, struct str text);

/* A variable of a macro; NULL behind the last. */
struct cel_scope {
	struct str name;
	struct cel_value value;
	const struct cel_scope *outer;
};

struct cel_run {
	struct arena *arena;
	struct crd_patterns *patterns;
	size_t steps;
};

struct cel_value cel_evaluate(
	struct cel_run *run, const struct cel_node *node, const struct cel_scope *scope);

/* The value of an object's field as expressions see it. */
struct cel_value cel_value_of(const struct crd_value *data);

/* Of calls: functions, methods and macros. */
struct cel_value cel_call(struct cel_run *run, const struct cel_node *node, const struct cel_scope *scope);

struct cel_value cel_select(const struct cel_value *value, struct str name);
struct cel_value cel_equal(const struct cel_value *a, const struct cel_value *b);

/* The items of a list, the keys of a map; false when it is neither, or open. */
bool cel_items(struct arena *arena, const struct cel_value *value, struct cel_list *ret_items) NODISCARD;

static inline struct cel_value
cel_bool(bool truth)
{
	return (struct cel_value){ .kind = CEL_BOOL, .truth = truth };
}

static inline struct cel_value
cel_open(void)
{
	return (struct cel_value){ .kind = CEL_OPEN };
}

#endif
