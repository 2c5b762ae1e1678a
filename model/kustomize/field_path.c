#include "kustomize/field_path.h"

#include "kustomize/field_spec.h"
#include "vec.h"

/* The rest of a part in brackets that has dots in it: a key once "[a.b/c]" names no value. */
static struct str
close_bracket(struct arena *arena, struct str part, struct str *path)
{
	struct str more = STR("");
	while (!str_ends(more, STR("]")) && field_path_next(arena, path, '.', &more)) {
		part = arena_printf(arena, "%.*s.%.*s", STR_ARG(part), STR_ARG(more));
	}
	if (str_has_char(part, '=')) {
		return part;
	}
	while (part.len > 0 && str_has_char(STR("[]"), part.ptr[0])) {
		part = str_skip(part, 1);
	}
	while (part.len > 0 && str_has_char(STR("[]"), part.ptr[part.len - 1])) {
		part.len--;
	}
	return part;
}

bool
field_path_split(struct arena *arena, struct str path, struct strs *parts)
{
	struct str part;
	if (str_starts(path, STR("."))) {
		path = str_skip(path, 1);
	}
	while (field_path_next(arena, &path, '.', &part)) {
		if (str_starts(part, STR("[")) && !str_ends(part, STR("]"))) {
			part = close_bracket(arena, part, &path);
		}
		if (parts->len >= FIELD_PATH_PARTS_MAX) {
			return false;
		}
		vec_push(arena, parts, part);
	}
	return true;
}

static bool
is_index(struct str part, size_t *ret_index)
{
	enum { DIGITS_MAX = 9 };
	*ret_index = 0;
	for (size_t i = 0; i < part.len; i++) {
		if (part.ptr[i] < '0' || part.ptr[i] > '9') {
			return false;
		}
		*ret_index = *ret_index * 10 + (size_t)(part.ptr[i] - '0');
	}
	return part.len > 0 && part.len <= DIGITS_MAX;
}

static bool
is_bracketed(struct str part)
{
	return str_starts(part, STR("[")) && str_ends(part, STR("]"));
}

/* "[name=value]"; false without '='. */
static bool
split_bracket(struct str part, struct str *ret_name, struct str *ret_value)
{
	struct str inner = { part.ptr + 1, part.len - 2 };
	size_t equals = str_find_char(inner, '=');
	*ret_name = str_first(inner, equals);
	*ret_value = str_skip(inner, equals + 1);
	return equals < inner.len;
}

static enum path_result
get_item(struct knode *node, size_t index, bool is_last, struct knode **ret_item)
{
	if (node->kind != YNODE_SEQUENCE) {
		return PATH_FAILS;
	}
	knode_open(node);
	if (is_last && node->len == 0) {
		return PATH_FAILS;
	}
	index = is_last ? node->len - 1 : index;
	if (index >= node->len) {
		return PATH_ABSENT;
	}
	*ret_item = node->items[index];
	return PATH_FOUND;
}

static enum path_result
get_by_value(struct knode *node, struct str part, struct knode **ret_item)
{
	struct str name, value;
	if (!split_bracket(part, &name, &value) || node->kind != YNODE_SEQUENCE) {
		return PATH_FAILS;
	}
	knode_open(node);
	for (size_t i = 0; i < node->len; i++) {
		struct knode *field = name.len > 0 ? knode_get(node->items[i], name) : node->items[i];
		if (field && field->kind == YNODE_SCALAR && str_eq(field->text, value)) {
			*ret_item = node->items[i];
			return PATH_FOUND;
		}
	}
	return PATH_ABSENT;
}

/* What lies one part further; a part is no pattern here. */
static enum path_result
get_part(struct knode *node, struct str part, struct knode **ret_field)
{
	size_t index;
	bool is_last = str_eq(part, STR("-"));
	if (str_eq(part, STR("*"))) {
		return PATH_FAILS;
	}
	if (knode_is_missing(node)) {
		return PATH_ABSENT;
	}
	if (is_index(part, &index) || is_last) {
		return get_item(node, index, is_last, ret_field);
	}
	if (is_bracketed(part)) {
		return get_by_value(node, part, ret_field);
	}
	if (node->kind != YNODE_MAPPING) {
		return PATH_FAILS;
	}
	*ret_field = knode_get(node, part);
	return *ret_field ? PATH_FOUND : PATH_ABSENT;
}

enum path_result
field_path_get(const struct strs *parts, struct knode *root, struct knode **ret_field)
{
	enum path_result result = PATH_FOUND;
	*ret_field = root;
	for (size_t i = 0; i < parts->len && result == PATH_FOUND; i++) {
		struct str part = str_trim(parts->items[i]);
		if (part.len > 0) {
			result = get_part(*ret_field, part, ret_field);
		}
	}
	return result;
}

struct matching {
	struct arena *arena;
	const struct strs *parts;
	bool creates;
	enum ynode_kind kind;
	struct knodes *found;
};

static enum path_result match(struct matching *matching, struct knode *node, size_t at);

/* What the next part needs to stand on. */
static struct knode *
make_for(struct matching *matching, struct kpool *pool, size_t at)
{
	size_t index;
	struct str next = at < matching->parts->len ? matching->parts->items[at] : STR("");
	enum ynode_kind kind = at >= matching->parts->len      ? matching->kind
		: is_bracketed(next) || is_index(next, &index) ? YNODE_SEQUENCE
							       : YNODE_MAPPING;
	return kind == YNODE_SCALAR ? knode_scalar(pool, STR(""), KTAG_NONE) : knode_collection(pool, kind);
}

static enum path_result
match_index(struct matching *matching, struct knode *node, size_t index, size_t at)
{
	if (node->kind != YNODE_SEQUENCE) {
		return PATH_FAILS;
	}
	knode_open(node);
	if (index == node->len && matching->creates) {
		knode_append(node, make_for(matching, node->pool, at + 1));
	}
	return index < node->len ? match(matching, node->items[index], at + 1) : PATH_FAILS;
}

/* Unanchored; patterns that mean more than themselves are left open. */
static enum path_result
is_matched(struct str pattern, struct str text)
{
	for (size_t i = 0; i < pattern.len; i++) {
		if (str_has_char(STR("\\^$*+?()[]{}|"), pattern.ptr[i])) {
			return PATH_UNKNOWN;
		}
	}
	for (size_t at = 0; at + pattern.len <= text.len; at++) {
		bool same = true;
		for (size_t i = 0; same && i < pattern.len; i++) {
			same = pattern.ptr[i] == '.' || pattern.ptr[i] == text.ptr[at + i];
		}
		if (same) {
			return PATH_FOUND;
		}
	}
	return PATH_ABSENT;
}

static enum path_result
match_item(struct matching *matching, struct knode *item, struct str name, struct str value, size_t at)
{
	struct knode *field = name.len > 0 ? knode_get(item, name) : item;
	if (!field) {
		return PATH_ABSENT;
	}
	if (field->kind != YNODE_SCALAR) {
		return PATH_UNKNOWN;
	}
	enum path_result result = is_matched(value, str_trim(field->text));
	if (result != PATH_FOUND) {
		return result;
	}
	if (name.len == 0) {
		vec_push(matching->arena, matching->found, item);
		return PATH_FOUND;
	}
	return match(matching, item, at + 1);
}

static void
append_item(struct knode *list, struct str name, struct str value)
{
	struct knode *text = knode_scalar(list->pool, value, KTAG_NONE);
	if (name.len == 0) {
		knode_append(list, text);
		return;
	}
	struct knode *item = knode_collection(list->pool, YNODE_MAPPING);
	knode_set(item, name, text);
	knode_append(list, item);
}

static enum path_result
match_items(struct matching *matching, struct knode *node, struct str part, size_t at)
{
	struct str name, value;
	size_t before = matching->found->len;
	if (!split_bracket(part, &name, &value) || node->kind != YNODE_SEQUENCE) {
		return PATH_FAILS;
	}
	knode_open(node);
	for (unsigned round = 0; round < 2; round++) {
		for (size_t i = 0; i < node->len; i++) {
			enum path_result result = match_item(matching, node->items[i], name, value, at);
			if (result == PATH_FAILS || result == PATH_UNKNOWN) {
				return result;
			}
		}
		if (matching->found->len > before || !matching->creates || round > 0) {
			break;
		}
		append_item(node, name, value);
	}
	return PATH_FOUND;
}

static enum path_result
match_all(struct matching *matching, struct knode *node, size_t at)
{
	if (node->kind != YNODE_SEQUENCE) {
		return PATH_FAILS;
	}
	knode_open(node);
	for (size_t i = 0; i < node->len; i++) {
		enum path_result result = match(matching, node->items[i], at + 1);
		if (result == PATH_FAILS || result == PATH_UNKNOWN) {
			return result;
		}
	}
	return PATH_FOUND;
}

static enum path_result
match_field(struct matching *matching, struct knode *node, struct str name, size_t at)
{
	if (knode_is_missing(node)) {
		return matching->creates ? PATH_UNKNOWN : PATH_ABSENT;
	}
	if (node->kind != YNODE_MAPPING) {
		return PATH_FAILS;
	}
	struct knode *field = knode_get(node, name);
	if (!field && !matching->creates) {
		return PATH_ABSENT;
	}
	if (!field) {
		field = make_for(matching, node->pool, at + 1);
		knode_set(node, name, field);
	}
	return match(matching, field, at + 1);
}

static enum path_result
match(struct matching *matching, struct knode *node, size_t at)
{
	size_t index;
	if (at >= matching->parts->len) {
		vec_push(matching->arena, matching->found, node);
		return PATH_FOUND;
	}
	struct str part = matching->parts->items[at];
	if (is_index(part, &index)) {
		return match_index(matching, node, index, at);
	}
	if (is_bracketed(part)) {
		return match_items(matching, node, part, at);
	}
	if (str_eq(part, STR("*"))) {
		return match_all(matching, node, at);
	}
	return match_field(matching, node, part, at);
}

enum path_result
field_path_match(struct arena *arena, const struct strs *parts, struct knode *root, bool creates,
	enum ynode_kind kind, struct knodes *found)
{
	struct matching matching = { arena, parts, creates, kind, found };
	enum path_result result = match(&matching, root, 0);
	bool is_found = result == PATH_FOUND || result == PATH_ABSENT;
	return is_found ? (found->len > 0 ? PATH_FOUND : PATH_ABSENT) : result;
}
