#include "kustomize/merge.h"

#include "kustomize/merge_list.h"
#include "vec.h"

enum directive { DIRECTIVE_MERGE, DIRECTIVE_REPLACE, DIRECTIVE_DELETE, DIRECTIVE_UNKNOWN };

static enum directive
directive_named(struct str word)
{
	if (str_eq(word, STR("delete"))) {
		return DIRECTIVE_DELETE;
	}
	if (str_eq(word, STR("replace"))) {
		return DIRECTIVE_REPLACE;
	}
	return str_eq(word, STR("merge")) ? DIRECTIVE_MERGE : DIRECTIVE_UNKNOWN;
}

/* The `$patch` of a mapping, which is taken out. */
static enum directive
take_map_directive(struct knode *patch)
{
	struct knode *word = knode_get(patch, STR("$patch"));
	if (!word) {
		return DIRECTIVE_MERGE;
	}
	enum directive directive = directive_named(word->kind == YNODE_SCALAR ? word->text : STR(""));
	if (directive != DIRECTIVE_UNKNOWN) {
		knode_remove(patch, STR("$patch"));
	}
	return directive;
}

/* The same of a list: an item that holds nothing else. */
static enum directive
take_list_directive(struct knode *patch)
{
	knode_open(patch);
	for (size_t i = 0; i < patch->len; i++) {
		struct knode *word = knode_get(patch->items[i], STR("$patch"));
		if (!word) {
			continue;
		}
		if (patch->items[i]->len > 2) {
			return DIRECTIVE_MERGE;
		}
		struct str text = word->kind == YNODE_SCALAR ? word->text : STR("");
		enum directive directive = directive_named(text);
		if (directive != DIRECTIVE_UNKNOWN) {
			struct merge_key key = { { STR("$patch") }, 1, { text }, 1 };
			struct str why;
			return merge_list_set(patch, NULL, &key, &why) ? directive : DIRECTIVE_UNKNOWN;
		}
		return directive;
	}
	return DIRECTIVE_MERGE;
}

static bool
fail(struct merge *merge, const char *why)
{
	merge->why = str_from(why);
	return false;
}

/* What the merge of two mappings starts from: NULL clears the field. */
static bool
visit_map(struct merge *merge, struct knode *base, struct knode *patch, struct knode **ret_start)
{
	*ret_start = NULL;
	if (knode_is_missing(base)) {
		if (patch && patch->kind == YNODE_MAPPING && take_map_directive(patch) == DIRECTIVE_DELETE) {
			return true;
		}
		bool stays = !patch && base && base->text.len > 0;
		*ret_start = stays ? knode_copy(base) : patch;
		if (stays) {
			(*ret_start)->keeps_null = true;
		}
		return true;
	}
	if (patch && knode_is_missing(patch)) {
		return true;
	}
	enum directive directive = patch ? take_map_directive(patch) : DIRECTIVE_MERGE;
	if (directive == DIRECTIVE_UNKNOWN) {
		return fail(merge, "unknown patch strategy");
	}
	if (directive != DIRECTIVE_DELETE) {
		*ret_start = directive == DIRECTIVE_REPLACE ? patch : base;
	}
	return true;
}

static int
compare_names(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

struct names {
	struct str *items;
	size_t len, cap;
};

/* The keys of both, sorted, each once. */
static void
collect_names(struct arena *scratch, struct knode *a, struct knode *b, struct names *names)
{
	struct knode *const maps[] = { a, b };
	for (size_t m = 0; m < countof(maps); m++) {
		if (!maps[m] || maps[m]->kind != YNODE_MAPPING) {
			continue;
		}
		knode_open(maps[m]);
		for (size_t i = 0; i < maps[m]->len; i += 2) {
			vec_push(scratch, names, maps[m]->items[i]->text);
		}
	}
	if (names->len > 0) {
		qsort(names->items, names->len, sizeof(struct str), compare_names);
	}
	size_t kept = 0;
	for (size_t i = 0; i < names->len; i++) {
		if (kept == 0 || !str_eq(names->items[kept - 1], names->items[i])) {
			names->items[kept++] = names->items[i];
		}
	}
	names->len = kept;
}

/* kyaml's FieldSetter: what is null or gone clears the field. */
static void
set_field(struct knode *map, struct str name, struct knode *value)
{
	if (!value || (knode_is_missing(value) && !value->keeps_null)) {
		knode_remove(map, name);
	} else {
		knode_set(map, name, value);
	}
}

/* Types of embedded objects are looked up by what they say they are. */
static merge_type
type_of(struct knode *base, struct knode *patch, merge_type known)
{
	struct knode *const maps[] = { base, patch };
	for (size_t i = 0; known == 0 && i < countof(maps); i++) {
		known = merge_type_of_kind(knode_text(knode_get(maps[i], STR("apiVersion"))),
			knode_text(knode_get(maps[i], STR("kind"))));
	}
	return known;
}

static bool
walk_map(struct merge *merge, struct knode *base, struct knode *patch, merge_type type,
	struct knode **ret_merged)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct names names = { 0 };
	if (!visit_map(merge, base, patch, ret_merged) || !*ret_merged) {
		return merge->why.len == 0;
	}
	collect_names(&scratch, *ret_merged, patch, &names);
	for (size_t i = 0; i < names.len; i++) {
		struct merge_field field = merge_field_of(type, names.items[i]);
		struct knode *value;
		if (!merge_walk(merge, knode_get(*ret_merged, names.items[i]),
			    knode_get(patch, names.items[i]), &field, &value)) {
			return false;
		}
		set_field(*ret_merged, names.items[i], value);
	}
	return true;
}

static bool
walk_joined_list(struct merge *merge, struct knode *base, struct knode *patch,
	const struct merge_field *field, struct knode **ret_merged)
{
	*ret_merged = NULL;
	struct knode *start = base;
	if (knode_is_missing(base)) {
		start = patch;
	} else if (patch && knode_is_missing(patch)) {
		return true;
	} else if (patch) {
		enum directive directive = take_list_directive(patch);
		if (directive == DIRECTIVE_UNKNOWN) {
			return fail(merge, "unknown patch strategy");
		}
		if (directive == DIRECTIVE_DELETE) {
			return true;
		}
		start = directive == DIRECTIVE_REPLACE ? patch : base;
	}
	return !start || merge_lists(merge, start, patch, field, ret_merged);
}

static bool
are_alike(const struct knode *base, const struct knode *patch)
{
	return knode_is_missing(base) || knode_is_missing(patch) || base->kind == patch->kind;
}

bool
merge_walk(struct merge *merge, struct knode *base, struct knode *patch, const struct merge_field *field,
	struct knode **ret_merged)
{
	*ret_merged = NULL;
	if (!are_alike(base, patch)) {
		return fail(merge, "a patch changes the type of a field");
	}
	if (merge->depth >= MERGE_DEPTH_MAX) {
		(base ? base : patch)->pool->is_spent = true;
		return fail(merge, "too deep");
	}
	bool done = true;
	const struct knode *first = !knode_is_missing(base) ? base : patch;
	merge->depth++;
	if (knode_is_missing(first) || first->kind == YNODE_MAPPING) {
		done = walk_map(merge, base, patch, type_of(base, patch, field->type), ret_merged);
	} else if (first->kind == YNODE_SEQUENCE && field->joins) {
		done = walk_joined_list(merge, base, patch, field, ret_merged);
	} else {
		*ret_merged = patch ? patch : base;
	}
	merge->depth--;
	return done;
}

bool
merge_patch(struct knode *base, struct knode *patch, struct knode **ret_merged, struct str *ret_why)
{
	struct merge merge = { 0 };
	const struct merge_field root = { 0 };
	bool done = merge_walk(&merge, base, patch, &root, ret_merged);
	*ret_why = merge.why;
	return done;
}
