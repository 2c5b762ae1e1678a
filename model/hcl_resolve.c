/* Expressions that are strings. */
#include "buf.h"
#include "hcl.h"

struct resolver {
	const struct hcl_scope *scope;
	struct buf out;
	unsigned steps;
	bool is_known, is_default;
};

static void resolve(struct resolver *r, struct str expression);

static void
add(struct resolver *r, struct str text)
{
	r->is_known = r->is_known && r->out.len + text.len <= HCL_VALUE_BYTES_MAX;
	if (r->is_known) {
		buf_add(&r->out, text);
	}
}

static void
add_escape(struct resolver *r, char c)
{
	switch (c) {
	case '"':
		add(r, STR("\""));
		break;
	case '\\':
		add(r, STR("\\"));
		break;
	case 'n':
		add(r, STR("\n"));
		break;
	case 't':
		add(r, STR("\t"));
		break;
	default: /* \uNNNN */
		r->is_known = false;
	}
}

/* `inside` is what stands between the quotes. */
static void
add_template(struct resolver *r, struct str inside)
{
	for (size_t at = 0; at < inside.len && r->is_known;) {
		struct str rest = str_skip(inside, at);
		if (str_starts(rest, STR("$${")) || str_starts(rest, STR("%%{"))) {
			add(r, str_first(str_skip(rest, 1), 2));
			at += 3;
		} else if (str_starts(rest, STR("${"))) {
			size_t end = str_find_char(rest, '}');
			resolve(r, str_trim(str_skip(str_first(rest, end), 2)));
			at += end + 1;
		} else if (str_starts(rest, STR("%{"))) {
			r->is_known = false;
		} else if (rest.ptr[0] == '\\') {
			add_escape(r, rest.len > 1 ? rest.ptr[1] : '\0');
			at += 2;
		} else {
			add(r, str_first(rest, 1));
			at++;
		}
	}
}

/* Is the whole expression one quoted template, without quotes inside it? */
static bool
is_template(struct str expression)
{
	size_t quotes = 0;
	for (size_t i = 0; i < expression.len; i++) {
		bool is_escaped = i > 0 && expression.ptr[i - 1] == '\\';
		quotes += expression.ptr[i] == '"' && !is_escaped ? 1 : 0;
	}
	return quotes == 2 && expression.len >= 2 && expression.ptr[0] == '"'
		&& expression.ptr[expression.len - 1] == '"' && !str_has_char(expression, '\n');
}

static void
resolve(struct resolver *r, struct str expression)
{
	if (++r->steps > HCL_STEPS_MAX) {
		r->is_known = false;
		return;
	}
	if (is_template(expression)) {
		add_template(r, str_first(str_skip(expression, 1), expression.len - 2));
		return;
	}
	const struct hcl_binding *binding = map_get(&r->scope->bindings, expression);
	if (!binding) {
		r->is_known = false;
		return;
	}
	r->is_default = r->is_default || binding->is_default;
	resolve(r, binding->expression);
}

struct hcl_text
hcl_resolve(struct arena *arena, const struct hcl_scope *scope, struct str expression)
{
	struct resolver r = { .scope = scope, .out = { .arena = arena }, .is_known = true };
	resolve(&r, expression);
	return (struct hcl_text){ .text = r.out.len > 0 ? buf_str(&r.out) : STR(""),
		.is_known = r.is_known,
		.is_default = r.is_known && r.is_default };
}
