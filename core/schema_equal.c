/* Equality of JSON values, for enum, const and uniqueItems. */
#include "schema_parts.h"

enum { DEPTH_MAX = 1000 }; /* aliases can nest deeper than any file */

struct side {
	const struct ynode *node;
	enum ydialect dialect;
};

static bool equal(struct check *check, struct side a, struct side b, unsigned depth);

static bool
equal_sequences(struct check *check, struct side a, struct side b, unsigned depth)
{
	const struct ynode *item = a.node->first, *other = b.node->first;
	bool same = a.node->len == b.node->len;
	for (; same && item; item = item->next, other = other->next) {
		same = equal(
			check, (struct side){ item, a.dialect }, (struct side){ other, b.dialect }, depth);
	}
	return same;
}

static bool
equal_mappings(struct check *check, struct side a, struct side b, unsigned depth)
{
	const struct map *keys = check_keys(check, a.node), *others = check_keys(check, b.node);
	bool same = keys->len == others->len;
	for (const struct map_entry *entry = keys->first; same && entry; entry = entry->next) {
		const struct ynode *key = entry->value, *other = map_get(others, entry->key);
		same = other
			&& equal(check, (struct side){ key->next, a.dialect },
				(struct side){ other->next, b.dialect }, depth);
	}
	return same;
}

static bool
equal_numbers(struct check *check, struct str a, struct str b)
{
	struct decimal left, right;
	return decimal_parse(check->scratch, a, &left) && decimal_parse(check->scratch, b, &right)
		&& decimal_cmp(&left, &right) == 0;
}

static bool
equal(struct check *check, struct side a, struct side b, unsigned depth)
{
	enum json_type type = json_type_of(check->scratch, a.node, a.dialect);
	a.node = ynode_follow(a.node);
	b.node = ynode_follow(b.node);
	if (depth == DEPTH_MAX || !check_spend(check, 1, a.node)
		|| type != json_type_of(check->scratch, b.node, b.dialect)) {
		return false;
	}
	switch (type) {
	case JSON_TYPE_NULL:
		return true;
	case JSON_TYPE_BOOLEAN:
		return yscalar_bool(ynode_str(a.node)) == yscalar_bool(ynode_str(b.node));
	case JSON_TYPE_INTEGER:
	case JSON_TYPE_NUMBER:
		return equal_numbers(check, ynode_str(a.node), ynode_str(b.node));
	case JSON_TYPE_STRING:
		return str_eq(ynode_str(a.node), ynode_str(b.node));
	case JSON_TYPE_ARRAY:
		return equal_sequences(check, a, b, depth + 1);
	case JSON_TYPE_OBJECT:
		return equal_mappings(check, a, b, depth + 1);
	}
	return false;
}

bool
check_equal(struct check *check, const struct ynode *a, const struct ynode *b, enum ydialect b_dialect)
{
	return equal(check, (struct side){ a, check->options->dialect }, (struct side){ b, b_dialect }, 0);
}

/* Equal values have equal sums: the order of keys does not count. */
static WRAPS uint64_t
hash_value(struct check *check, const struct ynode *node, unsigned depth)
{
	enum json_type type = json_type_of(check->scratch, node, check->options->dialect);
	uint64_t hash = (uint64_t)type;
	struct decimal value;
	node = ynode_follow(node);
	if (depth == DEPTH_MAX || !check_spend(check, 1, node)) {
		return 0;
	}
	if (type == JSON_TYPE_ARRAY) {
		for (const struct ynode *item = node->first; item; item = item->next) {
			hash = hash * 31 + hash_value(check, item, depth + 1);
		}
	} else if (type == JSON_TYPE_OBJECT) {
		const struct map *keys = check_keys(check, node);
		for (const struct map_entry *entry = keys->first; entry; entry = entry->next) {
			const struct ynode *key = entry->value;
			hash += hash_bytes(hash_value(check, key->next, depth + 1), entry->key);
		}
	} else if (type == JSON_TYPE_STRING) {
		hash = hash_bytes(hash, ynode_str(node));
	} else if (type == JSON_TYPE_BOOLEAN) {
		hash += yscalar_bool(ynode_str(node));
	} else if (decimal_parse(check->scratch, ynode_str(node), &value)) {
		hash = hash_bytes(hash + (uint64_t)value.exponent, (struct str){ value.digits, value.len });
	}
	return hash;
}

/* Items of one hash. */
struct bucket {
	const struct ynode *item;
	struct bucket *next;
};

const struct ynode *
check_repetition(struct check *check, const struct ynode *sequence, uint32_t *ret_index)
{
	struct map buckets = { 0 };
	*ret_index = 0;
	for (const struct ynode *item = sequence->first; item; item = item->next, ++*ret_index) {
		uint64_t *hash = arena_new(check->scratch, uint64_t);
		*hash = hash_value(check, item, 0);
		struct str key = { (const char *)hash, sizeof(*hash) };
		struct bucket *bucket = arena_new(check->scratch, struct bucket);
		bucket->item = item;
		bucket->next = map_put(check->scratch, &buckets, key, bucket);
		for (const struct bucket *other = bucket->next; other; other = other->next) {
			if (check_equal(check, other->item, item, check->options->dialect)) {
				return item;
			}
		}
	}
	return NULL;
}
