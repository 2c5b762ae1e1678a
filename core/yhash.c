#include "yhash.h"

#include "map.h"
#include "yscalar.h"

struct hasher {
	struct arena arena;
	struct map anchored; /* hashes of nodes that have an anchor, by address: an alias costs one look-up */
};

/* An entry of a mapping, on its way to be sorted. */
struct entry {
	uint64_t key, value;
	size_t at;
};

/* What a hash begins with: no two kinds of node share one. */
enum { DOCUMENTS = 1, BYTES, MAPPING, SEQUENCE, MERGE, SCALAR };

static uint64_t hash_node(struct hasher *hasher, const struct ynode *node);

/* Each bit of either changes half of the result's (Steele, Lea, Flood: SplitMix64). */
WRAPS static uint64_t
mix(uint64_t hash, uint64_t word)
{
	uint64_t x = (hash ^ (hash >> 32)) * 0x9e3779b97f4a7c15U + word;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
	return x ^ (x >> 31);
}

static uint64_t
mix_text(uint64_t hash, struct str text)
{
	return mix(mix(hash, text.len), hash_bytes(HASH_SEED, text));
}

uint64_t
yhash_bytes(struct str bytes)
{
	return mix_text(BYTES, bytes);
}

/* Tags that only say what the node's type says; others mean something to somebody. */
static struct str
foreign_tag(const struct ynode *node)
{
	static const struct str own[] = { STR_INIT("tag:yaml.org,2002:str"),
		STR_INIT("tag:yaml.org,2002:int"), STR_INIT("tag:yaml.org,2002:float"),
		STR_INIT("tag:yaml.org,2002:bool"), STR_INIT("tag:yaml.org,2002:null"),
		STR_INIT("tag:yaml.org,2002:map"), STR_INIT("tag:yaml.org,2002:seq") };
	struct str tag = ynode_tag(node);
	for (size_t i = 0; i < countof(own); i++) {
		if (str_eq(tag, own[i])) {
			return STR("");
		}
	}
	return tag;
}

/* Types as both families of readers see them: where they differ, quotes more or less are an edit. */
static uint64_t
hash_scalar(const struct ynode *node)
{
	struct str text = ynode_str(node);
	enum ytype old = ynode_type(node, YDIALECT_SIGS_YAML), new = ynode_type(node, YDIALECT_YAML_V3);
	bool is_merge = node->style == YSTYLE_PLAIN && str_eq(text, STR("<<"));
	uint64_t hash = mix_text(is_merge ? MERGE : SCALAR, foreign_tag(node));
	hash = mix(mix(hash, (uint64_t)old), (uint64_t) new);
	if (old == YTYPE_NULL && new == YTYPE_NULL) {
		return hash; /* nothing, ~ and null */
	}
	if (old == YTYPE_BOOL && new == YTYPE_BOOL) {
		return mix(hash, yscalar_bool(text)); /* True is true */
	}
	return mix_text(hash, text);
}

static int
compare_entries(const void *a, const void *b)
{
	const struct entry *left = a, *right = b;
	if (left->key != right->key) {
		return left->key < right->key ? -1 : 1;
	}
	return left->at < right->at ? -1 : left->at > right->at; /* of equal keys the last one counts */
}

static uint64_t
hash_mapping(struct hasher *hasher, const struct ynode *map)
{
	size_t len = map->len / 2, at = 0;
	struct entry *entries = arena_new_n(&hasher->arena, struct entry, len + 1);
	for (const struct ynode *key = map->first; key; key = key->next->next, at++) {
		entries[at] = (struct entry){ hash_node(hasher, key), hash_node(hasher, key->next), at };
	}
	qsort(entries, len, sizeof(*entries), compare_entries);
	uint64_t hash = mix_text(mix(MAPPING, len), foreign_tag(map));
	for (size_t i = 0; i < len; i++) {
		hash = mix(mix(hash, entries[i].key), entries[i].value);
	}
	return hash;
}

static uint64_t
hash_sequence(struct hasher *hasher, const struct ynode *sequence)
{
	uint64_t hash = mix_text(mix(SEQUENCE, sequence->len), foreign_tag(sequence));
	for (const struct ynode *item = sequence->first; item; item = item->next) {
		hash = mix(hash, hash_node(hasher, item));
	}
	return hash;
}

static struct str
address_of(struct hasher *hasher, const struct ynode *node)
{
	const struct ynode **slot = arena_new(&hasher->arena, const struct ynode *);
	*slot = node;
	return (struct str){ (const char *)slot, sizeof(const struct ynode *) };
}

static uint64_t
hash_anew(struct hasher *hasher, const struct ynode *node)
{
	switch ((enum ynode_kind)node->kind) {
	case YNODE_MAPPING:
		return hash_mapping(hasher, node);
	case YNODE_SEQUENCE:
		return hash_sequence(hasher, node);
	case YNODE_SCALAR:
	case YNODE_ALIAS:
		break;
	}
	return hash_scalar(node);
}

/* The reader bounds the depth. What an alias stands for lies before it and outside of what holds it. */
static uint64_t
hash_node(struct hasher *hasher, const struct ynode *node)
{
	node = ynode_follow(node);
	const struct yextra *extra = ynode_extra(node);
	if (!extra || extra->anchor.len == 0) {
		return hash_anew(hasher, node);
	}
	struct str address = address_of(hasher, node);
	uint64_t *known = map_get(&hasher->anchored, address);
	if (!known) {
		known = arena_new(&hasher->arena, uint64_t);
		*known = hash_anew(hasher, node);
		map_put(&hasher->arena, &hasher->anchored, address, known);
	}
	return *known;
}

static bool
is_empty(const struct ydoc *doc)
{
	const struct ynode *root = doc->root;
	return root->kind == YNODE_SCALAR && root->style == YSTYLE_PLAIN && root->len == 0
		&& ynode_tag(root).len == 0;
}

uint64_t
yhash_documents(const struct ydoc *docs)
{
	struct hasher hasher = { .arena = { 0 } };
	uint64_t hash = DOCUMENTS;
	for (const struct ydoc *doc = docs; doc; doc = doc->next) {
		if (!is_empty(doc)) {
			hash = mix(hash, hash_node(&hasher, doc->root));
		}
	}
	arena_release(&hasher.arena);
	return hash;
}

bool
yhash_text(struct str text, uint64_t *ret_hash)
{
	struct arena CLEANUP(arena_release) arena = { 0 }, CLEANUP(arena_release) scratch = { 0 };
	struct source source = { STR("text"), text };
	const struct ydoc *docs = NULL;
	struct ysyntax_error error;
	if (!ytree_parse(&arena, &scratch, &source, 1, YTREE_VALUES, &docs, &error)) {
		return false;
	}
	*ret_hash = yhash_documents(docs);
	return true;
}
