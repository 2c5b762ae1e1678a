/* Looking things up in trees, and making nodes. */
#include <stdarg.h>

#include "ytree.h"

const struct ynode *
ynode_follow(const struct ynode *node)
{
	return node && node->kind == YNODE_ALIAS ? node->target : node;
}

struct str
ynode_str(const struct ynode *node)
{
	node = ynode_follow(node);
	return node && node->kind == YNODE_SCALAR ? (struct str){ node->text, node->len } : STR("");
}

bool
ynode_is(const struct ynode *node, enum ynode_kind kind)
{
	node = ynode_follow(node);
	return node && node->kind == kind;
}

const struct ynode *
ynode_key(const struct ynode *map, struct str key)
{
	const struct ynode *found = NULL;
	map = ynode_follow(map);
	if (!map || map->kind != YNODE_MAPPING) {
		return NULL;
	}
	for (const struct ynode *k = map->first; k; k = k->next->next) {
		if (ynode_is(k, YNODE_SCALAR) && str_eq(ynode_str(k), key)) {
			found = k;
		}
	}
	return found;
}

const struct ynode *
ynode_get(const struct ynode *map, struct str key)
{
	const struct ynode *k = ynode_key(map, key);
	return k ? ynode_follow(k->next) : NULL;
}

static const struct ynode *
view_get(const struct ynode *map, struct str key, unsigned *budget)
{
	const struct ynode *found = ynode_get(map, key);
	if (found || *budget == 0) {
		return found;
	}
	--*budget;
	const struct ynode *merged = ynode_get(map, STR("<<"));
	if (!merged || merged->kind == YNODE_MAPPING) {
		return merged ? view_get(merged, key, budget) : NULL;
	}
	const struct ynode *item = merged->kind == YNODE_SEQUENCE ? merged->first : NULL;
	for (; item && !found; item = item->next) {
		found = view_get(ynode_follow(item), key, budget);
	}
	return found;
}

const struct ynode *
yview_get(const struct ynode *map, struct str key)
{
	unsigned budget = YVIEW_MERGES_MAX;
	return view_get(map, key, &budget);
}

const struct ynode *
ynode_at(const struct ynode *root, ...)
{
	va_list keys;
	va_start(keys, root);
	for (const char *key = va_arg(keys, const char *); key && root; key = va_arg(keys, const char *)) {
		root = ynode_get(root, str_from(key));
	}
	va_end(keys);
	return root;
}

static struct ynode *
roomy_new(struct arena *arena)
{
	struct ynode *node = arena_alloc(arena, sizeof(*node) + sizeof(node->room[0]));
	node->roomy = true;
	return node;
}

bool
ynode_equal(const struct ynode *a, const struct ynode *b)
{
	a = ynode_follow(a);
	b = ynode_follow(b);
	if (!a || !b || a->kind != b->kind || a->len != b->len) {
		return a == b;
	}
	if (a->kind == YNODE_SCALAR) {
		return str_eq(ynode_str(a), ynode_str(b));
	}
	const struct ynode *other = b->first;
	for (const struct ynode *child = a->first; child; child = child->next, other = other->next) {
		if (!ynode_equal(child, other)) {
			return false;
		}
	}
	return true;
}

struct ynode *
ynode_head(struct arena *arena, const struct ynode *node)
{
	struct ynode *head = roomy_new(arena);
	*head = *node;
	head->roomy = true;
	head->next = NULL;
	ynode_set_extra(head, ynode_extra(node));
	return head;
}

struct ynode *
ynode_scalar(struct arena *arena, struct str text, enum ystyle style)
{
	struct ynode *node = roomy_new(arena);
	node->kind = YNODE_SCALAR;
	node->style = style & 0xfU;
	node->text = text.ptr;
	node->len = (uint32_t)text.len;
	return node;
}

struct ynode *
ynode_collection(struct arena *arena, enum ynode_kind kind)
{
	struct ynode *node = roomy_new(arena);
	node->kind = kind & 0x7U;
	node->style = YSTYLE_BLOCK;
	return node;
}

struct ylist
ylist_new(struct arena *arena, struct ynode *parent)
{
	return (struct ylist){ arena, parent, &parent->first };
}

struct ylist
ylist_mapping(struct arena *arena)
{
	return ylist_new(arena, ynode_collection(arena, YNODE_MAPPING));
}

struct ylist
ylist_sequence(struct arena *arena)
{
	return ylist_new(arena, ynode_collection(arena, YNODE_SEQUENCE));
}

void
ylist_add(struct ylist *list, const struct ynode *node)
{
	struct ynode *head = ynode_head(list->arena, node);
	*list->tail = head;
	list->tail = &head->next;
	list->parent->len++;
}

void
ylist_put(struct ylist *list, struct str key, const struct ynode *value)
{
	if (value) {
		ylist_add(list, ynode_scalar(list->arena, key, YSTYLE_PLAIN));
		ylist_add(list, value);
	}
}
