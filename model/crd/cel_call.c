#include "crd/cel.h"

#include "utf8.h"
#include "vec.h"

/* Is the field there? An error when what should have it is not. */
static struct cel_value
call_has(struct cel_run *run, const struct cel_node *node, const struct cel_scope *scope)
{
	const struct cel_node *field = node->operands.items[0];
	if (field->op != CEL_OP_SELECT) {
		return cel_open();
	}
	struct cel_value owner = cel_evaluate(run, field->operands.items[0], scope);
	struct cel_value value = cel_select(&owner, field->text);
	if (owner.kind == CEL_ERROR) {
		return owner;
	}
	if (value.kind != CEL_OPEN) {
		return cel_bool(value.kind != CEL_ERROR);
	}
	/* A value that is open, but is there all the same. */
	bool is_there = value.data.node && value.data.kind != CRD_OPEN && value.data.kind != CRD_NULL;
	return is_there ? cel_bool(true) : cel_open();
}

static struct cel_value
call_size(struct cel_run *run, const struct cel_value *value)
{
	struct cel_list items;
	size_t count;
	struct cel_value size = { .kind = CEL_INT };
	if (value->kind == CEL_STRING) {
		size.number = (int64_t)utf8_points(value->text);
	} else if (value->kind == CEL_DATA && value->data.kind == CRD_MAP
		&& crd_value_count(&value->data, &count)) {
		size.number = (int64_t)count;
	} else if (cel_items(run->arena, value, &items)) {
		size.number = (int64_t)items.len;
	} else {
		return value->kind == CEL_ERROR ? *value : cel_open();
	}
	return size;
}

static struct cel_value
call_text(struct cel_run *run, struct str name, const struct cel_value *text, const struct cel_value *word)
{
	if (text->kind != CEL_STRING || word->kind != CEL_STRING) {
		return text->kind == CEL_ERROR ? *text : cel_open();
	}
	if (str_eq(name, STR("startsWith"))) {
		return cel_bool(str_starts(text->text, word->text));
	}
	if (str_eq(name, STR("endsWith"))) {
		return cel_bool(str_ends(text->text, word->text));
	}
	if (str_eq(name, STR("contains"))) {
		return cel_bool(word->text.len == 0 || str_find(text->text, word->text) < text->text.len);
	}
	if (!str_eq(name, STR("matches"))) {
		return cel_open();
	}
	enum crd_match match = crd_pattern_match(run->patterns, word->text, text->text);
	return match == CRD_MATCH_OPEN ? cel_open() : cel_bool(match == CRD_MATCHES);
}

struct votes {
	size_t yes, no, open, errors;
	struct cel_value error;
};

/* The macro's condition for each item; `kept` gets those that fulfil it. */
static struct votes
vote(struct cel_run *run, const struct cel_node *node, const struct cel_scope *scope,
	const struct cel_list *items, struct cel_list *kept)
{
	struct votes votes = { 0 };
	struct str name = node->operands.items[1]->text;
	for (size_t i = 0; i < items->len; i++) {
		struct cel_scope inner = { name, items->items[i], scope };
		struct cel_value value = cel_evaluate(run, node->operands.items[2], &inner);
		bool is_known = value.kind == CEL_BOOL;
		votes.yes += is_known && value.truth;
		votes.no += is_known && !value.truth;
		votes.errors += value.kind == CEL_ERROR;
		votes.open += !is_known && value.kind != CEL_ERROR;
		votes.error = value.kind == CEL_ERROR ? value : votes.error;
		if (is_known && value.truth) {
			vec_push(run->arena, kept, items->items[i]);
		}
	}
	return votes;
}

/* What a macro makes of the votes; `kept` are those who voted yes. */
static struct cel_value
decide(struct str macro, const struct votes *votes, const struct cel_list *kept)
{
	bool is_all = str_eq(macro, STR("all")), is_any = str_eq(macro, STR("exists"));
	if (is_all && votes->no > 0) {
		return cel_bool(false);
	}
	if (is_any && votes->yes > 0) {
		return cel_bool(true);
	}
	if (votes->open > 0 || votes->errors > 0) {
		return votes->open > 0 ? cel_open() : votes->error;
	}
	if (is_all || is_any) {
		return cel_bool(is_all);
	}
	if (str_eq(macro, STR("exists_one"))) {
		return cel_bool(votes->yes == 1);
	}
	return str_eq(macro, STR("filter")) ? (struct cel_value){ .kind = CEL_LIST, .list = kept }
					    : cel_open();
}

static struct cel_value
call_macro(struct cel_run *run, const struct cel_node *node, const struct cel_scope *scope)
{
	struct cel_list items;
	struct cel_list *kept = arena_new(run->arena, struct cel_list);
	struct cel_value over = cel_evaluate(run, node->operands.items[0], scope);
	if (node->operands.items[1]->op != CEL_OP_NAME || !cel_items(run->arena, &over, &items)) {
		return over.kind == CEL_ERROR ? over : cel_open();
	}
	struct votes votes = vote(run, node, scope, &items, kept);
	return decide(node->text, &votes, kept);
}

struct cel_value
cel_call(struct cel_run *run, const struct cel_node *node, const struct cel_scope *scope)
{
	size_t count = node->operands.len;
	if (!node->is_method && count == 1 && str_eq(node->text, STR("has"))) {
		return call_has(run, node, scope);
	}
	if (count == 1 && str_eq(node->text, STR("size"))) {
		struct cel_value value = cel_evaluate(run, node->operands.items[0], scope);
		return call_size(run, &value);
	}
	if (node->is_method && count == 2) {
		struct cel_value text = cel_evaluate(run, node->operands.items[0], scope);
		struct cel_value word = cel_evaluate(run, node->operands.items[1], scope);
		return call_text(run, node->text, &text, &word);
	}
	return node->is_method && count == 3 ? call_macro(run, node, scope) : cel_open();
}
