#include "postbuild.h"

#include "buf.h"

/* Dollar signs at the start. */
static size_t
dollars(struct str text)
{
	size_t n = 0;
	while (n < text.len && text.ptr[n] == '$') {
		n++;
	}
	return n;
}

struct str
postbuild_escape(struct arena *arena, struct str text)
{
	struct buf out = { .arena = arena };
	struct str rest = text;
	while (rest.len) {
		size_t plain = str_find_char(rest, '$');
		buf_add(&out, str_first(rest, plain));
		rest = str_skip(rest, plain);
		/* Pairs become one, and the last of a run opens what a brace follows: a lone one stays. */
		size_t run = dollars(rest);
		bool opens = run < rest.len && rest.ptr[run] == '{';
		buf_add_repeat(&out, '$', run > 1 || opens ? 2 * run : run);
		rest = str_skip(rest, run);
	}
	return out.len > text.len ? buf_str(&out) : text;
}

const struct ynode *
postbuild_escape_tree(struct arena *arena, const struct ynode *root)
{
	const struct ynode *node = ynode_follow(root);
	struct ynode *out = ynode_head(arena, node);
	ynode_set_extra(out, ynode_extra(root));
	if (node->kind == YNODE_SCALAR) {
		struct str text = postbuild_escape(arena, ynode_str(node));
		out->text = text.ptr;
		out->len = (uint32_t)text.len;
		return out;
	}
	struct ylist list = ylist_new(arena, out);
	out->first = NULL;
	out->len = 0;
	for (const struct ynode *child = node->first; child; child = child->next) {
		ylist_add(&list, postbuild_escape_tree(arena, child));
	}
	return out;
}
