#include "diff.h"

#include "map.h"
#include "vec.h"

struct line {
	struct str text; /* with its end, if it has one */
	uint64_t hash;
};

struct lines {
	struct line *items;
	size_t len, cap;
};

/* old[old_start, +old_len) is replaced by new[new_start, +new_len). */
struct change {
	size_t old_start, old_len, new_start, new_len;
};

struct changes {
	struct change *items;
	size_t len, cap;
};

struct diff {
	struct arena scratch;
	struct buf *out;
	struct lines old, new;
	size_t same_start, same_end; /* lines that both begin and end with */
	ptrdiff_t old_len, new_len;  /* lines between these */
	struct changes changes;
};

static void
split(struct arena *arena, struct str text, struct lines *lines)
{
	while (text.len > 0) {
		size_t end = str_find_char(text, '\n');
		struct str line = str_first(text, end + 1);
		struct line item = { line, hash_bytes(HASH_SEED, line) };
		vec_push(arena, lines, item);
		text = str_skip(text, line.len);
	}
}

static bool
is_same(const struct diff *diff, size_t old, size_t new)
{
	const struct line *a = &diff->old.items[old], *b = &diff->new.items[new];
	return a->hash == b->hash && str_eq(a->text, b->text);
}

static void
trim(struct diff *diff)
{
	size_t shorter = diff->old.len < diff->new.len ? diff->old.len : diff->new.len;
	while (diff->same_start < shorter && is_same(diff, diff->same_start, diff->same_start)) {
		diff->same_start++;
	}
	while (diff->same_start + diff->same_end < shorter
		&& is_same(diff, diff->old.len - 1 - diff->same_end, diff->new.len - 1 - diff->same_end)) {
		diff->same_end++;
	}
	diff->old_len = (ptrdiff_t)(diff->old.len - diff->same_start - diff->same_end);
	diff->new_len = (ptrdiff_t)(diff->new.len - diff->same_start - diff->same_end);
}

/* The frontier of Myers' algorithm: how far into the old lines each diagonal has come. Diagonals go from
 * -edits to edits; `middle` is diagonal 0. */
struct frontier {
	ptrdiff_t *middle;
};

/* Is `diagonal` reached by adding a line? By removing one otherwise; by whichever comes further. */
static bool
is_addition(const ptrdiff_t *before, ptrdiff_t edits, ptrdiff_t diagonal)
{
	return diagonal == -edits || (diagonal != edits && before[diagonal - 1] < before[diagonal + 1]);
}

/* One step of at most one line, then all that is equal. */
static ptrdiff_t
advance(const struct diff *diff, const ptrdiff_t *before, ptrdiff_t edits, ptrdiff_t diagonal)
{
	ptrdiff_t at = 0;
	if (edits > 0) {
		at = is_addition(before, edits, diagonal) ? before[diagonal + 1] : before[diagonal - 1] + 1;
	}
	while (at < diff->old_len && at - diagonal < diff->new_len
		&& is_same(diff, (size_t)at + diff->same_start, (size_t)(at - diagonal) + diff->same_start)) {
		at++;
	}
	return at;
}

/* Frontiers by number of edits, each `width` wide; *ret_edits is how many it takes. False when too many. */
static bool
search(struct diff *diff, struct frontier *frontiers, ptrdiff_t *ret_edits)
{
	for (ptrdiff_t edits = 0; edits <= DIFF_EDITS_MAX; edits++) {
		/* One more on each side, so that the next round may look at its neighbours. */
		ptrdiff_t *room = arena_new_n(&diff->scratch, ptrdiff_t, (size_t)(2 * edits + 3));
		frontiers[edits].middle = room + edits + 1;
		for (ptrdiff_t diagonal = -edits; diagonal <= edits; diagonal += 2) {
			const ptrdiff_t *before = edits > 0 ? frontiers[edits - 1].middle : NULL;
			ptrdiff_t at = advance(diff, before, edits, diagonal);
			frontiers[edits].middle[diagonal] = at;
			if (at >= diff->old_len && at - diagonal >= diff->new_len) {
				*ret_edits = edits;
				return true;
			}
		}
	}
	return false;
}

/* Adds one removed or added line before what was added last: changes are found from the end. */
static void
add_edit(struct diff *diff, size_t old, size_t new, bool adds)
{
	struct changes *changes = &diff->changes;
	assert(changes->len == 0 || changes->items);
	struct change *last = changes->len ? &changes->items[changes->len - 1] : NULL;
	struct change change = { old, !adds, new, adds };
	if (last && last->old_start == old + !adds && last->new_start == new + adds) {
		last->old_start = old;
		last->new_start = new;
		last->old_len += !adds;
		last->new_len += adds;
	} else {
		vec_push(&diff->scratch, changes, change);
	}
}

/* Goes back along the path that was found, and puts the changes into the order of the text. */
static void
collect(struct diff *diff, const struct frontier *frontiers, ptrdiff_t edits)
{
	ptrdiff_t diagonal = diff->old_len - diff->new_len;
	for (; edits > 0; edits--) {
		const ptrdiff_t *before = frontiers[edits - 1].middle;
		bool adds = is_addition(before, edits, diagonal);
		diagonal += adds ? 1 : -1;
		ptrdiff_t old = before[diagonal];
		add_edit(diff, (size_t)old + diff->same_start, (size_t)(old - diagonal) + diff->same_start,
			adds);
	}
	struct changes *changes = &diff->changes;
	for (size_t i = 0; i < changes->len / 2; i++) {
		struct change swap = changes->items[i];
		changes->items[i] = changes->items[changes->len - 1 - i];
		changes->items[changes->len - 1 - i] = swap;
	}
}

static void
replace_all(struct diff *diff)
{
	struct change change = { diff->same_start, (size_t)diff->old_len, diff->same_start,
		(size_t)diff->new_len };
	vec_push(&diff->scratch, &diff->changes, change);
}

static void
print_lines(struct diff *diff, char mark, const struct lines *lines, size_t start, size_t len)
{
	for (size_t i = start; i < start + len; i++) {
		struct str text = lines->items[i].text;
		buf_add_char(diff->out, mark);
		buf_add(diff->out, text);
		if (!str_ends(text, STR("\n"))) {
			buf_add(diff->out, STR("\n\\ No newline at end of file\n"));
		}
	}
}

/* "3", "3,4"; nothing at all counts from the line before it. */
static void
print_range(struct buf *out, size_t start, size_t len)
{
	buf_addf(out, "%zu", len ? start + 1 : start);
	if (len != 1) {
		buf_addf(out, ",%zu", len);
	}
}

static size_t
smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* The hunk of changes `first` to `last`. */
static void
print_hunk(struct diff *diff, size_t first, size_t last)
{
	const struct change *begin = &diff->changes.items[first], *end = &diff->changes.items[last];
	size_t before = smaller(begin->old_start, DIFF_CONTEXT);
	size_t old_end = end->old_start + end->old_len, new_end = end->new_start + end->new_len;
	size_t after = smaller(diff->old.len - old_end, DIFF_CONTEXT);
	size_t old = begin->old_start - before;

	buf_add(diff->out, STR("@@ -"));
	print_range(diff->out, old, old_end + after - old);
	buf_add(diff->out, STR(" +"));
	print_range(diff->out, begin->new_start - before, new_end + after - (begin->new_start - before));
	buf_add(diff->out, STR(" @@\n"));
	for (size_t i = first; i <= last; i++) {
		const struct change *change = &diff->changes.items[i];
		print_lines(diff, ' ', &diff->old, old, change->old_start - old);
		print_lines(diff, '-', &diff->old, change->old_start, change->old_len);
		print_lines(diff, '+', &diff->new, change->new_start, change->new_len);
		old = change->old_start + change->old_len;
	}
	print_lines(diff, ' ', &diff->old, old, after);
}

/* Changes whose context would touch share a hunk. */
static void
print_hunks(struct diff *diff)
{
	const struct change *items = diff->changes.items;
	for (size_t first = 0; first < diff->changes.len; first++) {
		size_t last = first;
		while (last + 1 < diff->changes.len
			&& items[last + 1].old_start - (items[last].old_start + items[last].old_len)
				<= 2 * (size_t)DIFF_CONTEXT) {
			last++;
		}
		print_hunk(diff, first, last);
		first = last;
	}
}

void
diff_hunks(struct buf *out, struct str old, struct str new)
{
	struct diff diff = { .out = out };
	struct frontier frontiers[DIFF_EDITS_MAX + 1];
	ptrdiff_t edits = 0;

	if (str_eq(old, new)) {
		return;
	}
	split(&diff.scratch, old, &diff.old);
	split(&diff.scratch, new, &diff.new);
	trim(&diff);
	if (search(&diff, frontiers, &edits)) {
		collect(&diff, frontiers, edits);
	} else {
		replace_all(&diff);
	}
	print_hunks(&diff);
	arena_release(&diff.scratch);
}
