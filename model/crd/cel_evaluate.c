#include "crd/cel.h"

#include "vec.h"

/* Formats whose strings are other types to CEL. */
static bool
is_plain_string(const struct ynode *schema)
{
	static const struct str formats[] = { STR_INIT("date"), STR_INIT("date-time"), STR_INIT("duration"),
		STR_INIT("byte"), STR_INIT("binary"), STR_INIT("datetime") };
	struct str format = ynode_str(ynode_get(schema, STR("format")));
	for (size_t i = 0; i < countof(formats); i++) {
		if (str_eq(format, formats[i])) {
			return false;
		}
	}
	return true;
}

struct cel_value
cel_value_of(const struct crd_value *data)
{
	struct cel_value value = { .kind = CEL_OPEN, .data = *data };
	struct str text = ynode_str(data->node);
	bool is_typed_number = str_eq(ynode_str(ynode_get(data->schema, STR("type"))), STR("number"));
	if (data->kind == CRD_BOOL) {
		value = cel_bool(yscalar_bool(text));
	} else if (data->kind == CRD_INTEGER && !is_typed_number && yscalar_int(text, &value.number)) {
		value.kind = CEL_INT;
	} else if (data->kind == CRD_STRING && is_plain_string(data->schema)) {
		value.kind = CEL_STRING;
		value.text = text;
	} else if (data->kind == CRD_LIST || data->kind == CRD_MAP) {
		value.kind = CEL_DATA;
	}
	return value;
}

static bool
has_member(const struct ynode *schema, struct str name)
{
	return crd_schema_member(schema, name) && !str_starts(name, STR("__"));
}

struct cel_value
cel_select(const struct cel_value *value, struct str name)
{
	if (value->kind == CEL_ERROR) {
		return *value;
	}
	if (value->kind != CEL_DATA || value->data.kind != CRD_MAP || !has_member(value->data.schema, name)) {
		return cel_open();
	}
	struct crd_value member = crd_value_member(&value->data, name);
	return member.kind == CRD_ABSENT ? (struct cel_value){ .kind = CEL_ERROR, .text = name }
					 : cel_value_of(&member);
}

/* By position; of a map by key. */
static struct cel_value
evaluate_index(const struct cel_value *value, const struct cel_value *index)
{
	if (value->kind == CEL_DATA && value->data.kind == CRD_MAP && index->kind == CEL_STRING) {
		return cel_select(value, index->text);
	}
	if (value->kind != CEL_DATA || value->data.kind != CRD_LIST || index->kind != CEL_INT
		|| index->number < 0 || index->number >= value->data.node->len) {
		return cel_open();
	}
	const struct ynode *item = value->data.node->first;
	for (int64_t i = 0; i < index->number; i++) {
		item = item->next;
	}
	struct crd_value member = crd_value_item(&value->data, item);
	return cel_value_of(&member);
}

bool
cel_items(struct arena *arena, const struct cel_value *value, struct cel_list *ret_items)
{
	*ret_items = (struct cel_list){ 0 };
	if (value->kind == CEL_LIST) {
		*ret_items = *value->list;
		return true;
	}
	bool is_map = value->data.kind == CRD_MAP;
	if (value->kind != CEL_DATA
		|| (is_map
			&& !ynode_is(
				ynode_get(value->data.schema, STR("additionalProperties")), YNODE_MAPPING))) {
		return false;
	}
	for (const struct ynode *item = value->data.node->first; item;
		item = is_map ? item->next->next : item->next) {
		struct crd_value member = is_map ? crd_value_member(&value->data, ynode_str(item))
						 : crd_value_item(&value->data, item);
		struct cel_value key = { .kind = CEL_STRING, .text = ynode_str(item) };
		if (member.kind != CRD_ABSENT) {
			vec_push(arena, ret_items, is_map ? key : cel_value_of(&member));
		}
	}
	return true;
}

struct cel_value
cel_equal(const struct cel_value *a, const struct cel_value *b)
{
	if (a->kind == CEL_ERROR || b->kind == CEL_ERROR) {
		return a->kind == CEL_ERROR ? *a : *b;
	}
	bool is_simple =
		a->kind != CEL_OPEN && a->kind < CEL_DATA && b->kind != CEL_OPEN && b->kind < CEL_DATA;
	if (!is_simple) {
		return cel_open();
	}
	if (a->kind != b->kind) {
		return cel_bool(false);
	}
	return cel_bool(a->kind == CEL_NULL || (a->kind == CEL_BOOL && a->truth == b->truth)
		|| (a->kind == CEL_INT && a->number == b->number)
		|| (a->kind == CEL_STRING && str_eq(a->text, b->text)));
}

static struct cel_value
evaluate_in(struct cel_run *run, const struct cel_value *needle, const struct cel_value *hay)
{
	struct cel_list items;
	bool is_open = false;
	if (hay->kind == CEL_DATA && hay->data.kind == CRD_MAP && needle->kind == CEL_STRING) {
		struct crd_value member = crd_value_member(&hay->data, needle->text);
		bool is_known = has_member(hay->data.schema, needle->text) && member.kind != CRD_OPEN;
		return is_known ? cel_bool(member.kind != CRD_ABSENT) : cel_open();
	}
	if (needle->kind == CEL_ERROR || hay->kind == CEL_ERROR) {
		return needle->kind == CEL_ERROR ? *needle : *hay;
	}
	if (!cel_items(run->arena, hay, &items)) {
		return cel_open();
	}
	for (size_t i = 0; i < items.len; i++) {
		struct cel_value same = cel_equal(needle, &items.items[i]);
		if (same.kind == CEL_BOOL && same.truth) {
			return same;
		}
		is_open |= same.kind != CEL_BOOL;
	}
	return is_open ? cel_open() : cel_bool(false);
}

/* The first of two that is no value of the wanted kind: an error goes before what is open. */
static struct cel_value
unfit(const struct cel_value *a, const struct cel_value *b)
{
	return a->kind == CEL_ERROR ? *a : b->kind == CEL_ERROR && a->kind != CEL_OPEN ? *b : cel_open();
}

static struct cel_value
compare(enum cel_op op, const struct cel_value *a, const struct cel_value *b)
{
	int order = 0;
	if (a->kind == CEL_INT && b->kind == CEL_INT) {
		order = (a->number > b->number) - (a->number < b->number);
	} else if (a->kind == CEL_STRING && b->kind == CEL_STRING) {
		order = str_cmp(a->text, b->text);
	} else {
		return unfit(a, b);
	}
	return cel_bool(op == CEL_OP_LESS      ? order < 0
			: op == CEL_OP_AT_MOST ? order <= 0
			: op == CEL_OP_GREATER ? order > 0
					       : order >= 0);
}

static struct cel_value
calculate(enum cel_op op, const struct cel_value *a, const struct cel_value *b)
{
	struct cel_value sum = { .kind = CEL_INT };
	if (a->kind != CEL_INT || b->kind != CEL_INT) {
		return unfit(a, b);
	}
	bool overflows = op == CEL_OP_PLUS ? __builtin_add_overflow(a->number, b->number, &sum.number)
					   : __builtin_sub_overflow(a->number, b->number, &sum.number);
	return overflows ? cel_open() : sum;
}

/* Either side decides alone when it can, whatever the other is: errors too. */
static struct cel_value
join(bool decisive, const struct cel_value *a, const struct cel_value *b)
{
	const struct cel_value *sides[] = { a, b };
	for (size_t i = 0; i < countof(sides); i++) {
		if (sides[i]->kind == CEL_BOOL && sides[i]->truth == decisive) {
			return *sides[i];
		}
	}
	if (a->kind == CEL_BOOL && b->kind == CEL_BOOL) {
		return cel_bool(!decisive);
	}
	for (size_t i = 0; i < countof(sides); i++) {
		if (sides[i]->kind != CEL_BOOL && sides[i]->kind != CEL_ERROR) {
			return cel_open();
		}
	}
	return a->kind == CEL_ERROR ? *a : *b;
}

static struct cel_value
evaluate_binary(struct cel_run *run, enum cel_op op, const struct cel_value *a, const struct cel_value *b)
{
	switch (op) {
	case CEL_OP_AND:
	case CEL_OP_OR:
		return join(op == CEL_OP_OR, a, b);
	case CEL_OP_EQUAL:
		return cel_equal(a, b);
	case CEL_OP_UNEQUAL: {
		struct cel_value same = cel_equal(a, b);
		return same.kind == CEL_BOOL ? cel_bool(!same.truth) : same;
	}
	case CEL_OP_IN:
		return evaluate_in(run, a, b);
	case CEL_OP_PLUS:
	case CEL_OP_SUBTRACT:
		return calculate(op, a, b);
	case CEL_OP_INDEX:
		return evaluate_index(a, b);
	case CEL_OP_LESS:
	case CEL_OP_AT_MOST:
	case CEL_OP_GREATER:
	case CEL_OP_AT_LEAST:
		return compare(op, a, b);
	case CEL_OP_LITERAL:
	case CEL_OP_NAME:
	case CEL_OP_SELECT:
	case CEL_OP_CALL:
	case CEL_OP_LIST:
	case CEL_OP_NOT:
	case CEL_OP_MINUS:
	case CEL_OP_CHOOSE:
		break;
	}
	return cel_open();
}

static struct cel_value
evaluate_name(struct str name, const struct cel_scope *scope)
{
	for (; scope; scope = scope->outer) {
		if (str_eq(scope->name, name)) {
			return scope->value;
		}
	}
	return cel_open();
}

static struct cel_value
evaluate_list(struct cel_run *run, const struct cel_node *node, const struct cel_scope *scope)
{
	struct cel_list *list = arena_new(run->arena, struct cel_list);
	for (size_t i = 0; i < node->operands.len; i++) {
		vec_push(run->arena, list, cel_evaluate(run, node->operands.items[i], scope));
	}
	return (struct cel_value){ .kind = CEL_LIST, .list = list };
}

static struct cel_value
evaluate_unary(struct cel_run *run, const struct cel_node *node, const struct cel_scope *scope)
{
	struct cel_value value = cel_evaluate(run, node->operands.items[0], scope);
	if (node->op == CEL_OP_SELECT) {
		return cel_select(&value, node->text);
	}
	if (node->op == CEL_OP_NOT && value.kind == CEL_BOOL) {
		return cel_bool(!value.truth);
	}
	if (node->op == CEL_OP_MINUS && value.kind == CEL_INT && value.number != INT64_MIN) {
		value.number = -value.number;
		return value;
	}
	return value.kind == CEL_ERROR ? value : cel_open();
}

static struct cel_value
evaluate_choice(struct cel_run *run, const struct cel_node *node, const struct cel_scope *scope)
{
	struct cel_value condition = cel_evaluate(run, node->operands.items[0], scope);
	if (condition.kind != CEL_BOOL) {
		return condition.kind == CEL_ERROR ? condition : cel_open();
	}
	return cel_evaluate(run, node->operands.items[condition.truth ? 1 : 2], scope);
}

struct cel_value
cel_evaluate(struct cel_run *run, const struct cel_node *node, const struct cel_scope *scope)
{
	if (++run->steps > CEL_STEPS_MAX) {
		return cel_open();
	}
	if (node->op == CEL_OP_LITERAL) {
		return node->literal;
	}
	if (node->op == CEL_OP_NAME) {
		return evaluate_name(node->text, scope);
	}
	if (node->op == CEL_OP_CALL) {
		return cel_call(run, node, scope);
	}
	if (node->op == CEL_OP_LIST) {
		return evaluate_list(run, node, scope);
	}
	if (node->op == CEL_OP_CHOOSE) {
		return evaluate_choice(run, node, scope);
	}
	if (node->operands.len == 1) {
		return evaluate_unary(run, node, scope);
	}
	struct cel_value a = cel_evaluate(run, node->operands.items[0], scope);
	struct cel_value b = cel_evaluate(run, node->operands.items[1], scope);
	return evaluate_binary(run, node->op, &a, &b);
}
