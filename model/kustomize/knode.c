#include "kustomize/knode.h"

#include "kustomize/knode_tag.h"
#include "vec.h"

#include <stdarg.h>

static struct knode *
new_node(struct kpool *pool, enum ynode_kind kind)
{
	struct knode *node = arena_new(pool->arena, struct knode);
	if (pool->used >= KPOOL_NODES_MAX) {
		pool->is_spent = true;
	}
	pool->used++;
	*node = (struct knode){ .kind = kind, .pool = pool };
	return node;
}

struct knode *
knode_scalar(struct kpool *pool, struct str text, enum ktag tag)
{
	struct knode *node = new_node(pool, YNODE_SCALAR);
	node->text = text;
	node->tag = tag;
	return node;
}

struct knode *
knode_collection(struct kpool *pool, enum ynode_kind kind)
{
	struct knode *node = new_node(pool, kind);
	node->is_open = true;
	return node;
}

struct knode *
knode_take(struct kpool *pool, const struct ynode *from)
{
	const struct ynode *node = ynode_follow(from);
	struct knode *taken = new_node(pool, node->kind);
	taken->from = from;
	if (node->kind == YNODE_SCALAR) {
		taken->text = ynode_str(node);
		taken->is_quoted = node->style != YSTYLE_PLAIN;
		taken->tag = knode_tag_of(node);
	}
	return taken;
}

static void
put_entry(struct knode *map, struct knode *key, struct knode *value)
{
	for (size_t i = 0; i < map->len; i += 2) {
		if (str_eq(map->items[i]->text, key->text)) {
			map->items[i] = key;
			map->items[i + 1] = value;
			return;
		}
	}
	vec_push(map->pool->arena, map, key);
	vec_push(map->pool->arena, map, value);
}

/* Lays the entries of `from` over those of `map`; of equal keys of `from` the first counts. */
static void
put_entries(struct knode *map, struct knode *from)
{
	knode_open(from);
	for (size_t i = 0; i < from->len; i += 2) {
		put_entry(map, from->items[i], knode_get(from, from->items[i]->text));
	}
}

/* The last mapping of a list comes first: the first one wins. */
static void
merge_value(struct knode *map, struct knode *value)
{
	if (value->kind == YNODE_MAPPING) {
		put_entries(map, value);
	}
	knode_open(value);
	for (size_t i = value->kind == YNODE_SEQUENCE ? value->len : 0; i > 0; i--) {
		if (value->items[i - 1]->kind == YNODE_MAPPING) {
			put_entries(map, value->items[i - 1]);
		}
	}
}

static void
lay_out_merge(struct knode *map)
{
	struct knode own = *map;
	struct knode *value = knode_get(map, STR("<<"));
	if (!value) {
		return;
	}
	knode_remove(map, STR("<<"));
	own.items = arena_new_n(map->pool->arena, struct knode *, map->len + 1);
	own.len = map->len;
	for (size_t i = 0; i < map->len; i++) {
		own.items[i] = map->items[i];
	}
	merge_value(map, value);
	put_entries(map, &own);
}

void
knode_open(struct knode *node)
{
	if (node->kind == YNODE_SCALAR || node->is_open) {
		return;
	}
	const struct ynode *from = ynode_follow(node->from);
	node->is_open = true;
	if (node->pool->is_spent) {
		return;
	}
	node->cap = from->len;
	node->items = arena_new_n(node->pool->arena, struct knode *, from->len + 1);
	for (const struct ynode *child = from->first; child; child = child->next) {
		node->items[node->len++] = knode_take(node->pool, child);
	}
	if (node->kind == YNODE_MAPPING) {
		lay_out_merge(node);
	}
}

struct knode *
knode_copy(struct knode *node)
{
	struct knode *copy = new_node(node->pool, node->kind);
	*copy = *node;
	if (node->kind == YNODE_SCALAR || !node->is_open) {
		return copy;
	}
	copy->cap = node->len;
	copy->items = arena_new_n(node->pool->arena, struct knode *, node->len + 1);
	for (size_t i = 0; i < node->len; i++) {
		copy->items[i] = knode_copy(node->items[i]);
	}
	return copy;
}

bool
knode_is_missing(const struct knode *node)
{
	return !node || (node->kind == YNODE_SCALAR && node->tag == KTAG_NULL);
}

bool
knode_is_empty(struct knode *node)
{
	if (knode_is_missing(node)) {
		return true;
	}
	knode_open(node);
	return node->kind != YNODE_SCALAR && node->len == 0;
}

/* Where in the items the key is, or map->len. */
static size_t
find_key(struct knode *map, struct str key)
{
	size_t at = 0;
	knode_open(map);
	while (at < map->len
		&& (map->items[at]->kind != YNODE_SCALAR || !str_eq(map->items[at]->text, key))) {
		at += 2;
	}
	return at;
}

struct knode *
knode_get(struct knode *map, struct str key)
{
	if (!map || map->kind != YNODE_MAPPING) {
		return NULL;
	}
	size_t at = find_key(map, key);
	return at < map->len ? map->items[at + 1] : NULL;
}

struct knode *
knode_at(struct knode *root, ...)
{
	va_list keys;
	va_start(keys, root);
	for (const char *key = va_arg(keys, const char *); key; key = va_arg(keys, const char *)) {
		root = knode_get(root, str_from(key));
	}
	va_end(keys);
	return root;
}

void
knode_set(struct knode *map, struct str key, struct knode *value)
{
	size_t at = find_key(map, key);
	if (at < map->len) {
		value->is_quoted = map->items[at + 1]->is_quoted;
		map->items[at + 1] = value;
		return;
	}
	struct knode *name = knode_scalar(map->pool, key, KTAG_STRING);
	vec_push(map->pool->arena, map, name);
	vec_push(map->pool->arena, map, value);
}

void
knode_remove(struct knode *map, struct str key)
{
	if (!map || map->kind != YNODE_MAPPING) {
		return;
	}
	size_t at = find_key(map, key);
	if (at < map->len) {
		memmove(&map->items[at], &map->items[at + 2], (map->len - at - 2) * sizeof(struct knode *));
		map->len -= 2;
	}
}

void
knode_append(struct knode *sequence, struct knode *item)
{
	knode_open(sequence);
	vec_push(sequence->pool->arena, sequence, item);
}

struct knode *
knode_make_map(struct knode *map, struct str key)
{
	size_t at = find_key(map, key);
	if (at < map->len && map->items[at + 1]->kind == YNODE_MAPPING) {
		return map->items[at + 1];
	}
	if (at < map->len && !knode_is_missing(map->items[at + 1])) {
		return NULL;
	}
	struct knode *made = knode_collection(map->pool, YNODE_MAPPING);
	knode_set(map, key, made);
	return made;
}

void
knode_put_text(struct knode *scalar, struct str text, enum ktag tag)
{
	scalar->text = text;
	scalar->tag = tag;
}

struct str
knode_text(const struct knode *node)
{
	return knode_is_missing(node) || node->kind != YNODE_SCALAR ? STR("") : node->text;
}

/* The scalar that reads as this one is written. */
static const struct ynode *
freeze_scalar(struct arena *arena, const struct knode *node)
{
	const struct ynode *from = ynode_follow(node->from);
	bool same = from && from->kind == YNODE_SCALAR && str_eq(ynode_str(from), node->text)
		&& node->tag == knode_tag_of(from) && node->is_quoted == (from->style != YSTYLE_PLAIN);
	if (same) {
		return node->from;
	}
	enum ytype type;
	bool is_string = knode_type(node, &type) && type == YTYPE_STRING;
	struct ynode *made =
		ynode_scalar(arena, arena_str(arena, node->text), is_string ? YSTYLE_QUOTED : YSTYLE_PLAIN);
	if (node->tag == KTAG_STRING && !node->is_quoted && knode_tag_of_plain(node->text) == KTAG_STRING) {
		made->style = YSTYLE_PLAIN;
	}
	if (from) {
		made->source = from->source;
		made->span = from->span;
	}
	return made;
}

static bool
is_same(const struct knode *node, const struct ynode *from)
{
	if (!from || from->kind != node->kind || from->len != node->len) {
		return false;
	}
	const struct ynode *child = from->first;
	for (size_t i = 0; i < node->len; i++, child = child->next) {
		if (node->items[i]->from != child) {
			return false;
		}
	}
	return true;
}

const struct ynode *
knode_freeze(struct arena *arena, const struct knode *node)
{
	if (node->kind == YNODE_SCALAR) {
		return freeze_scalar(arena, node);
	}
	if (!node->is_open) {
		return node->from;
	}
	const struct ynode *from = ynode_follow(node->from);
	bool same = is_same(node, from);
	struct arena CLEANUP(arena_release) scratch = { 0 };
	const struct ynode **children = arena_new_n(&scratch, const struct ynode *, node->len + 1);
	for (size_t i = 0; i < node->len; i++) {
		children[i] = knode_freeze(arena, node->items[i]);
		same = same && children[i] == node->items[i]->from;
	}
	if (same) {
		return node->from;
	}
	struct ynode *made = ynode_collection(arena, node->kind);
	if (from) {
		made->source = from->source;
		made->span = from->span;
	}
	struct ylist list = ylist_new(arena, made);
	for (size_t i = 0; i < node->len; i++) {
		ylist_add(&list, children[i]);
	}
	return made;
}
