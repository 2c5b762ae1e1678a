#include "crd/parts.h"

#include "buf.h"

static enum crd_verdict
check_members(struct crd_checking *checking, const struct crd_value *map, const struct ynode *schema,
	const struct crd_place *place)
{
	enum crd_verdict verdict = CRD_HOLDS;
	const struct ynode *properties = ynode_get(schema, STR("properties"));
	const struct ynode *others = ynode_get(schema, STR("additionalProperties"));
	for (const struct ynode *key = crd_first_property(schema); key; key = key->next->next) {
		struct crd_value member = crd_value_member(map, ynode_str(key));
		struct crd_place at = crd_place_member(place, ynode_str(key), member.key);
		if (member.kind != CRD_ABSENT) {
			verdict = crd_both(verdict, crd_check_value(checking, &member, key->next, &at));
		}
	}
	for (const struct ynode *key = ynode_is(others, YNODE_MAPPING) ? map->node->first : NULL; key;
		key = key->next->next) {
		struct crd_value member = crd_value_member(map, ynode_str(key));
		struct crd_place at = crd_place_member(place, ynode_str(key), member.key);
		if (!ynode_get(properties, ynode_str(key)) && member.kind != CRD_ABSENT) {
			verdict = crd_both(verdict, crd_check_value(checking, &member, others, &at));
		}
	}
	return verdict;
}

static enum crd_verdict
check_required(struct crd_checking *checking, const struct crd_value *map, const struct ynode *schema,
	const struct crd_place *place)
{
	enum crd_verdict verdict = CRD_HOLDS;
	const struct ynode *required = ynode_get(schema, STR("required"));
	const struct ynode *item = ynode_is(required, YNODE_SEQUENCE) ? ynode_follow(required)->first : NULL;
	for (; item; item = item->next) {
		struct crd_place at = crd_place_member(place, ynode_str(item), NULL);
		if (crd_value_member(map, ynode_str(item)).kind == CRD_ABSENT) {
			struct crd_problem problem = { CRD_PROBLEM_MISSING, .message = STR("is missing") };
			verdict = crd_report(checking, &at, schema, problem);
		}
	}
	return verdict;
}

/* Objects within objects: apiVersion and kind must be there. */
static enum crd_verdict
check_embedded(struct crd_checking *checking, const struct crd_value *map, const struct ynode *schema,
	const struct crd_place *place)
{
	static const struct str fields[] = { STR_INIT("apiVersion"), STR_INIT("kind") };
	enum crd_verdict verdict = CRD_HOLDS;
	if (!crd_schema_flag(schema, STR("x-kubernetes-embedded-resource"))) {
		return verdict;
	}
	for (size_t i = 0; i < countof(fields); i++) {
		struct crd_value member = crd_value_member(map, fields[i]);
		struct crd_place at = crd_place_member(place, fields[i], member.key);
		if (member.kind == CRD_ABSENT) {
			struct crd_problem problem = { CRD_PROBLEM_MISSING, .message = STR("is missing") };
			verdict = crd_report(checking, &at, schema, problem);
		}
	}
	return crd_both(verdict, crd_leave(checking, "an object within an object"));
}

static enum crd_verdict
check_map(struct crd_checking *checking, const struct crd_value *map, const struct ynode *schema,
	const struct crd_place *place)
{
	size_t count;
	enum crd_verdict verdict = check_members(checking, map, schema, place);
	verdict = crd_both(verdict, check_required(checking, map, schema, place));
	verdict = crd_both(verdict, check_embedded(checking, map, schema, place));
	if (crd_value_count(map, &count)) {
		verdict = crd_both(verdict,
			crd_check_bounds(
				checking, count, schema, "minProperties", "maxProperties", "key", place));
	}
	return verdict;
}

static enum crd_verdict
check_list(struct crd_checking *checking, const struct crd_value *list, const struct ynode *schema,
	const struct crd_place *place)
{
	size_t index = 0;
	const struct ynode *items = ynode_get(schema, STR("items"));
	enum crd_verdict verdict =
		crd_check_bounds(checking, list->node->len, schema, "minItems", "maxItems", "item", place);
	for (const struct ynode *item = items ? list->node->first : NULL; item; item = item->next, index++) {
		struct crd_value member = crd_value_item(list, item);
		struct crd_place at = crd_place_item(place, index, item);
		verdict = crd_both(verdict, crd_check_value(checking, &member, items, &at));
	}
	return crd_schema_flag(schema, STR("uniqueItems"))
		? crd_both(verdict, crd_leave(checking, "items that must differ"))
		: verdict;
}

static enum crd_verdict
check_fit_value(struct crd_checking *checking, const struct crd_value *value, const struct ynode *schema,
	const struct crd_place *place)
{
	enum crd_verdict verdict = crd_check_scalar(checking, value, schema, place);
	if (value->kind == CRD_NULL) { /* the server looks no further either */
		return verdict;
	}
	verdict = crd_both(verdict, crd_check_choices(checking, value, schema, place));
	if (value->kind == CRD_MAP) {
		verdict = crd_both(verdict, check_map(checking, value, schema, place));
	} else if (value->kind == CRD_LIST) {
		verdict = crd_both(verdict, check_list(checking, value, schema, place));
	}
	return verdict;
}

enum crd_verdict
crd_check_value(struct crd_checking *checking, const struct crd_value *value, const struct ynode *schema,
	const struct crd_place *place)
{
	if (value->kind == CRD_OPEN) {
		return crd_leave(checking, value->why);
	}
	if (!crd_step(checking, place)) {
		return crd_leave(checking, "the object is too large");
	}
	checking->depth++;
	enum crd_verdict verdict = crd_check_type(checking, value, schema, place);
	verdict = verdict == CRD_HOLDS ? check_fit_value(checking, value, schema, place) : verdict;
	checking->depth--;
	return verdict;
}
