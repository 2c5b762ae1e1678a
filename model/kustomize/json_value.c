#include "kustomize/json_value.h"

#include "map.h"
#include "vec.h"

#include <math.h>

void
json_value_write_float(struct buf *out, double value)
{
	char text[40];
	for (int digits = 1; digits <= 17; digits++) {
		(void)snprintf(text, sizeof(text), "%.*e", digits - 1, value);
		if (strtod(text, NULL) == value) {
			break;
		}
	}
	double size = fabs(value);
	if (size == 0 || (size >= 1e-6 && size < 1e21)) {
		const char *e = strchr(text, 'e');
		const char *dot = strchr(text, '.');
		long exponent = e ? strtol(e + 1, NULL, 10) : 0;
		long digits = dot && e ? (long)(e - dot) - 1 : 0;
		buf_addf(out, "%.*f", (int)(digits > exponent ? digits - exponent : 0), value);
		return;
	}
	char *e = strchr(text, 'e');
	if (e && e[1] && e[2] == '0' && e[1] == '-') {
		memmove(e + 2, e + 3, strlen(e + 3) + 1); /* e-07 is e-7 */
	}
	buf_addf(out, "%s", text);
}

static struct str
number_text(struct arena *arena, struct str text, enum ytype type)
{
	struct buf buf = { .arena = arena };
	int64_t integer;
	if (type == YTYPE_INT && yscalar_int(text, &integer)) {
		return arena_printf(arena, "%lld", (long long)integer);
	}
	json_value_write_float(&buf, yscalar_number(text));
	return buf_str(&buf);
}

/* Does go-yaml put quotes around a string when it writes it? */
static bool
is_quoted_when_written(struct str text)
{
	static const struct str old_booleans[] = { STR_INIT("y"), STR_INIT("n"), STR_INIT("yes"),
		STR_INIT("no"), STR_INIT("on"), STR_INIT("off") };
	for (size_t i = 0; i < countof(old_booleans); i++) {
		if (str_eq_nocase(text, old_booleans[i])) {
			return true;
		}
	}
	return text.len == 0 || yscalar_type(text, YDIALECT_YAML_V3) != YTYPE_STRING
		|| str_has_char(STR("-?:,[]{}#&*!|>'\"%@` "), text.ptr[0]) || str_has_char(text, '\n')
		|| str_ends(text, STR(" ")) || str_ends(text, STR(":"))
		|| str_find(text, STR(": ")) < text.len || str_find(text, STR(" #")) < text.len;
}

static struct knode *
make_scalar(struct kpool *pool, struct str text, enum ytype type)
{
	if (type == YTYPE_NULL) {
		return knode_scalar(pool, STR("null"), KTAG_NULL);
	}
	if (type == YTYPE_BOOL) {
		return knode_scalar(pool, yscalar_bool(text) ? STR("true") : STR("false"), KTAG_BOOL);
	}
	if (type == YTYPE_INT || type == YTYPE_FLOAT) {
		return knode_scalar(pool, number_text(pool->arena, text, type),
			type == YTYPE_INT ? KTAG_INT : KTAG_FLOAT);
	}
	struct knode *made = knode_scalar(pool, text, KTAG_STRING);
	made->is_quoted = is_quoted_when_written(text);
	return made;
}

static struct knode *
take(struct kpool *pool, const struct ynode *value, unsigned depth)
{
	const struct ynode *node = ynode_follow(value);
	if (node->kind == YNODE_SCALAR) {
		struct knode *made = make_scalar(pool, ynode_str(node), ynode_type(node, YDIALECT_SIGS_YAML));
		made->from = node;
		return made;
	}
	struct knode *made = knode_collection(pool, node->kind);
	made->from = node;
	if (depth > JSON_VALUE_DEPTH_MAX || pool->is_spent) {
		pool->is_spent = true;
		return made;
	}
	for (const struct ynode *child = node->first; child; child = child->next) {
		struct knode *item = take(pool, child, depth + 1);
		if (node->kind == YNODE_MAPPING && made->len % 2 == 0) {
			knode_put_text(item, ynode_str(child), KTAG_STRING);
		}
		vec_push(pool->arena, made, item);
	}
	return made;
}

struct knode *
json_value_take(struct kpool *pool, const struct ynode *value)
{
	return take(pool, value, 0);
}

/* "2001-02-03" becomes a time, and JSON has times as text. */
static struct str
time_text(struct arena *arena, struct str text)
{
	return text.len == 10 ? arena_printf(arena, "%.*sT00:00:00Z", STR_ARG(text)) : text;
}

static bool
has_duplicate(struct arena *scratch, const struct knode *map)
{
	enum { FEW = 32 };
	struct map seen = { 0 };
	for (size_t i = 0; i < map->len; i += 2) {
		for (size_t j = 0; map->len <= FEW && j < i; j += 2) {
			if (str_eq(map->items[i]->text, map->items[j]->text)) {
				return true;
			}
		}
		if (map->len > FEW && map_put(scratch, &seen, map->items[i]->text, map->items[i])) {
			return true;
		}
	}
	return false;
}

static struct knode *
scalar_of(struct knode *node, struct str *ret_why)
{
	enum ytype type;
	if (!knode_type(node, &type)) {
		*ret_why = STR("a value is not of the type that its tag says");
		return NULL;
	}
	struct str text = node->text;
	if (node->tag == KTAG_TIME && !node->is_quoted) {
		text = time_text(node->pool->arena, text);
	}
	if (type == YTYPE_FLOAT && !isfinite(yscalar_number(text))) {
		*ret_why = STR("JSON has no such number");
		return NULL;
	}
	struct knode *made = make_scalar(node->pool, text, type);
	made->from = node->from;
	return made;
}

static struct knode *of_object(struct knode *node, unsigned depth, struct str *ret_why);

static struct knode *
key_of(struct knode *key, unsigned depth, struct str *ret_why)
{
	enum ytype type = YTYPE_MAPPING;
	bool is_string = key->kind == YNODE_SCALAR && knode_type(key, &type) && type == YTYPE_STRING
		&& (key->tag != KTAG_TIME || key->is_quoted);
	if (!is_string && (depth > 0 || key->kind != YNODE_SCALAR)) {
		*ret_why = STR("a key is no string");
		return NULL;
	}
	struct knode *made = knode_scalar(key->pool, key->text, KTAG_STRING);
	made->from = key->from;
	return made;
}

static struct knode *
of_object(struct knode *node, unsigned depth, struct str *ret_why)
{
	if (node->kind == YNODE_SCALAR) {
		return scalar_of(node, ret_why);
	}
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct knode *made = knode_collection(node->pool, node->kind);
	made->from = node->from;
	knode_open(node);
	if (depth > JSON_VALUE_DEPTH_MAX || node->pool->is_spent) {
		node->pool->is_spent = true;
		return made;
	}
	if (node->kind == YNODE_MAPPING && has_duplicate(&scratch, node)) {
		*ret_why = STR("a mapping has a key twice");
		return NULL;
	}
	for (size_t i = 0; i < node->len; i++) {
		bool is_key = node->kind == YNODE_MAPPING && i % 2 == 0;
		struct knode *item = is_key ? key_of(node->items[i], depth, ret_why)
					    : of_object(node->items[i], depth + 1, ret_why);
		if (!item) {
			return NULL;
		}
		vec_push(node->pool->arena, made, item);
	}
	return made;
}

struct knode *
json_value_of(struct knode *object, struct str *ret_why)
{
	return of_object(object, 0, ret_why);
}

static void
write_char(struct buf *out, char c)
{
	static const struct str plain = STR_INIT("\"\\\n\r\t\b\f"), escaped = STR_INIT("\"\\nrtbf");
	size_t short_form = str_find_char(plain, c);
	if (short_form < plain.len) {
		buf_addf(out, "\\%c", escaped.ptr[short_form]);
	} else if ((unsigned char)c < 0x20 || c == '<' || c == '>' || c == '&') {
		buf_addf(out, "\\u%04x", (unsigned char)c);
	} else {
		buf_add_char(out, c);
	}
}

/* As Go's encoding/json writes a text: fit for HTML and, without its two line separators, for JavaScript. */
static void
write_string(struct buf *out, struct str text)
{
	buf_add_char(out, '"');
	while (text.len > 0) {
		if (str_starts(text, STR("\xe2\x80\xa8")) || str_starts(text, STR("\xe2\x80\xa9"))) {
			buf_add(out, text.ptr[2] == '\xa8' ? STR("\\u2028") : STR("\\u2029"));
			text = str_skip(text, 3);
		} else {
			write_char(out, text.ptr[0]);
			text = str_skip(text, 1);
		}
	}
	buf_add_char(out, '"');
}

static int
compare_keys(const void *a, const void *b)
{
	return str_cmp(
		ynode_str(*(const struct ynode *const *)a), ynode_str(*(const struct ynode *const *)b));
}

static void
write_map(struct buf *out, const struct ynode *map)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	const struct ynode **keys = arena_new_n(&scratch, const struct ynode *, map->len / 2 + 1);
	size_t count = 0;
	for (const struct ynode *key = map->first; key; key = key->next->next) {
		keys[count++] = key;
	}
	if (count > 0) {
		qsort(keys, count, sizeof(keys[0]), compare_keys);
	}
	for (size_t i = 0; i < count; i++) {
		buf_add_char(out, i > 0 ? ',' : '{');
		write_string(out, ynode_str(keys[i]));
		buf_add_char(out, ':');
		json_value_write(out, keys[i]->next);
	}
	buf_add(out, count > 0 ? STR("}") : STR("{}"));
}

void
json_value_write(struct buf *out, const struct ynode *value)
{
	value = ynode_follow(value);
	if (value->kind == YNODE_MAPPING) {
		write_map(out, value);
		return;
	}
	if (value->kind == YNODE_SEQUENCE) {
		buf_add_char(out, '[');
		for (const struct ynode *item = value->first; item; item = item->next) {
			json_value_write(out, item);
			buf_add(out, item->next ? STR(",") : STR(""));
		}
		buf_add_char(out, ']');
		return;
	}
	enum ytype type = ynode_type(value, YDIALECT_YAML_V3);
	if (type == YTYPE_STRING) {
		write_string(out, ynode_str(value));
	} else {
		buf_add(out, type == YTYPE_NULL ? STR("null") : ynode_str(value));
	}
}
