#include "buf.h"
#include "spec_parts.h"
#include "ymerge.h"

struct finisher {
	struct arena *arena;
	const struct agent_spec *names;
};

/* Parts that go on as they are: a null means something to Helm, Flux or the agent server. */
static bool
is_open(struct str key)
{
	return str_eq(key, STR("values")) || str_eq(key, STR("config")) || str_eq(key, STR("helmRelease"));
}

static bool
fill_one(struct buf *out, struct str *rest, struct str placeholder, const char *name)
{
	if (!str_starts(*rest, placeholder)) {
		return false;
	}
	buf_add(out, str_from(name));
	*rest = str_skip(*rest, placeholder.len);
	return true;
}

struct str
spec_fill(struct arena *arena, struct str text, const struct agent_spec *names)
{
	struct buf out = { .arena = arena };
	struct str rest = text;
	while (rest.len) {
		if (!fill_one(&out, &rest, STR("{agent}"), names->name)
			&& !fill_one(&out, &rest, STR("{cluster}"), names->cluster)) {
			buf_add_char(&out, rest.ptr[0]);
			rest = str_skip(rest, 1);
		}
	}
	return out.len ? buf_str(&out) : STR("");
}

static void
set_text(struct ynode *scalar, struct str text, enum ystyle style)
{
	scalar->text = text.ptr;
	scalar->len = (uint32_t)text.len;
	scalar->style = style & 0xfU;
}

/* One spelling for each value, so that every later reader takes it for the same: `yes` is true to Helm, which
 * reads values.yaml, and a word to Flux, which reads a HelmRelease. */
static void
spell(struct finisher *finisher, struct ynode *scalar)
{
	struct str text = ynode_str(scalar);
	int64_t number;
	switch (ynode_type(scalar, YDIALECT_SIGS_YAML)) {
	case YTYPE_BOOL:
		set_text(scalar, yscalar_bool(text) ? STR("true") : STR("false"), YSTYLE_PLAIN);
		return;
	case YTYPE_INT:
		if (yscalar_int(text, &number)) {
			set_text(scalar, arena_printf(finisher->arena, "%lld", (long long)number),
				YSTYLE_PLAIN);
		}
		return;
	case YTYPE_STRING:
		set_text(scalar, text,
			scalar->style == YSTYLE_PLAIN ? YSTYLE_QUOTED : (enum ystyle)scalar->style);
		return;
	case YTYPE_NULL:
	case YTYPE_FLOAT:
	case YTYPE_SEQUENCE:
	case YTYPE_MAPPING:
	case YTYPE_COUNT:
		return;
	}
}

static const struct ynode *
finish_scalar(struct finisher *finisher, const struct ynode *node)
{
	struct ynode *scalar = ynode_head(finisher->arena, node);
	struct str text = ynode_str(node);
	spell(finisher, scalar);
	if (finisher->names && str_has_char(text, '{')) {
		struct str filled = spec_fill(finisher->arena, text, finisher->names);
		bool is_plain = str_eq(filled, text) || scalar->style != YSTYLE_PLAIN;
		set_text(scalar, filled, is_plain ? (enum ystyle)scalar->style : YSTYLE_QUOTED);
	}
	return scalar;
}

/* A key is a string to every reader once it is quoted where one of them would retype it. */
static const struct ynode *
finish_key(struct finisher *finisher, const struct ynode *key)
{
	struct ynode *head = ynode_head(finisher->arena, ynode_follow(key));
	ynode_set_extra(head, ynode_extra(key));
	head->style = (head->style == YSTYLE_PLAIN ? YSTYLE_QUOTED : (enum ystyle)head->style) & 0xfU;
	return head;
}

/* A copy without aliases, and without nulls where nothing asks for them. */
static const struct ynode *
finish(struct finisher *finisher, const struct ynode *from, bool open)
{
	const struct ynode *node = ynode_follow(from);
	if (node->kind == YNODE_SCALAR) {
		return finish_scalar(finisher, node);
	}
	struct ynode *out = ynode_head(finisher->arena, node);
	out->first = NULL;
	out->len = 0;
	struct ylist list = ylist_new(finisher->arena, out);
	for (const struct ynode *child = node->first; child; child = child->next) {
		bool is_value = node->kind == YNODE_MAPPING;
		const struct ynode *value = is_value ? child->next : child;
		bool is_null = ynode_type(value, YDIALECT_SIGS_YAML) == YTYPE_NULL;
		if (open || !is_null) {
			if (is_value) {
				ylist_add(&list, finish_key(finisher, child));
			}
			ylist_add(&list,
				finish(finisher, value, open || (is_value && is_open(ynode_str(child)))));
		}
		child = value;
	}
	return out;
}

const struct ynode *
spec_merge(struct spec_reader *reader, const struct ynode *builtin, const struct ynode *defaults,
	const struct ynode *over, const struct agent_spec *names)
{
	struct arena *arena = reader->arena;
	struct finisher none = { arena, NULL }, finisher = { arena, names };
	const struct ynode *stated = ymerge(arena, defaults, over, YMERGE_NULL_IS_VALUE);

	/* A null takes back what spec.defaults says; the built-in default holds again. */
	stated = stated ? finish(&none, stated, false) : NULL;
	return finish(&finisher, ymerge(arena, builtin, stated, YMERGE_NULL_IS_VALUE), false);
}
