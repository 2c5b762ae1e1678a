#include "strvals.h"

#include "buf.h"
#include "yscalar.h"

enum { STEPS_MAX = STRVALS_DEPTH_MAX };

struct step {
	struct str key;
	size_t index;
	bool is_index;
	struct span span; /* in the word's text */
};

struct parser {
	struct arena *arena;
	const struct strvals_word *word;
	size_t at;
	struct step steps[STEPS_MAX];
	size_t step_count;
};

static bool
at_end(const struct parser *p)
{
	return p->at >= p->word->text.len;
}

/* The byte at hand; a NUL at the end. */
static char
peek(const struct parser *p)
{
	return at_end(p) ? '\0' : p->word->text.ptr[p->at];
}

static bool
take(struct parser *p, char c)
{
	bool is_there = !at_end(p) && peek(p) == c;
	p->at += is_there ? 1 : 0;
	return is_there;
}

/* Up to one of `stops`; a backslash keeps what follows from being one. */
static struct str
take_text(struct parser *p, const char *stops)
{
	struct buf out = { .arena = p->arena };
	while (!at_end(p) && !strchr(stops, peek(p))) {
		p->at += p->word->kind != STRVALS_LITERAL && peek(p) == '\\' ? 1 : 0;
		if (!at_end(p)) {
			buf_add_char(&out, p->word->text.ptr[p->at++]);
		}
	}
	return out.len ? buf_str(&out) : STR("");
}

static struct ynode *
placed(struct ynode *node, const struct strvals_word *word, struct span span)
{
	node->source = word->source & SOURCE_ID_MAX;
	node->span = word->span;
	if (word->is_exact && span.end > span.start) {
		node->span = (struct span){ word->span.start + span.start, word->span.start + span.end };
	}
	return node;
}

static bool
is_whole_number(struct str text)
{
	struct str digits = text.len && (text.ptr[0] == '-' || text.ptr[0] == '+') ? str_skip(text, 1) : text;
	int64_t value;
	for (size_t i = 0; i < digits.len; i++) {
		if (digits.ptr[i] < '0' || digits.ptr[i] > '9') {
			return false;
		}
	}
	bool is_zero = str_eq(text, STR("0"));
	return is_zero || (digits.len > 0 && text.ptr[0] != '0' && yscalar_int(text, &value));
}

static const struct ynode *
scalar(const struct parser *p, struct str text, size_t start)
{
	static const struct str words[] = { STR_INIT("true"), STR_INIT("false"), STR_INIT("null") };
	struct span span = { (uint32_t)start, (uint32_t)p->at };
	bool is_cut = p->word->is_cut && at_end(p);
	if (is_cut || p->word->kind == STRVALS_UNKNOWN) {
		return placed(ynode_scalar(p->arena, STR("${}"), YSTYLE_QUOTED), p->word, span);
	}
	for (size_t i = 0; p->word->kind == STRVALS_TYPED && i < countof(words); i++) {
		if (str_eq_nocase(text, words[i])) {
			return placed(ynode_scalar(p->arena, words[i], YSTYLE_PLAIN), p->word, span);
		}
	}
	bool is_number = p->word->kind == STRVALS_TYPED && is_whole_number(text);
	return placed(ynode_scalar(p->arena, text, is_number ? YSTYLE_PLAIN : YSTYLE_QUOTED), p->word, span);
}

/* "{a,b}" behind the brace; NULL when it does not end. */
static const struct ynode *
take_list(struct parser *p, size_t start)
{
	struct ylist list = ylist_sequence(p->arena);
	for (;;) {
		size_t from = p->at;
		struct str text = take_text(p, ",}");
		if (at_end(p)) {
			return NULL;
		}
		ylist_add(&list, scalar(p, text, from));
		if (take(p, '}')) {
			break;
		}
		p->at++;
	}
	(void)take(p, ',');
	return placed(list.parent, p->word, (struct span){ (uint32_t)start, (uint32_t)p->at });
}

static const struct ynode *
take_value(struct parser *p)
{
	size_t start = p->at;
	if (p->word->kind == STRVALS_LITERAL) {
		return scalar(p, take_text(p, ""), start);
	}
	if (take(p, '{')) {
		return take_list(p, start);
	}
	struct str text = take_text(p, ",");
	const struct ynode *value = scalar(p, text, start);
	(void)take(p, ',');
	return value;
}

static bool
add_step(struct parser *p, struct step step)
{
	if (p->step_count == STEPS_MAX) {
		return false;
	}
	p->steps[p->step_count++] = step;
	return true;
}

static bool
take_index(struct parser *p)
{
	size_t index = 0, start = p->at;
	while (!at_end(p) && peek(p) >= '0' && peek(p) <= '9' && index <= STRVALS_INDEX_MAX) {
		index = index * 10 + (size_t)(p->word->text.ptr[p->at++] - '0');
	}
	return p->at > start && index <= STRVALS_INDEX_MAX && take(p, ']')
		&& add_step(p, (struct step){ .is_index = true, .index = index });
}

/* Up to and with the "=". */
static bool
take_key(struct parser *p)
{
	p->step_count = 0;
	for (;;) {
		size_t start = p->at;
		struct str key = take_text(p, "=[,.");
		struct span span = { (uint32_t)start, (uint32_t)p->at };
		bool is_behind_index = p->step_count > 0 && p->steps[p->step_count - 1].is_index
			&& p->word->text.ptr[start - 1] == ']';
		bool is_right = is_behind_index
			? key.len == 0
			: key.len > 0 && add_step(p, (struct step){ key, 0, false, span });
		if (!is_right || at_end(p) || peek(p) == ',') {
			return false;
		}
		if (take(p, '=')) {
			return true;
		}
		if (take(p, '[') ? !take_index(p) : !take(p, '.')) {
			return false;
		}
	}
}

static const struct ynode *put(
	const struct parser *p, const struct ynode *base, size_t step, const struct ynode *value);

/* May as many nodes be copied as the step needs? */
static bool
take_copies(const struct parser *p, const struct ynode *base, const struct step *step)
{
	size_t *left = p->word->copies_left, wanted = (base ? base->len : 0) + step->index + 2;
	bool is_within = !left || *left >= wanted;
	if (left) {
		*left -= is_within ? wanted : *left;
	}
	return is_within;
}

/* Copies of the children, with the one at `index` replaced; what lies between is null. */
static const struct ynode *
put_item(const struct parser *p, const struct ynode *base, size_t step, const struct ynode *value)
{
	size_t index = p->steps[step].index, i = 0;
	struct ylist list = ylist_sequence(p->arena);
	const struct ynode *item = base ? base->first : NULL;
	for (; item || i <= index; i++) {
		const struct ynode *out = item;
		if (i == index) {
			out = put(p, item, step + 1, value);
		} else if (!item) {
			out = ynode_scalar(p->arena, STR("null"), YSTYLE_PLAIN);
		}
		if (!out) {
			return NULL;
		}
		ylist_add(&list, out);
		item = item ? item->next : NULL;
	}
	return placed(list.parent, p->word, (struct span){ 0, 0 });
}

static const struct ynode *
put_entry(const struct parser *p, const struct ynode *base, size_t step, const struct ynode *value)
{
	struct str name = p->steps[step].key;
	struct ylist list = ylist_mapping(p->arena);
	bool is_found = false;
	for (const struct ynode *key = base ? base->first : NULL; key; key = key->next->next) {
		bool is_it = str_eq(ynode_str(key), name);
		const struct ynode *out = is_it ? put(p, key->next, step + 1, value) : key->next;
		if (!out) {
			return NULL;
		}
		ylist_add(&list, key);
		ylist_add(&list, out);
		is_found = is_found || is_it;
	}
	const struct ynode *added = is_found ? NULL : put(p, NULL, step + 1, value);
	if (added) {
		struct ynode *key = ynode_scalar(p->arena, name, YSTYLE_PLAIN);
		ylist_add(&list, placed(key, p->word, p->steps[step].span));
		ylist_add(&list, added);
	}
	return is_found || added ? list.parent : NULL;
}

/* Not known, as far as can be seen. */
static bool
is_unknown(const struct ynode *node)
{
	return node->kind == YNODE_SCALAR && str_find(ynode_str(node), STR("${")) < node->len;
}

/* `base` with `value` at the rest of the path; NULL where something else is in the way. */
static const struct ynode *
put(const struct parser *p, const struct ynode *base, size_t step, const struct ynode *value)
{
	if (step == p->step_count) {
		return value;
	}
	base = ynode_follow(base);
	if (base && ynode_type(base, YDIALECT_SIGS_YAML) == YTYPE_NULL) {
		base = NULL;
	}
	bool is_index = p->steps[step].is_index;
	bool is_item = step > 0 && p->steps[step - 1].is_index;
	if (base && base->kind != (is_index ? YNODE_SEQUENCE : YNODE_MAPPING)) {
		if (is_index || !is_item || is_unknown(base)) {
			return NULL;
		}
		base = NULL; /* Helm makes a mapping of an item that is none */
	}
	if (!take_copies(p, base, &p->steps[step])) {
		return NULL;
	}
	if (is_index && !base && p->word->is_open) {
		return placed(
			ynode_scalar(p->arena, STR("${}"), YSTYLE_QUOTED), p->word, p->steps[step].span);
	}
	return is_index ? put_item(p, base, step, value) : put_entry(p, base, step, value);
}

/* "a[0].b=" at the end: Helm drops the item where it is not there yet (listItem in pkg/strvals/parser.go). */
static bool
is_dropped(const struct parser *p, const struct ynode *value)
{
	bool is_in_item = false;
	for (size_t i = 1; i < p->step_count; i++) {
		is_in_item |= p->steps[i - 1].is_index && !p->steps[i].is_index;
	}
	return is_in_item && at_end(p) && value->kind == YNODE_SCALAR && value->len == 0
		&& p->word->text.ptr[p->at - 1] == '=';
}

const struct ynode *
strvals_lay(struct arena *arena, const struct ynode *values, const struct strvals_word *word)
{
	struct parser parser = { .arena = arena, .word = word };
	do {
		if (!take_key(&parser)) {
			return NULL;
		}
		const struct ynode *value = take_value(&parser);
		if (value && !word->value && is_dropped(&parser, value)) {
			return NULL;
		}
		value = word->value && value && at_end(&parser) ? word->value : value;
		values = value ? put(&parser, values, 0, value) : NULL;
	} while (values && !at_end(&parser));
	return values;
}
