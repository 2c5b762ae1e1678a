#include "spec_parts.h"

static const struct ynode *expand(struct arena *arena, const struct ynode *node);

static bool
is_merge_key(const struct ynode *key)
{
	return ynode_is(key, YNODE_SCALAR) && key->style == YSTYLE_PLAIN && str_eq(ynode_str(key), STR("<<"))
		&& !ynode_is(key->next, YNODE_SCALAR);
}

/* What `from` has and the mapping lacks; of several the first wins (yaml.org/type/merge.html). */
static void
add_missing(struct ylist *list, const struct ynode *from)
{
	const struct ynode *source = ynode_follow(from);
	if (source->kind == YNODE_SEQUENCE) {
		for (const struct ynode *item = source->first; item; item = item->next) {
			if (ynode_is(item, YNODE_MAPPING)) {
				add_missing(list, item);
			}
		}
		return;
	}
	const struct ynode *whole = expand(list->arena, source);
	const struct ynode *key = whole->kind == YNODE_MAPPING ? whole->first : NULL;
	for (; key; key = key->next->next) {
		if (!ynode_get(list->parent, ynode_str(key))) {
			ylist_add(list, key);
			ylist_add(list, key->next);
		}
	}
}

static const struct ynode *
expand(struct arena *arena, const struct ynode *node)
{
	const struct ynode *from = ynode_follow(node);
	struct ynode *out = ynode_head(arena, from);
	if (from->kind == YNODE_SCALAR) {
		return out;
	}
	out->first = NULL;
	out->len = 0;
	struct ylist list = ylist_new(arena, out);
	bool is_mapping = from->kind == YNODE_MAPPING;
	for (const struct ynode *child = from->first; child; child = child->next) {
		if (!is_mapping) {
			ylist_add(&list, expand(arena, child));
			continue;
		}
		if (!is_merge_key(child)) {
			ylist_add(&list, child);
			ylist_add(&list, expand(arena, child->next));
		}
		child = child->next;
	}
	for (const struct ynode *key = is_mapping ? from->first : NULL; key; key = key->next->next) {
		if (is_merge_key(key)) {
			add_missing(&list, key->next);
		}
	}
	return out;
}

const struct ynode *
spec_expand(struct spec_reader *reader, const struct ynode *root)
{
	bool has_merges = str_find(reader->source->text, STR("<<")) < reader->source->text.len;
	return has_merges ? expand(reader->arena, root) : root;
}
