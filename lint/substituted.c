#include "substituted.h"

#include "kustomize/loader.h"
#include "kustomize_faults.h"

enum { EXCERPT_MAX = 40 };

struct visit {
	const struct substituted *s;
	void (*check)(const struct substituted *, const struct ynode *, const struct envsubst *);
	bool is_open;
};

static void
visit_scalar(struct visit *visit, const struct ynode *scalar, bool is_key)
{
	const struct substituted *s = visit->s;
	struct str text = ynode_str(scalar);
	if (str_find(text, STR("${")) == text.len) {
		return;
	}
	/* Behind a value, a line or a quote ends in what Flux reads; behind a key a colon may go on. */
	if (!is_key) {
		text = arena_printf(s->scratch, "%.*s\n", STR_ARG(text));
	}
	struct envsubst result;
	envsubst_evaluate(s->scratch, text, &s->substitution->scope, &result);
	visit->is_open = visit->is_open || result.is_open;
	if (visit->check) {
		visit->check(s, scalar, &result);
	}
}

static void
visit_all(struct visit *visit, const struct ynode *node, bool is_key)
{
	if (node->kind == YNODE_SCALAR) {
		visit_scalar(visit, node, is_key);
	} else if (node->kind != YNODE_ALIAS) { /* its target has been seen */
		bool is_pair = node->kind == YNODE_MAPPING, is_next_key = true;
		for (const struct ynode *child = node->first; child; child = child->next) {
			visit_all(visit, child, is_pair && is_next_key);
			is_next_key = !is_next_key;
		}
	}
}

static void
visit_object(const struct substituted *s,
	void (*check)(const struct substituted *, const struct ynode *, const struct envsubst *))
{
	struct visit first = { .s = s }, second = { .s = s, .check = check };
	if (s->object->may_differ || substitution_skips(s->object)) {
		return;
	}
	visit_all(&first, s->object->node, false);
	if (!first.is_open) {
		visit_all(&second, s->object->node, false);
	}
}

static void
visit_root(struct substituted *s,
	void (*check)(const struct substituted *, const struct ynode *, const struct envsubst *))
{
	for (size_t i = 0; i < s->root->closure.len; i++) {
		struct substitution *substitution = arena_new(s->scratch, struct substitution);
		s->by = s->root->closure.items[i];
		s->substitution = substitution;
		substitution_read(s->scratch, s->root, s->by, substitution);
		if (substitution->happens != SUBSTITUTION_SURELY || s->by->build->result == BUILD_FAILS) {
			continue;
		}
		for (size_t j = 0; j < s->by->build->objects.len; j++) {
			s->object = &s->by->build->objects.items[j];
			visit_object(s, check);
		}
	}
}

void
each_substituted(struct lint *lint, const struct repository *repository,
	void (*check)(const struct substituted *, const struct ynode *, const struct envsubst *))
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct map told = { 0 };
	struct substituted s = { .lint = lint, .repository = repository, .scratch = &scratch, .told = &told };
	for (size_t i = 0; i < repository->flux->roots.len; i++) {
		s.root = &repository->flux->roots.items[i];
		if (s.root->is_certain) {
			visit_root(&s, check);
		}
	}
}

static size_t
count_dollars(struct str text)
{
	size_t count = 0;
	for (size_t i = 0; i < text.len; i++) {
		count += text.ptr[i] == '$';
	}
	return count;
}

/* The place of the `nth` dollar sign, from 0. */
static size_t
find_dollar(struct str text, size_t nth)
{
	size_t at = str_find_char(text, '$');
	for (; nth > 0; nth--) {
		at += 1 + str_find_char(str_skip(text, at + 1), '$');
	}
	return at;
}

static size_t
common_length(struct str a, struct str b)
{
	size_t len = 0;
	while (len < a.len && len < b.len && a.ptr[len] == b.ptr[len]) {
		len++;
	}
	return len;
}

/* Its dollar signs are those of its text, one by one, unless one of them was written as an escape. */
static bool
find_in_yaml(const struct substituted *s, const struct ynode *scalar, size_t at, size_t len,
	struct substituted_place *ret_place)
{
	if (scalar->source == 0) {
		return false;
	}
	struct str text = ynode_str(scalar);
	const struct file *file = &s->repository->files->items[scalar->source - 1];
	struct str own = str_first(
		str_skip(file->source.text, scalar->span.start), scalar->span.end - scalar->span.start);
	if (count_dollars(own) != count_dollars(text)) {
		return false;
	}
	size_t found = find_dollar(own, count_dollars(str_first(text, at)));
	size_t same = common_length(str_skip(own, found), str_first(str_skip(text, at), len));
	uint32_t start = scalar->span.start + (uint32_t)found;
	*ret_place = (struct substituted_place){ file, { start, start + (uint32_t)same }, true };
	return same > 1;
}

/* A file that a generator took whole. */
static bool
find_in_files(const struct substituted *s, const struct ynode *scalar, size_t at, size_t len,
	struct substituted_place *ret_place)
{
	for (size_t i = 0; s->object->is_generated && i < s->by->build->files.len; i++) {
		const struct file *file = s->by->build->files.items[i];
		struct str content;
		if (file_content(file, &content) && str_eq(content, ynode_str(scalar))) {
			struct span span = { (uint32_t)at, (uint32_t)(at + len) };
			*ret_place = (struct substituted_place){ file, span, false };
			return true;
		}
	}
	return false;
}

struct substituted_place
substituted_place(const struct substituted *s, const struct ynode *scalar, size_t at, size_t len)
{
	struct substituted_place place;
	if (find_in_yaml(s, scalar, at, len, &place) || find_in_files(s, scalar, at, len, &place)) {
		return place;
	}
	const struct ynode *node = scalar->source ? scalar : s->object->written;
	const struct file *file = &s->repository->files->items[node->source - 1];
	return (struct substituted_place){ file, node->span, false };
}

bool
substituted_is_new(const struct substituted *s, const struct substituted_place *place, struct str name)
{
	struct str key = arena_printf(s->scratch, "%u:%.*s", place->file->id, STR_ARG(name));
	return map_put(s->scratch, s->told, key, s->told) == NULL;
}

struct str
substituted_excerpt(struct str text, size_t at)
{
	struct str rest = str_first(str_skip(text, at), EXCERPT_MAX);
	rest = str_first(rest, str_find_char(rest, '\n'));
	size_t brace = str_find_char(rest, '}');
	return brace < rest.len ? str_first(rest, brace + 1) : rest;
}
