#include "kustomize/metadata.h"

#include "buf.h"
#include "yscalar.h"

const struct ynode *
metadata_field(const struct ynode *map, struct str key)
{
	map = ynode_follow(map);
	if (!map || map->kind != YNODE_MAPPING) {
		return NULL;
	}
	for (const struct ynode *k = map->first; k; k = k->next->next) {
		if (ynode_is(k, YNODE_SCALAR) && str_eq(ynode_str(k), key)) {
			return ynode_follow(k->next);
		}
	}
	return yview_get(map, key);
}

static bool
is_set(const struct ynode *node)
{
	if (!node || ynode_type(node, YDIALECT_YAML_V3) == YTYPE_NULL) {
		return false;
	}
	return node->kind == YNODE_SCALAR || node->len > 0;
}

static struct str
text_of(const struct ynode *node)
{
	return is_set(node) ? ynode_str(node) : STR("");
}

struct str
metadata_kind(const struct ynode *root)
{
	return text_of(metadata_field(root, STR("kind")));
}

static const struct ynode *
key_after(const struct ynode *map, struct str after, bool is_first)
{
	const struct ynode *least = NULL;
	for (const struct ynode *k = map->first; k; k = k->next->next) {
		bool is_later = is_first || str_cmp(ynode_str(k), after) > 0;
		if (is_later && (!least || str_cmp(ynode_str(k), ynode_str(least)) < 0)) {
			least = k;
		}
	}
	return least;
}

enum { LABELS_SHOWN_MAX = 100 };

/* As Go's %v prints a map: by key. */
static void
add_map(struct buf *buf, const struct ynode *map)
{
	buf_add(buf, STR(" map["));
	if (ynode_is(map, YNODE_MAPPING)) {
		const struct ynode *key = key_after(map, STR(""), true);
		for (size_t i = 0; key && i < LABELS_SHOWN_MAX; i++) {
			struct str name = ynode_str(key);
			struct str value = text_of(metadata_field(map, name));
			buf_addf(buf, "%s%.*s:%.*s", i > 0 ? " " : "", STR_ARG(name), STR_ARG(value));
			key = key_after(map, name, false);
		}
	}
	buf_add_char(buf, ']');
}

/* "missing kind in object {{v2 } {{ } map[] map[]}}" */
static struct str
describe(struct arena *arena, const char *what, const struct ynode *root)
{
	struct buf buf = { .arena = arena };
	const struct ynode *metadata = metadata_field(root, STR("metadata"));
	buf_addf(&buf, "missing %s in object {{%.*s %.*s} {{%.*s %.*s}", what,
		STR_ARG(text_of(metadata_field(root, STR("apiVersion")))), STR_ARG(metadata_kind(root)),
		STR_ARG(text_of(metadata_field(metadata, STR("name")))),
		STR_ARG(text_of(metadata_field(metadata, STR("namespace")))));
	add_map(&buf, metadata_field(metadata, STR("labels")));
	add_map(&buf, metadata_field(metadata, STR("annotations")));
	buf_add(&buf, STR("}}"));
	return buf_str(&buf);
}

static bool
has_any(const struct ynode *root)
{
	const struct ynode *metadata = metadata_field(root, STR("metadata"));
	return is_set(metadata_field(root, STR("apiVersion"))) || is_set(metadata_field(root, STR("kind")))
		|| is_set(metadata_field(metadata, STR("name")))
		|| is_set(metadata_field(metadata, STR("namespace")))
		|| is_set(metadata_field(metadata, STR("labels")))
		|| is_set(metadata_field(metadata, STR("annotations")));
}

bool
metadata_is_valid(struct arena *arena, const struct ynode *root, struct str *ret_why)
{
	const struct ynode *metadata = metadata_field(root, STR("metadata"));
	if (!has_any(root)) {
		*ret_why = STR("missing Resource metadata");
		return false;
	}
	if (metadata_kind(root).len == 0) {
		*ret_why = describe(arena, "kind", root);
		return false;
	}
	if (!str_ends(metadata_kind(root), STR("List"))
		&& text_of(metadata_field(metadata, STR("name"))).len == 0) {
		*ret_why = describe(arena, "metadata.name", root);
		return false;
	}
	return true;
}
