#include "crd/parts.h"

#include "buf.h"
#include "vec.h"

struct crd_place
crd_place_member(const struct crd_place *parent, struct str key, const struct ynode *at)
{
	return (struct crd_place){ parent, key, 0, parent->depth + 1, at };
}

struct crd_place
crd_place_item(const struct crd_place *parent, size_t index, const struct ynode *item)
{
	/* A mapping's first key is where a reader looks for it. */
	const struct ynode *at = item->kind == YNODE_MAPPING && item->first ? item->first : item;
	return (struct crd_place){ parent, STR(""), index, parent->depth + 1, at };
}

static void
write_path(struct buf *out, const struct crd_place *place)
{
	if (!place->parent) {
		return;
	}
	write_path(out, place->parent);
	if (place->key.len == 0) {
		buf_addf(out, "[%zu]", place->index);
	} else {
		buf_addf(out, "%s%.*s", out->len > 0 ? "." : "", STR_ARG(place->key));
	}
}

static const struct ynode *
nearest_place(const struct crd_place *place)
{
	while (place && !(place->at && place->at->source)) {
		place = place->parent;
	}
	return place ? place->at : NULL;
}

enum crd_verdict
crd_report(struct crd_checking *checking, const struct crd_place *place, const struct ynode *schema,
	struct crd_problem problem)
{
	if (checking->probing > 0 || checking->problems->len >= CRD_PROBLEMS_MAX) {
		return CRD_FAILS;
	}
	struct buf path = { .arena = checking->arena };
	write_path(&path, place);
	problem.path = buf_str(&path);
	problem.schema = schema;
	problem.at = problem.at && problem.at->source ? problem.at : nearest_place(place);
	vec_push(checking->arena, checking->problems, problem);
	return CRD_FAILS;
}

enum crd_verdict
crd_leave(struct crd_checking *checking, const char *why)
{
	if (!checking->problems->why_open) {
		checking->problems->why_open = why;
	}
	return CRD_MAY_HOLD;
}

enum crd_verdict
crd_both(enum crd_verdict a, enum crd_verdict b)
{
	return a > b ? a : b;
}

bool
crd_step(struct crd_checking *checking, const struct crd_place *place)
{
	return ++checking->steps < CRD_STEPS_MAX && place->depth < CRD_DEPTH_MAX
		&& checking->depth < CRD_DEPTH_MAX;
}

const struct ynode *
crd_first_property(const struct ynode *schema)
{
	const struct ynode *properties = ynode_get(schema, STR("properties"));
	return ynode_is(properties, YNODE_MAPPING) ? ynode_follow(properties)->first : NULL;
}

/* What every object has beside what its schema describes. */
static bool
is_of_every_object(struct str key)
{
	return str_eq(key, STR("apiVersion")) || str_eq(key, STR("kind")) || str_eq(key, STR("metadata"))
		|| str_eq(key, STR("status"));
}

static void
check_fields(struct crd_checking *checking, const struct crd_value *root, const struct ynode *schema,
	const struct crd_place *place)
{
	for (const struct ynode *key = crd_first_property(schema); key; key = key->next->next) {
		struct crd_value member = crd_value_member(root, ynode_str(key));
		if (!is_of_every_object(ynode_str(key)) && member.kind != CRD_ABSENT) {
			struct crd_place at = crd_place_member(place, ynode_str(key), member.key);
			(void)crd_check_value(checking, &member, key->next, &at);
		}
	}
}

static void
check_required(struct crd_checking *checking, const struct crd_value *root, const struct ynode *schema,
	const struct crd_place *place)
{
	const struct ynode *required = ynode_get(schema, STR("required"));
	const struct ynode *item = ynode_is(required, YNODE_SEQUENCE) ? required->first : NULL;
	for (; item; item = item->next) {
		struct str key = ynode_str(item);
		struct crd_place at = crd_place_member(place, key, NULL);
		if (!is_of_every_object(key) && crd_value_member(root, key).kind == CRD_ABSENT) {
			struct crd_problem problem = { CRD_PROBLEM_MISSING, .message = STR("is missing") };
			(void)crd_report(checking, &at, schema, problem);
		}
	}
}

void
crd_check(struct arena *arena, struct crd_patterns *patterns, const struct ynode *schema,
	const struct ynode *object, struct crd_problems *ret_problems)
{
	struct crd_checking checking = { .arena = arena, .patterns = patterns, .problems = ret_problems };
	struct crd_value root = crd_value_of(object, schema);
	struct crd_place place = { .at = root.node && root.kind == CRD_MAP ? root.node->first : root.node };
	*ret_problems = (struct crd_problems){ 0 };
	if (root.kind != CRD_MAP || !schema) {
		(void)crd_leave(&checking, "the object is no mapping");
		return;
	}
	crd_check_declared(&checking, schema, object);
	check_fields(&checking, &root, schema, &place);
	check_required(&checking, &root, schema, &place);
	(void)crd_check_choices(&checking, &root, schema, &place);
	if (ret_problems->len == 0) { /* the server evaluates no rules over values that are wrong */
		crd_check_rules(&checking, &root, &place);
	}
}
