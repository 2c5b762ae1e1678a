/* From the text of a schema to struct subschema: every keyword is known, every pattern and $ref resolved. */
#include "buf.h"
#include "schema_compiler.h"
#include "ypath.h"

enum {
	SUBSCHEMAS_MAX = 200 * 1000,
	REFS_MAX = 100, /* from $ref to $ref to … */
};

bool
keyword_fail(const struct compiler *c, const struct subschema *sub, struct str keyword, const char *problem)
{
	return error_set(c->error, "schema: %.*s/%.*s: %s", STR_ARG(sub->pointer), STR_ARG(keyword), problem);
}

struct str
pointer_join(struct arena *arena, struct str base, struct str segment)
{
	struct buf out = { .arena = arena };
	buf_add(&out, base);
	buf_add_char(&out, '/');
	for (size_t i = 0; i < segment.len; i++) {
		char c = segment.ptr[i];
		if (c == '~' || c == '/') {
			buf_add(&out, c == '~' ? STR("~0") : STR("~1"));
		} else {
			buf_add_char(&out, c);
		}
	}
	return buf_str(&out);
}

struct subschema *
compiler_subschema(struct compiler *c, const struct ynode *node, struct str pointer)
{
	node = ynode_follow(node);
	struct subschema *sub = map_get(&c->known, (struct str){ (const char *)&node, sizeof(node) });
	if (!sub) {
		sub = arena_new(c->arena, struct subschema);
		sub->node = node;
		sub->pointer = pointer;
		map_put(c->arena, &c->known, (struct str){ (const char *)&sub->node, sizeof(sub->node) },
			sub);
		vec_push(c->arena, &c->subschemas, sub);
	}
	return sub;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9') {
		return c - '0';
	}
	char lower = (char)(c | 0x20);
	return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* A pointer in a URI has its odd characters as %HH. */
static struct str
decode_percent(struct arena *arena, struct str text)
{
	struct buf out = { .arena = arena };
	for (size_t i = 0; i < text.len; i++) {
		bool escape = text.ptr[i] == '%' && i + 2 < text.len && hex_digit(text.ptr[i + 1]) >= 0
			&& hex_digit(text.ptr[i + 2]) >= 0;
		if (escape) {
			buf_add_char(
				&out, (char)(hex_digit(text.ptr[i + 1]) * 16 + hex_digit(text.ptr[i + 2])));
			i += 2;
		} else {
			buf_add_char(&out, text.ptr[i]);
		}
	}
	return buf_str(&out);
}

const struct subschema *
compiler_resolve(struct compiler *c, const struct subschema *sub, struct str reference)
{
	struct str pointer = decode_percent(c->arena, str_skip(reference, 1));
	bool is_pointer = pointer.len == 0 || pointer.ptr[0] == '/';
	if (!str_starts(reference, STR("#")) || !is_pointer) {
		(void)keyword_fail(
			c, sub, STR("$ref"), "expected a JSON pointer into this document, \"#/…\"");
		return NULL;
	}
	const struct ynode *node = ypath_pointer(c->root, pointer);
	if (!node) {
		(void)keyword_fail(c, sub, STR("$ref"), "there is nothing at this pointer");
		return NULL;
	}
	return compiler_subschema(c, node, pointer);
}

static bool
compile(struct compiler *c, struct subschema *sub)
{
	const struct ynode *node = sub->node;
	if (json_type_of(c->arena, node, YDIALECT_YAML_V3) == JSON_TYPE_BOOLEAN) {
		sub->nothing = !yscalar_bool(ynode_str(node));
		return true;
	}
	if (node->kind != YNODE_MAPPING) {
		return error_set(c->error, "schema: %.*s: expected a mapping, true or false",
			STR_ARG(sub->pointer.len ? sub->pointer : STR("/")));
	}
	for (const struct ynode *key = node->first; key; key = key->next->next) {
		struct str name = ynode_str(key);
		bool counts = ynode_key(node, name) == key; /* of equal keys the last */
		if (counts && !keyword_compile(c, sub, name, key->next)) {
			return false;
		}
	}
	return true;
}

/* A $ref to a $ref … to itself would never come to a value. */
static bool
refs_end(const struct compiler *c)
{
	for (size_t i = 0; i < c->subschemas.len; i++) {
		const struct subschema *at = c->subschemas.items[i]->ref;
		unsigned steps = 0;
		for (; at && steps <= REFS_MAX; steps++) {
			at = at->ref;
		}
		if (steps > REFS_MAX) {
			return keyword_fail(c, c->subschemas.items[i], STR("$ref"),
				"leads from $ref to $ref without end");
		}
	}
	return true;
}

const struct schema *
schema_new(struct arena *arena, const struct ynode *root, const struct schema_format *formats,
	struct error *reterr)
{
	struct compiler c = { .arena = arena, .root = root, .formats = formats, .error = reterr };
	bool ok = true;
	c.schema = arena_new(arena, struct schema);
	c.schema->root = compiler_subschema(&c, root, STR(""));
	for (size_t i = 0; i < c.subschemas.len && ok; i++) {
		ok = i < SUBSCHEMAS_MAX ? compile(&c, c.subschemas.items[i])
					: error_set(reterr, "schema: more than %d parts", SUBSCHEMAS_MAX);
	}
	if (!ok || !refs_end(&c)) {
		schema_release(c.schema);
		return NULL;
	}
	return c.schema;
}

void
schema_release(const struct schema *schema)
{
	if (schema) {
		for (size_t i = 0; i < schema->regexes.len; i++) {
			regex_release(schema->regexes.items[i]);
		}
	}
}
