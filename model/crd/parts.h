/* What the files that check one object share. */
#ifndef GLAGENT_CRD_PARTS_H
#define GLAGENT_CRD_PARTS_H

#include "crd/check.h"
#include "crd/value.h"
#include "map.h"

enum crd_verdict { CRD_HOLDS, CRD_MAY_HOLD, CRD_FAILS };

struct crd_checking {
	struct arena *arena;
	struct crd_patterns *patterns;
	struct crd_problems *problems;
	struct map rules; /* parsed, by their text */
	unsigned probing; /* > 0: branches are tried, and what they lack is no problem yet */
	unsigned depth;   /* of schemas: aliases nest deeper than text */
	size_t steps;
};

/* The way from the root to a value. */
struct crd_place {
	const struct crd_place *parent; /* NULL: the root */
	struct str key;
	size_t index; /* of an item, whose key is empty */
	unsigned depth;
	const struct ynode *at; /* the key, or the item */
};

struct crd_place crd_place_member(const struct crd_place *parent, struct str key, const struct ynode *at);
struct crd_place crd_place_item(const struct crd_place *parent, size_t index, const struct ynode *item);

/* Notes it down, unless branches are probed; `at` NULL: at the place. Returns CRD_FAILS. */
enum crd_verdict crd_report(struct crd_checking *checking, const struct crd_place *place,
	const struct ynode *schema, struct crd_problem problem);

/* Returns CRD_MAY_HOLD. */
enum crd_verdict crd_leave(struct crd_checking *checking, const char *why);

/* The worse of two. */
enum crd_verdict crd_both(enum crd_verdict a, enum crd_verdict b);

/* False when the object is too large or too deep: what follows is left open. */
bool crd_step(struct crd_checking *checking, const struct crd_place *place);

/* All that `schema` says of a value; it may be a part of what is in force at the value. */
enum crd_verdict crd_check_value(struct crd_checking *checking, const struct crd_value *value,
	const struct ynode *schema, const struct crd_place *place);

/* Those parts of it that a kind of value has. */
enum crd_verdict crd_check_type(struct crd_checking *checking, const struct crd_value *value,
	const struct ynode *schema, const struct crd_place *place);
enum crd_verdict crd_check_scalar(struct crd_checking *checking, const struct crd_value *value,
	const struct ynode *schema, const struct crd_place *place);
enum crd_verdict crd_check_choices(struct crd_checking *checking, const struct crd_value *value,
	const struct ynode *schema, const struct crd_place *place);
/* `unit` in the singular; "character" for lengths. */
enum crd_verdict crd_check_bounds(struct crd_checking *checking, size_t count, const struct ynode *schema,
	const char *least, const char *most, const char *unit, const struct crd_place *place);

/* Fields that are not declared, and lists whose keys repeat: what a server-side apply refuses first. */
void crd_check_declared(
	struct crd_checking *checking, const struct ynode *schema, const struct ynode *object);

/* The rules of x-kubernetes-validations, of all values. */
void crd_check_rules(
	struct crd_checking *checking, const struct crd_value *value, const struct crd_place *place);

/* Members of a schema's mapping of schemas (`properties`), or NULL. */
const struct ynode *crd_first_property(const struct ynode *schema);

#endif
