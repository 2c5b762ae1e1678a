#include "ypath.h"

#include "buf.h"

/* One segment of a JSON pointer: "~1" is "/", "~0" is "~". */
static struct str
unescape(struct str segment, char *room, size_t size)
{
	size_t len = 0;
	if (!str_has_char(segment, '~') || segment.len > size) {
		return segment;
	}
	for (size_t i = 0; i < segment.len; i++) {
		bool escape = segment.ptr[i] == '~' && i + 1 < segment.len;
		room[len++] = (char)(!escape ? segment.ptr[i] : segment.ptr[++i] == '1' ? '/' : '~');
	}
	return (struct str){ room, len };
}

static const struct ynode *
item_at(const struct ynode *list, struct str index)
{
	const struct ynode *item = list->first;
	size_t number = 0;
	for (size_t i = 0; i < index.len; i++) {
		if (index.ptr[i] < '0' || index.ptr[i] > '9' || number > UINT32_MAX) {
			return NULL;
		}
		number = number * 10 + (size_t)(index.ptr[i] - '0');
	}
	for (; item && number > 0; number--) {
		item = item->next;
	}
	return index.len ? ynode_follow(item) : NULL;
}

enum { SEGMENT_MAX = 1024 };

const struct ynode *
ypath_pointer(const struct ynode *root, struct str pointer)
{
	char room[SEGMENT_MAX];
	struct str rest = str_skip(pointer, 1);
	root = ynode_follow(root);
	if (pointer.len == 0) {
		return root;
	}
	while (root && rest.ptr) {
		struct str segment = unescape(str_cut(&rest, '/'), room, sizeof(room));
		root = root->kind == YNODE_SEQUENCE ? item_at(root, segment) : ynode_get(root, segment);
	}
	return root;
}

const struct ynode *
ypath_dotted(const struct ynode *root, struct str path)
{
	struct str rest = path;
	while (root && rest.ptr) {
		root = ynode_get(root, str_cut(&rest, '.'));
	}
	return ynode_follow(root);
}

struct finder {
	const struct ynode *target;
	bool by_name;
	struct buf path;
};

static void
add_segment(struct buf *path, struct str segment)
{
	buf_add_char(path, '/');
	for (size_t i = 0; i < segment.len; i++) {
		char c = segment.ptr[i];
		if (c == '~' || c == '/') {
			buf_add(path, c == '~' ? STR("~0") : STR("~1"));
		} else {
			buf_add_char(path, c);
		}
	}
}

static void
add_index(struct finder *f, const struct ynode *item, size_t index)
{
	const struct ynode *name = ynode_get(item, STR("name"));
	name = name ? name : ynode_get(item, STR("id"));
	if (f->by_name && ynode_is(name, YNODE_SCALAR)) {
		add_segment(&f->path, ynode_str(name));
	} else {
		buf_addf(&f->path, "/%zu", index);
	}
}

/* True: the path is complete. Keys count as their entries. */
static bool
find(struct finder *f, const struct ynode *node)
{
	if (node == f->target) {
		return true;
	}
	bool is_mapping = node->kind == YNODE_MAPPING;
	if (!is_mapping && node->kind != YNODE_SEQUENCE) {
		return false;
	}
	size_t len = f->path.len, index = 0;
	for (const struct ynode *child = node->first; child; child = child->next, index++) {
		const struct ynode *value = is_mapping ? child->next : child;
		if (is_mapping) {
			add_segment(&f->path, ynode_str(child));
		} else {
			add_index(f, value, index);
		}
		if (child == f->target || find(f, value)) {
			return true;
		}
		f->path.len = len;
		child = value;
	}
	return false;
}

struct str
ypath_of(struct arena *arena, const struct ynode *root, const struct ynode *target, bool by_name)
{
	struct finder f = { .target = target, .by_name = by_name, .path = { .arena = arena } };
	return root && find(&f, root) ? buf_str(&f.path) : STR("");
}
