#include "tojson.h"

#include <inttypes.h>
#include <math.h>

#include "map.h"

#define TAG_PREFIX "tag:yaml.org,2002:"

struct reading {
	struct arena *arena;
	struct tojson_error *error;
	size_t nodes, aliased; /* all that was read, and what of it through an alias */
	unsigned depth, aliases;
};

/* A mapping while it grows: pairs in text order, an overwritten one unlinked. */
struct pair {
	struct ynode *key, *value;
	struct pair *previous, *next;
};

struct pairs {
	struct pair *first, *last;
	struct map by_key;
};

static const struct ynode *read_node(struct reading *reading, const struct ynode *node);
static bool read_entries(struct reading *reading, const struct ynode *mapping, struct pairs *pairs);

static bool
refuse(struct reading *reading, const struct ynode *at, struct str message)
{
	*reading->error = (struct tojson_error){ .at = at, .message = message };
	return false;
}

static bool
is_merge_key(const struct ynode *key)
{
	return key->kind == YNODE_SCALAR && str_eq(ynode_str(key), STR("<<"))
		&& (str_eq(ynode_tag(key), STR(TAG_PREFIX "merge"))
			|| (key->style == YSTYLE_PLAIN && ynode_tag(key).len == 0));
}

/* Text of a key as Go writes it: booleans and integers in their one spelling. */
static struct str
key_text(struct arena *arena, const struct ynode *key)
{
	int64_t value;
	struct str text = ynode_str(key);
	enum ytype type = ynode_type(key, YDIALECT_SIGS_YAML);
	if (type == YTYPE_BOOL) {
		return yscalar_bool(text) ? STR("true") : STR("false");
	}
	if (type == YTYPE_INT && yscalar_int(text, &value)) {
		return arena_printf(arena, "%" PRId64, value);
	}
	return text;
}

static struct ynode *
read_key(struct reading *reading, const struct ynode *key)
{
	const struct ynode *target = ynode_follow(key);
	if (target->kind != YNODE_SCALAR) {
		refuse(reading, key, STR("a key cannot be a list or a mapping"));
		return NULL;
	}
	bool null = ynode_type(target, YDIALECT_SIGS_YAML) == YTYPE_NULL;
	reading->nodes++;
	reading->aliased += reading->aliases > 0;
	struct ynode *head = ynode_head(reading->arena, target);
	struct str text = null ? STR("~") : key_text(reading->arena, target);
	head->span = key->span;
	head->source = key->source;
	head->text = text.ptr;
	head->len = (uint32_t)text.len;
	head->style = null ? YSTYLE_PLAIN : YSTYLE_QUOTED; /* whatever it was, it is text now, but for null */
	ynode_set_extra(head, NULL);
	return head;
}

static void
pairs_unlink(struct pairs *pairs, struct pair *pair)
{
	*(pair->previous ? &pair->previous->next : &pairs->first) = pair->next;
	*(pair->next ? &pair->next->previous : &pairs->last) = pair->previous;
}

static void
pairs_put(struct arena *arena, struct pairs *pairs, struct ynode *key, struct ynode *value)
{
	struct pair *pair = arena_new(arena, struct pair);
	struct pair *old = map_put(arena, &pairs->by_key, ynode_str(key), pair);
	if (old) {
		pairs_unlink(pairs, old);
	}
	*pair = (struct pair){ key, value, pairs->last, NULL };
	*(pairs->last ? &pairs->last->next : &pairs->first) = pair;
	pairs->last = pair;
}

/* Go lays the later mappings of a list first, so that the earlier win. */
static bool
merge_list(struct reading *reading, const struct ynode *list, struct pairs *pairs)
{
	const struct ynode **items = arena_new_n(reading->arena, const struct ynode *, list->len + 1U);
	size_t count = 0;
	for (const struct ynode *item = list->first; item; item = item->next) {
		if (!ynode_is(item, YNODE_MAPPING)) {
			return refuse(reading, item, STR("\"<<\" takes mappings only"));
		}
		items[count++] = ynode_follow(item);
	}
	while (count > 0) {
		if (!read_entries(reading, items[--count], pairs)) {
			return false;
		}
	}
	return true;
}

static bool
merge(struct reading *reading, const struct ynode *value, struct pairs *pairs)
{
	if (ynode_is(value, YNODE_MAPPING)) {
		return read_entries(reading, ynode_follow(value), pairs);
	}
	if (value->kind == YNODE_SEQUENCE) {
		return merge_list(reading, value, pairs);
	}
	return refuse(reading, value, STR("\"<<\" takes mappings only"));
}

/* Go's guard against documents that aliases blow up (go.yaml.in/yaml v2, decode.go, allowedAliasRatio). */
static bool
is_blown_up(const struct reading *reading)
{
	return reading->nodes > TOJSON_NODES_MAX || reading->depth > TOJSON_DEPTH_MAX
		|| (reading->aliased > 100 && reading->nodes > 1000
			&& reading->aliased * 100 > reading->nodes * 99);
}

static bool
enter(struct reading *reading, const struct ynode *node)
{
	reading->nodes++;
	reading->aliased += reading->aliases > 0;
	reading->depth++;
	if (is_blown_up(reading)) {
		refuse(reading, node, STR("aliases make the document too large"));
		reading->error->is_aliasing = true;
		return false;
	}
	return true;
}

static bool
read_entries(struct reading *reading, const struct ynode *mapping, struct pairs *pairs)
{
	if (!enter(reading, mapping)) {
		return false;
	}
	for (const struct ynode *key = mapping->first; key; key = key->next->next) {
		if (is_merge_key(key)) {
			if (!merge(reading, key->next, pairs)) {
				return false;
			}
			continue;
		}
		struct ynode *text = read_key(reading, key);
		const struct ynode *value = text ? read_node(reading, key->next) : NULL;
		if (!value) {
			return false;
		}
		pairs_put(reading->arena, pairs, text, ynode_head(reading->arena, value));
	}
	reading->depth--;
	return true;
}

static const struct ynode *
read_mapping(struct reading *reading, const struct ynode *node)
{
	struct pairs pairs = { 0 };
	struct ynode *copy = ynode_head(reading->arena, node);
	copy->first = NULL;
	copy->len = 0;
	if (!read_entries(reading, node, &pairs)) {
		return NULL;
	}
	const struct ynode **tail = &copy->first;
	for (struct pair *pair = pairs.first; pair; pair = pair->next) {
		*tail = pair->key;
		pair->key->next = pair->value;
		tail = &pair->value->next;
		copy->len += 2;
	}
	return copy;
}

static const struct ynode *
read_sequence(struct reading *reading, const struct ynode *node)
{
	struct ynode *copy = ynode_head(reading->arena, node);
	copy->first = NULL;
	copy->len = 0;
	struct ylist list = ylist_new(reading->arena, copy);
	for (const struct ynode *item = node->first; item; item = item->next) {
		const struct ynode *value = read_node(reading, item);
		if (!value) {
			return NULL;
		}
		ylist_add(&list, value);
	}
	return copy;
}

/* `!!int x` and the like: Go gives up where the text is no such thing. */
static bool
tag_fits(const struct ynode *node)
{
	static const struct {
		struct str tag;
		enum ytype type;
	} tags[] = { { STR_INIT(TAG_PREFIX "null"), YTYPE_NULL }, { STR_INIT(TAG_PREFIX "bool"), YTYPE_BOOL },
		{ STR_INIT(TAG_PREFIX "int"), YTYPE_INT }, { STR_INIT(TAG_PREFIX "float"), YTYPE_FLOAT } };
	enum ytype plain = yscalar_type(ynode_str(node), YDIALECT_SIGS_YAML);
	for (size_t i = 0; i < countof(tags); i++) {
		if (str_eq(ynode_tag(node), tags[i].tag)) {
			return plain == tags[i].type || (tags[i].type == YTYPE_FLOAT && plain == YTYPE_INT);
		}
	}
	return true;
}

static const struct ynode *
read_scalar(struct reading *reading, const struct ynode *node)
{
	if (!tag_fits(node)) {
		refuse(reading, node, STR("the value is not what its tag says"));
		return NULL;
	}
	return node;
}

static const struct ynode *
read_node(struct reading *reading, const struct ynode *node)
{
	const struct ynode *target = ynode_follow(node);
	bool alias = node->kind == YNODE_ALIAS;
	reading->aliases += alias;
	if (!enter(reading, node)) {
		return NULL;
	}
	const struct ynode *value = target->kind == YNODE_MAPPING ? read_mapping(reading, target)
		: target->kind == YNODE_SEQUENCE                  ? read_sequence(reading, target)
								  : read_scalar(reading, target);
	reading->depth--;
	reading->aliases -= alias;
	return value;
}

/* What Go reads but cannot write as JSON: infinity, NaN, null as a key. What a later key replaced does no
 * harm. */
static bool
is_writable(struct reading *reading, const struct ynode *node)
{
	if (node->kind == YNODE_SCALAR) {
		bool number = ynode_type(node, YDIALECT_SIGS_YAML) == YTYPE_FLOAT;
		return !number || isfinite(yscalar_number(ynode_str(node)))
			|| refuse(reading, node, STR("JSON has no such number"));
	}
	bool is_key = node->kind == YNODE_MAPPING;
	for (const struct ynode *child = node->first; child; child = child->next) {
		if (is_key && child->style == YSTYLE_PLAIN) {
			return refuse(reading, child, STR("a key cannot be null"));
		}
		if (!is_key && !is_writable(reading, child)) {
			return false;
		}
		is_key = node->kind == YNODE_MAPPING && !is_key;
	}
	return true;
}

const struct ynode *
tojson(struct arena *arena, const struct ynode *root, struct tojson_error *reterr)
{
	struct reading reading = { .arena = arena, .error = reterr };
	const struct ynode *json = read_node(&reading, root);
	return json && is_writable(&reading, json) ? json : NULL;
}
