#include "path.h"

struct parts {
	char *text; /* cleaned so far, without a '/' at either end */
	size_t len;
};

/* Takes the last component off; false when there is none. */
static bool
go_up(struct parts *parts)
{
	if (parts->len == 0) {
		return false;
	}
	parts->len = path_parent((struct str){ parts->text, parts->len }).len;
	return true;
}

static void
go_down(struct parts *parts, struct str name)
{
	if (parts->len > 0) {
		parts->text[parts->len++] = '/';
	}
	memcpy(parts->text + parts->len, name.ptr, name.len);
	parts->len += name.len;
}

static bool
walk(struct parts *parts, struct str path)
{
	while (path.ptr) {
		struct str name = str_cut(&path, '/');
		if (name.len == 0 || str_eq(name, STR("."))) {
			continue;
		}
		if (!str_eq(name, STR(".."))) {
			go_down(parts, name);
		} else if (!go_up(parts)) {
			return false;
		}
	}
	return true;
}

bool
path_join(struct arena *arena, struct str base, struct str path, struct str *ret_path)
{
	struct parts parts = { .text = arena_alloc(arena, base.len + path.len + 2) };
	bool from_root = str_starts(path, STR("/"));
	if ((!from_root && !walk(&parts, base)) || !walk(&parts, path)) {
		return false;
	}
	parts.text[parts.len] = '\0';
	*ret_path = (struct str){ parts.text, parts.len };
	return true;
}

/* Index of the last '/', or path.len. */
static size_t
last_slash(struct str path)
{
	for (size_t i = path.len; i > 0; i--) {
		if (path.ptr[i - 1] == '/') {
			return i - 1;
		}
	}
	return path.len;
}

struct str
path_parent(struct str path)
{
	size_t slash = last_slash(path);
	return slash < path.len ? str_first(path, slash) : STR("");
}

struct str
path_base(struct str path)
{
	size_t slash = last_slash(path);
	return slash < path.len ? str_skip(path, slash + 1) : path;
}

struct str
path_extension(struct str path)
{
	struct str base = path_base(path);
	for (size_t i = base.len; i > 0; i--) {
		if (base.ptr[i - 1] == '.') {
			return str_skip(base, i - 1);
		}
	}
	return STR("");
}

bool
path_is_below(struct str path, struct str dir)
{
	return dir.len == 0 || (str_starts(path, dir) && (path.len == dir.len || path.ptr[dir.len] == '/'));
}

static int
rank(char c)
{
	return c == '/' ? -1 : (int)(unsigned char)c;
}

int
path_cmp(struct str a, struct str b)
{
	size_t shorter = a.len < b.len ? a.len : b.len;
	for (size_t i = 0; i < shorter; i++) {
		if (a.ptr[i] != b.ptr[i]) {
			return rank(a.ptr[i]) < rank(b.ptr[i]) ? -1 : 1;
		}
	}
	return a.len < b.len ? -1 : a.len > b.len;
}
