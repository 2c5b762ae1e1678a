#include "kustomize/json_patch.h"

#include "json.h"
#include "kustomize/json_value.h"
#include "tojson.h"
#include "vec.h"

struct patcher {
	struct kpool *pool;
	struct knode *root;
	struct str why;
};

static const struct ynode *
parse_yaml(struct arena *arena, struct str text)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct source *source = arena_new(arena, struct source);
	const struct ydoc *docs;
	struct ysyntax_error error;
	struct tojson_error json_error;
	source->path = STR("");
	source->text = text;
	if (!ytree_parse(arena, &scratch, source, 0, YTREE_VALUES, &docs, &error) && !docs) {
		return NULL;
	}
	if (!docs) {
		return ynode_collection(arena, YNODE_SEQUENCE);
	}
	return tojson(arena, docs->root, &json_error);
}

const struct ynode *
json_patch_read(struct arena *arena, struct str text, struct str *ret_why)
{
	struct error error;
	const struct ynode *list =
		str_starts(text, STR("[")) ? json_parse(arena, text, &error) : parse_yaml(arena, text);
	if (list && ynode_type(list, YDIALECT_SIGS_YAML) == YTYPE_NULL) {
		list = ynode_collection(arena, YNODE_SEQUENCE);
	}
	*ret_why = STR("it is no list of operations");
	if (!list || list->kind != YNODE_SEQUENCE) {
		return NULL;
	}
	for (const struct ynode *item = list->first; item; item = item->next) {
		if (item->kind != YNODE_MAPPING && ynode_type(item, YDIALECT_SIGS_YAML) != YTYPE_NULL) {
			return NULL;
		}
	}
	return list;
}

static bool
fail(struct patcher *patcher, const char *what, struct str path)
{
	patcher->why = arena_printf(patcher->pool->arena, "%s: \"%.*s\"", what, STR_ARG(path));
	return false;
}

/* "a~1b~0c" is "a/b~c". */
static struct str
decode_token(struct arena *arena, struct str token)
{
	struct buf buf = { .arena = arena };
	for (size_t i = 0; i < token.len; i++) {
		bool is_escape = token.ptr[i] == '~' && i + 1 < token.len
			&& (token.ptr[i + 1] == '1' || token.ptr[i + 1] == '0');
		if (is_escape) {
			i++;
			buf_add_char(&buf, token.ptr[i] == '1' ? '/' : '~');
		} else {
			buf_add_char(&buf, token.ptr[i]);
		}
	}
	return buf.data ? buf_str(&buf) : STR("");
}

/* As Go's strconv.Atoi. */
static bool
read_index(struct str text, long *ret_index)
{
	enum { INDEX_DIGITS_MAX = 9 };
	bool is_negative = str_starts(text, STR("-"));
	struct str digits = is_negative || str_starts(text, STR("+")) ? str_skip(text, 1) : text;
	long index = 0;
	if (digits.len == 0 || digits.len > INDEX_DIGITS_MAX) {
		return false;
	}
	for (size_t i = 0; i < digits.len; i++) {
		if (digits.ptr[i] < '0' || digits.ptr[i] > '9') {
			return false;
		}
		index = index * 10 + (digits.ptr[i] - '0');
	}
	*ret_index = is_negative ? -index : index;
	return true;
}

/* The place of an existing item; negative counts from behind. */
static bool
item_index(const struct knode *list, struct str key, size_t *ret_index)
{
	long index;
	if (!read_index(key, &index) || index >= (long)list->len || index < -(long)list->len) {
		return false;
	}
	*ret_index = (size_t)(index < 0 ? index + (long)list->len : index);
	return true;
}

/* *ret_value is NULL for an absent key of a mapping, which is no failure. */
static bool
get(struct knode *container, struct str key, struct knode **ret_value)
{
	size_t index;
	*ret_value = NULL;
	if (container->kind == YNODE_MAPPING) {
		*ret_value = knode_get(container, key);
		return true;
	}
	if (!item_index(container, key, &index)) {
		return false;
	}
	*ret_value = container->items[index];
	return true;
}

/* What holds the last token of the path, and that token; what is before the first '/' counts for nothing. */
static bool
find_container(struct patcher *patcher, struct str path, struct knode **ret_container, struct str *ret_key)
{
	struct str rest = path;
	struct knode *container = patcher->root;
	(void)str_cut(&rest, '/');
	while (rest.ptr) {
		*ret_key = decode_token(patcher->pool->arena, str_cut(&rest, '/'));
		*ret_container = container;
		if (!rest.ptr) {
			return true;
		}
		struct knode *next;
		if (!get(container, *ret_key, &next) || !next || next->kind == YNODE_SCALAR) {
			return false;
		}
		container = next;
	}
	return false;
}

/* JSON knows no quotes of what was there before. */
static void
put(struct knode *map, struct str key, struct knode *value)
{
	bool is_quoted = value->is_quoted;
	knode_set(map, key, value);
	value->is_quoted = is_quoted;
}

static bool
add(struct knode *container, struct str key, struct knode *value)
{
	long index;
	if (container->kind == YNODE_MAPPING) {
		put(container, key, value);
		return true;
	}
	if (str_eq(key, STR("-"))) {
		knode_append(container, value);
		return true;
	}
	long places = (long)container->len + 1;
	if (!read_index(key, &index) || index >= places || index < -places) {
		return false;
	}
	size_t at = (size_t)(index < 0 ? index + places : index);
	knode_append(container, value);
	memmove(&container->items[at + 1], &container->items[at],
		(container->len - 1 - at) * sizeof(struct knode *));
	container->items[at] = value;
	return true;
}

static bool
take_out(struct knode *container, struct str key)
{
	size_t index;
	if (container->kind == YNODE_MAPPING) {
		if (!knode_get(container, key)) {
			return false;
		}
		knode_remove(container, key);
		return true;
	}
	if (!item_index(container, key, &index)) {
		return false;
	}
	memmove(&container->items[index], &container->items[index + 1],
		(container->len - index - 1) * sizeof(struct knode *));
	container->len--;
	return true;
}

static bool
is_equal(struct knode *a, struct knode *b)
{
	if (a->kind != b->kind) {
		return false;
	}
	if (a->kind == YNODE_SCALAR) {
		return a->tag == b->tag && str_eq(a->text, b->text);
	}
	if (a->len != b->len) {
		return false;
	}
	size_t step = a->kind == YNODE_MAPPING ? 2 : 1;
	for (size_t i = 0; i < a->len; i += step) {
		struct knode *own = a->items[i + step - 1];
		struct knode *other =
			a->kind == YNODE_MAPPING ? knode_get(b, a->items[i]->text) : b->items[i];
		if (!other || !is_equal(own, other)) {
			return false;
		}
	}
	return true;
}

static struct knode *
value_of(struct patcher *patcher, const struct ynode *operation)
{
	const struct ynode *value = ynode_get(operation, STR("value"));
	return value ? json_value_take(patcher->pool, value)
		     : knode_scalar(patcher->pool, STR("null"), KTAG_NULL);
}

static bool
replace(struct patcher *patcher, struct str path, struct knode *value)
{
	struct knode *container, *old;
	struct str key;
	if (path.len == 0) {
		patcher->root = value;
		return value->kind == YNODE_MAPPING || fail(patcher, "the whole object is replaced", path);
	}
	if (!find_container(patcher, path, &container, &key) || !get(container, key, &old)) {
		return fail(patcher, "there is nothing to replace", path);
	}
	size_t index;
	if (container->kind == YNODE_MAPPING) {
		put(container, key, value);
	} else if (item_index(container, key, &index)) {
		container->items[index] = value;
	}
	return true;
}

static bool
test(struct patcher *patcher, struct str path, const struct ynode *operation)
{
	struct knode *container, *old;
	struct str key;
	struct knode *value = value_of(patcher, operation);
	if (path.len == 0) {
		return is_equal(patcher->root, value) || fail(patcher, "the test fails", path);
	}
	if (!find_container(patcher, path, &container, &key) || !get(container, key, &old)) {
		return fail(patcher, "there is nothing to test", path);
	}
	bool is_null = old ? knode_is_missing(old) : true;
	bool passes = is_null ? ynode_get(operation, STR("value")) && knode_is_missing(value)
			      : is_equal(old, value);
	return passes || fail(patcher, "the test fails", path);
}

static bool
move_or_copy(struct patcher *patcher, struct str path, const struct ynode *operation, bool is_move)
{
	const struct ynode *node = ynode_get(operation, STR("from"));
	struct str from = ynode_str(node);
	struct knode *container, *value;
	struct str key;
	if (!node || !find_container(patcher, from, &container, &key) || !get(container, key, &value)) {
		return fail(patcher, "there is nothing to take", from);
	}
	if (is_move && !take_out(container, key)) {
		return fail(patcher, "there is nothing to move", from);
	}
	if (!value) {
		value = knode_scalar(patcher->pool, STR("null"), KTAG_NULL);
	} else if (!is_move) {
		value = knode_copy(value);
	}
	if (!find_container(patcher, path, &container, &key) || !add(container, key, value)) {
		return fail(patcher, "there is no such place", path);
	}
	return true;
}

static bool
apply(struct patcher *patcher, const struct ynode *operation)
{
	struct str kind = ynode_str(ynode_get(operation, STR("op")));
	const struct ynode *path_node = ynode_get(operation, STR("path"));
	struct str path = ynode_str(path_node), key;
	struct knode *container;
	if (ynode_type(path_node, YDIALECT_SIGS_YAML) != YTYPE_STRING) {
		return fail(patcher, "an operation has no path", kind);
	}
	if (str_eq(kind, STR("add"))) {
		return (find_container(patcher, path, &container, &key)
			       && add(container, key, value_of(patcher, operation)))
			|| fail(patcher, "there is no place to add to", path);
	}
	if (str_eq(kind, STR("remove"))) {
		return (find_container(patcher, path, &container, &key) && take_out(container, key))
			|| fail(patcher, "there is nothing to remove", path);
	}
	if (str_eq(kind, STR("replace"))) {
		return replace(patcher, path, value_of(patcher, operation));
	}
	if (str_eq(kind, STR("test"))) {
		return test(patcher, path, operation);
	}
	if (str_eq(kind, STR("move")) || str_eq(kind, STR("copy"))) {
		return move_or_copy(patcher, path, operation, str_eq(kind, STR("move")));
	}
	return fail(patcher, "no such operation", kind);
}

bool
json_patch_apply(
	struct knode *root, const struct ynode *operations, struct knode **ret_root, struct str *ret_why)
{
	struct patcher patcher = { .pool = root->pool, .root = root };
	for (const struct ynode *item = operations->first; item; item = item->next) {
		if (!apply(&patcher, item)) {
			*ret_why = patcher.why;
			return false;
		}
	}
	*ret_root = patcher.root;
	return true;
}
