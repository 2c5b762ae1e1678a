#include "template.h"

#include "template_text.h"
#include "yemit.h"
#include "ymerge.h"
#include "yscalar.h"

enum { TEMPLATE_DEPTH_MAX = 10 };

struct render {
	struct arena *arena;
	const struct template_entry *library;
	unsigned depth; /* of !template in !template */
	struct template_error *error;
};

enum hole {
	HOLE_NONE,
	HOLE_VALUE,
	HOLE_TEXT,
	HOLE_EACH,
	HOLE_IF,
	HOLE_MERGE,
	HOLE_PATCH,
	HOLE_TEMPLATE,
	HOLE_UNKNOWN
};

static const struct ynode *eval(struct render *r, const struct ynode *node, const struct scope *scope);

static const struct ynode *
fail(struct render *r, const struct ynode *at, struct str problem)
{
	if (!r->error->at) {
		*r->error = (struct template_error){ at, problem };
	}
	return NULL;
}

/* What the node's tag makes of it; "!each(a.b)" fills *ret_argument with "a.b". */
static enum hole
hole_of(const struct ynode *node, struct str *ret_argument)
{
	static const struct {
		struct str name;
		enum hole hole;
		bool has_argument;
	} tags[] = { { STR_INIT("!value"), HOLE_VALUE, false }, { STR_INIT("!text"), HOLE_TEXT, false },
		{ STR_INIT("!template"), HOLE_TEMPLATE, false }, { STR_INIT("!each("), HOLE_EACH, true },
		{ STR_INIT("!if("), HOLE_IF, true }, { STR_INIT("!merge("), HOLE_MERGE, true },
		{ STR_INIT("!patch("), HOLE_PATCH, true } };
	struct str tag = ynode_tag(node);

	if (!str_starts(tag, STR("!")) || tag.len == 1) {
		return HOLE_NONE;
	}
	for (size_t i = 0; i < countof(tags); i++) {
		if (!tags[i].has_argument && str_eq(tag, tags[i].name)) {
			return tags[i].hole;
		}
		if (tags[i].has_argument && str_starts(tag, tags[i].name) && str_ends(tag, STR(")"))) {
			struct str argument = str_skip(tag, tags[i].name.len);
			*ret_argument = str_first(argument, argument.len - 1);
			return tags[i].hole;
		}
	}
	return HOLE_UNKNOWN;
}

static bool
is_truthy(const struct ynode *node)
{
	if (!node || node->len == 0) {
		return false;
	}
	enum ytype type = ynode_type(node, YDIALECT_YAML_V3);
	return type != YTYPE_NULL && !(type == YTYPE_BOOL && !yscalar_bool(ynode_str(node)));
}

/* The node `value` as an entry with the comments that the template's `entry` has. */
static struct ynode *
with_comments(
	struct render *r, const struct ynode *value, const struct ynode *entry, const struct scope *scope)
{
	struct ynode *head = ynode_head(r->arena, value);
	struct str tag = value != entry ? ynode_tag(value) : STR(""), problem = STR("");
	const struct yextra *from = ynode_extra(entry);
	ynode_set_extra(head, NULL);
	if (!from && !tag.len) {
		return head;
	}
	struct yextra *extra = arena_new(r->arena, struct yextra);
	ynode_set_extra(head, extra);
	extra->tag = tag;
	if (from) {
		extra->gap = from->gap;
		if (comment_fill(r->arena, from->above, scope, &extra->above, &problem) == FILL_FAILED
			|| comment_fill(r->arena, from->beside, scope, &extra->beside, &problem)
				== FILL_FAILED) {
			fail(r, entry, problem);
		}
	}
	return head;
}

static void eval_item(
	struct render *r, struct ylist *list, const struct ynode *item, const struct scope *scope);

static void
eval_each(struct render *r, struct ylist *list, const struct ynode *item, struct str path,
	const struct scope *scope)
{
	const struct ynode *over = scope_get(scope, path);
	struct ynode *bare = ynode_head(r->arena, item); /* in the arena: an error may point at it */
	struct yextra *extra = arena_new(r->arena, struct yextra);
	*extra = *ynode_extra(item);
	extra->tag = STR("");
	ynode_set_extra(bare, extra);
	bool is_itself = bare->kind == YNODE_SCALAR && bare->style == YSTYLE_PLAIN && bare->len == 0;
	if (over && over->kind != YNODE_SEQUENCE) {
		fail(r, item, STR("!each needs a list"));
		return;
	}
	for (const struct ynode *element = over ? over->first : NULL; element; element = element->next) {
		struct scope inner = { ynode_follow(element), scope };
		if (is_itself) {
			ylist_add(list, with_comments(r, inner.map, bare, &inner));
		} else {
			eval_item(r, list, bare, &inner);
		}
	}
}

static void
eval_item(struct render *r, struct ylist *list, const struct ynode *item, const struct scope *scope)
{
	struct str path;
	if (hole_of(item, &path) == HOLE_EACH) {
		eval_each(r, list, item, path, scope);
		return;
	}
	const struct ynode *value = eval(r, item, scope);
	if (value) {
		ylist_add(list, with_comments(r, value, item, scope));
	}
}

static const struct ynode *
eval_collection(struct render *r, const struct ynode *node, const struct scope *scope)
{
	struct ynode *out = ynode_head(r->arena, node);
	struct ylist list = ylist_new(r->arena, out);
	out->first = NULL;
	ynode_set_extra(out, NULL);
	out->len = 0;
	for (const struct ynode *child = node->first; child; child = child->next) {
		if (node->kind == YNODE_SEQUENCE) {
			eval_item(r, &list, child, scope);
			continue;
		}
		const struct ynode *key = child, *value = eval(r, child->next, scope);
		child = child->next;
		if (value) {
			ylist_add(&list, with_comments(r, key, key, scope));
			ylist_add(&list, value);
		}
	}
	return node->first && !out->first ? NULL : out;
}

/* The node itself, its tag of no more use. */
static const struct ynode *
eval_plain(struct render *r, const struct ynode *node, const struct scope *scope)
{
	if (node->kind != YNODE_SCALAR) {
		return eval_collection(r, node, scope);
	}
	struct ynode *out = ynode_head(r->arena, node);
	ynode_set_extra(out, NULL);
	return out;
}

static const struct ynode *
eval_text(struct render *r, const struct ynode *node, const struct scope *scope)
{
	struct str text, problem;
	switch (text_fill(r->arena, ynode_str(node), scope, &text, &problem)) {
	case FILL_FAILED:
		return fail(r, node, problem);
	case FILL_ABSENT:
		return NULL;
	case FILL_OK:
		break;
	}
	struct ynode *out = ynode_scalar(r->arena, text, YSTYLE_QUOTED);
	out->source = node->source;
	out->span = node->span;
	return out;
}

static const struct ynode *
eval_merge(struct render *r, const struct ynode *node, struct str path, const struct scope *scope,
	enum ymerge_nulls nulls)
{
	const struct ynode *over = scope_get(scope, path);
	if (node->kind != YNODE_MAPPING || (over && over->kind != YNODE_MAPPING && is_truthy(over))) {
		return fail(r, node, STR("!merge and !patch need a mapping"));
	}
	const struct ynode *base = eval_collection(r, node, scope);
	return over && over->kind == YNODE_MAPPING ? ymerge(r->arena, base, over, nulls) : base;
}

static const struct ynode *
eval_template(struct render *r, const struct ynode *node, const struct scope *scope)
{
	if (r->depth == TEMPLATE_DEPTH_MAX) {
		return fail(r, node, STR("templates nested more than 10 deep"));
	}
	for (const struct template_entry *entry = r->library; entry && entry->name.len; entry++) {
		if (str_eq(entry->name, ynode_str(node))) {
			r->depth++;
			const struct ynode *out = eval(r, entry->doc->root, scope);
			r->depth--;
			return out;
		}
	}
	return fail(r, node, STR("no template of this name"));
}

/* NULL: absent, or failed. */
static const struct ynode *
eval(struct render *r, const struct ynode *node, const struct scope *scope)
{
	struct str argument = STR("");
	node = ynode_follow(node);
	switch (hole_of(node, &argument)) {
	case HOLE_VALUE:
		return scope_get(scope, ynode_str(node));
	case HOLE_TEXT:
		return eval_text(r, node, scope);
	case HOLE_IF:
		return is_truthy(scope_get(scope, argument)) ? eval_plain(r, node, scope) : NULL;
	case HOLE_MERGE:
		return eval_merge(r, node, argument, scope, YMERGE_NULL_IS_VALUE);
	case HOLE_PATCH:
		return eval_merge(r, node, argument, scope, YMERGE_NULL_DELETES);
	case HOLE_TEMPLATE:
		return eval_template(r, node, scope);
	case HOLE_EACH:
		return fail(r, node, STR("!each can only stand at a sequence item"));
	case HOLE_UNKNOWN:
		return fail(r, node, STR("unknown tag"));
	case HOLE_NONE:
		break;
	}
	return eval_plain(r, node, scope);
}

bool
template_render(struct arena *arena, const struct template_entry *library, const struct ydoc *doc,
	const struct scope *scope, struct ydoc *ret_doc, struct template_error *reterr)
{
	struct render r = { .arena = arena, .library = library, .error = reterr };
	struct str head = STR(""), foot = STR(""), problem = STR("");
	*reterr = (struct template_error){ 0 };
	const struct ynode *root = eval(&r, doc->root, scope);
	if (comment_fill(arena, doc->head, scope, &head, &problem) == FILL_FAILED
		|| comment_fill(arena, doc->foot, scope, &foot, &problem) == FILL_FAILED) {
		fail(&r, doc->root, problem);
	}
	*ret_doc = (struct ydoc){ .root = root, .head = head, .foot = foot };
	return !reterr->at;
}

struct visitor {
	void (*visit)(const struct ynode *at, struct str path, void *context);
	void *context;
};

static void
visit_text(const struct visitor *v, const struct ynode *at, struct str text)
{
	struct str before, path;
	bool is_hole;
	while (text_next(&text, &before, &path, &is_hole)) {
		if (is_hole) {
			v->visit(at, path, v->context);
		}
	}
}

static void
visit_paths(const struct visitor *v, const struct ynode *node)
{
	struct str argument = STR("");
	enum hole hole = hole_of(node, &argument);
	if (argument.len) {
		v->visit(node, argument, v->context);
	} else if (hole == HOLE_VALUE) {
		v->visit(node, ynode_str(node), v->context);
	} else if (hole == HOLE_TEXT) {
		visit_text(v, node, ynode_str(node));
	}
	const struct yextra *extra = ynode_extra(node);
	if (extra) {
		visit_text(v, node, extra->above);
		visit_text(v, node, extra->beside);
	}
	if (node->kind == YNODE_MAPPING || node->kind == YNODE_SEQUENCE) {
		for (const struct ynode *child = node->first; child; child = child->next) {
			visit_paths(v, child);
		}
	}
}

void
template_each_path(const struct ydoc *doc,
	void (*visit)(const struct ynode *at, struct str path, void *context), void *context)
{
	struct visitor v = { visit, context };
	visit_text(&v, doc->root, doc->head);
	visit_text(&v, doc->root, doc->foot);
	visit_paths(&v, doc->root);
}

void
template_print(struct buf *out, const struct ydoc *rendered, enum template_shape shape)
{
	if (!rendered->root) {
		return;
	}
	if (shape == TEMPLATE_DOCUMENT || rendered->root->kind != YNODE_SEQUENCE) {
		yemit_document(out, rendered, false);
		return;
	}
	for (const struct ynode *item = rendered->root->first; item; item = item->next) {
		const struct yextra *extra = ynode_extra(item);
		struct ydoc doc = { .root = item, .head = extra ? extra->above : STR("") };
		if (item == rendered->root->first && rendered->head.len) {
			buf_addf(out, "%.*s\n", STR_ARG(rendered->head));
		}
		yemit_document(out, &doc, true);
	}
}
