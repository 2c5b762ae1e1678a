/* x-kubernetes-validations: apiextensions-apiserver/pkg/apiserver/schema/cel. */
#include "buf.h"
#include "crd/cel.h"
#include "utf8.h"

enum { RULE_SHOWN_MAX = 200 };

/* Rules over the old object hold for changes only. */
static bool
is_about_changes(struct str rule)
{
	return str_find(rule, STR("oldSelf")) < rule.len;
}

/* Its first line, and not all of that when it is long. */
static struct str
shortened(struct arena *arena, struct str text)
{
	struct str rest = text;
	for (size_t i = 0; i < RULE_SHOWN_MAX && rest.len > 0 && rest.ptr[0] != '\n'; i++) {
		(void)utf8_next(&rest);
	}
	return rest.len == 0 ? text
			     : arena_printf(arena, "%.*s…", STR_ARG(str_first(text, text.len - rest.len)));
}

static struct str
message_of(struct arena *arena, const struct ynode *rule, const struct cel_value *value)
{
	struct str message = str_trim(ynode_str(ynode_get(rule, STR("message"))));
	struct str text = shortened(arena, str_trim(ynode_str(ynode_get(rule, STR("rule")))));
	if (value->kind == CEL_ERROR) {
		return arena_printf(arena, "the rule \"%.*s\" needs %.*s, which is not there", STR_ARG(text),
			STR_ARG(value->text));
	}
	return message.len > 0 ? shortened(arena, message)
			       : arena_printf(arena, "breaks the rule \"%.*s\"", STR_ARG(text));
}

/* NULL when it is not of the simple kinds. */
static const struct cel_node *
parsed(struct crd_checking *checking, struct str text)
{
	const struct cel_node **known = map_get(&checking->rules, text);
	if (!known) {
		known = arena_new(checking->arena, const struct cel_node *);
		*known = cel_parse(checking->arena, text);
		(void)map_put(checking->arena, &checking->rules, text, known);
	}
	return *known;
}

static void
check_rule(struct crd_checking *checking, const struct crd_value *self, const struct ynode *rule,
	const struct crd_place *place)
{
	struct str text = ynode_str(ynode_get(rule, STR("rule")));
	if (is_about_changes(text)) {
		return;
	}
	const struct cel_node *node = parsed(checking, text);
	struct cel_run run = { checking->arena, checking->patterns, 0 };
	struct cel_scope scope = { STR("self"), cel_value_of(self), NULL };
	struct cel_value value = node ? cel_evaluate(&run, node, &scope) : cel_open();
	if (value.kind == CEL_BOOL && value.truth) {
		return;
	}
	if (value.kind != CEL_BOOL && value.kind != CEL_ERROR) {
		(void)crd_leave(checking, "a rule that is not of the simple kinds");
		return;
	}
	struct crd_problem problem = { CRD_PROBLEM_RULE,
		.message = message_of(checking->arena, rule, &value) };
	(void)crd_report(checking, place, rule, problem);
}

static void
check_members(struct crd_checking *checking, const struct crd_value *map, const struct crd_place *place)
{
	const struct ynode *others = ynode_get(map->schema, STR("additionalProperties"));
	for (const struct ynode *key = crd_first_property(map->schema); key; key = key->next->next) {
		bool is_root_status = !place->parent && str_eq(ynode_str(key), STR("status"));
		struct crd_value member = crd_value_member(map, ynode_str(key));
		struct crd_place at = crd_place_member(place, ynode_str(key), member.key);
		if (!is_root_status) {
			crd_check_rules(checking, &member, &at);
		}
	}
	for (const struct ynode *key = ynode_is(others, YNODE_MAPPING) ? map->node->first : NULL; key;
		key = key->next->next) {
		struct crd_value member = crd_value_member(map, ynode_str(key));
		struct crd_place at = crd_place_member(place, ynode_str(key), member.key);
		crd_check_rules(checking, &member, &at);
	}
}

void
crd_check_rules(struct crd_checking *checking, const struct crd_value *value, const struct crd_place *place)
{
	if (!value->schema || value->kind == CRD_ABSENT || value->kind == CRD_NULL
		|| !crd_step(checking, place)) {
		return;
	}
	if (value->kind == CRD_OPEN) {
		(void)crd_leave(checking, value->why);
		return;
	}
	const struct ynode *rules = ynode_get(value->schema, STR("x-kubernetes-validations"));
	const struct ynode *rule = ynode_is(rules, YNODE_SEQUENCE) ? ynode_follow(rules)->first : NULL;
	for (; rule; rule = rule->next) {
		check_rule(checking, value, ynode_follow(rule), place);
	}
	if (value->kind == CRD_MAP) {
		check_members(checking, value, place);
	}
	size_t index = 0;
	for (const struct ynode *item = value->kind == CRD_LIST ? value->node->first : NULL; item;
		item = item->next, index++) {
		struct crd_value member = crd_value_item(value, item);
		struct crd_place at = crd_place_item(place, index, item);
		crd_check_rules(checking, &member, &at);
	}
}
