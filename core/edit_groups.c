/* Groups of edits: which can be made together, and what they make of a text. */
#include "edit.h"

#include "buf.h"
#include "vec.h"

struct chosen {
	const struct edit **items;
	size_t len, cap;
};

static bool
overlap(const struct edit *a, const struct edit *b)
{
	if (a->source != b->source) {
		return false;
	}
	bool same_place = a->span.start == b->span.start;
	return same_place || (a->span.start < b->span.end && b->span.start < a->span.end);
}

static bool
is_free(const struct chosen *chosen, const struct edit *edits)
{
	for (const struct edit *edit = edits; edit; edit = edit->next) {
		for (size_t i = 0; i < chosen->len; i++) {
			if (overlap(chosen->items[i], edit)) {
				return false;
			}
		}
	}
	return edits != NULL;
}

void
edits_choose(struct edit_group *groups, size_t count)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct chosen chosen = { 0 };
	for (size_t i = 0; i < count; i++) {
		groups[i].is_chosen = is_free(&chosen, groups[i].first);
		const struct edit *edit = groups[i].is_chosen ? groups[i].first : NULL;
		for (; edit; edit = edit->next) {
			vec_push(&scratch, &chosen, edit);
		}
	}
}

static int
compare(const void *a, const void *b)
{
	const struct edit *left = *(const struct edit *const *)a, *right = *(const struct edit *const *)b;
	return left->span.start < right->span.start ? -1 : left->span.start > right->span.start;
}

struct str
edits_apply(
	struct arena *arena, uint32_t source, struct str text, const struct edit_group *groups, size_t count)
{
	struct chosen chosen = { 0 };
	struct buf out = { .arena = arena };
	size_t at = 0;
	for (size_t i = 0; i < count; i++) {
		const struct edit *edit = groups[i].is_chosen ? groups[i].first : NULL;
		for (; edit; edit = edit->next) {
			if (edit->source == source) {
				vec_push(arena, &chosen, edit);
			}
		}
	}
	if (chosen.len == 0) {
		return text;
	}
	qsort(chosen.items, chosen.len, sizeof(chosen.items[0]), compare);
	for (size_t i = 0; i < chosen.len; i++) {
		const struct edit *edit = chosen.items[i];
		buf_add(&out, str_first(str_skip(text, at), edit->span.start - at));
		buf_add(&out, edit->text);
		at = edit->span.end;
	}
	buf_add(&out, str_skip(text, at));
	return out.data ? buf_str(&out) : STR("");
}
