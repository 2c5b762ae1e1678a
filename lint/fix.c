#include "fix.h"

#include "diff.h"
#include "printable.h"
#include "redact.h"

static bool
concerns(const struct edit_group *group, const struct file *file)
{
	const struct edit *edit = group->first;
	while (edit && edit->source != file->id) {
		edit = edit->next;
	}
	return edit != NULL;
}

/* Is the text of the file, as the chosen groups make it, as good as it was? A byte-order mark would be lost.
 */
static bool
is_sound(const struct file *file, const struct edit_group *groups, size_t count)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct str old = file->source.text, text = edits_apply(&scratch, file->id, old, groups, count);
	bool is_edited = text.ptr != old.ptr;
	return !is_edited || !file->is_yaml || file->syntax || edit_is_sound(old, text);
}

/* Takes back the groups that break the file, and keeps those that can be made with the ones before them. */
static void
sift(struct edit_group *groups, size_t count, const struct file *file)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	bool *was_chosen = arena_new_n(&scratch, bool, count + 1);
	for (size_t i = 0; i < count; i++) {
		was_chosen[i] = groups[i].is_chosen && concerns(&groups[i], file);
		groups[i].is_chosen = groups[i].is_chosen && !was_chosen[i];
	}
	for (size_t i = 0; i < count; i++) {
		if (was_chosen[i]) {
			groups[i].is_chosen = true;
			groups[i].is_chosen = is_sound(file, groups, count);
		}
	}
}

/* False when groups were taken back, for those may have been what made another file right. */
static bool
are_sound(const struct lint_run *run, struct edit_group *groups, size_t count)
{
	bool are_right = true;
	for (size_t i = 0; i < run->files.len; i++) {
		const struct file *file = &run->files.items[i];
		if (!is_sound(file, groups, count)) {
			sift(groups, count, file);
			are_right = false;
		}
	}
	return are_right;
}

static size_t
count_chosen(const struct edit_group *groups, size_t count)
{
	size_t chosen = 0;
	for (size_t i = 0; i < count; i++) {
		chosen += groups[i].is_chosen ? 1 : 0;
	}
	return chosen;
}

/* What is mended in this round; returns how many findings. */
static size_t
plan(struct arena *arena, const struct lint_run *run, bool unsafe, struct edit_group **ret_groups)
{
	size_t count = run->findings.len;
	struct edit_group *groups = arena_new_n(arena, struct edit_group, count + 1);
	for (size_t i = 0; i < count; i++) {
		const struct finding *finding = run->findings.items[i];
		groups[i].first = finding->fix_is_unsafe && !unsafe ? NULL : finding->edits;
	}
	edits_choose(groups, count);
	while (!are_sound(run, groups, count)) {
	}
	*ret_groups = groups;
	return count_chosen(groups, count);
}

size_t
fix_round(struct arena *arena, const struct lint_run *run, bool unsafe, struct map *texts)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct edit_group *groups;
	size_t count = plan(&scratch, run, unsafe, &groups);
	for (size_t i = 0; count > 0 && i < run->files.len; i++) {
		const struct file *file = &run->files.items[i];
		struct str text =
			edits_apply(&scratch, file->id, file->source.text, groups, run->findings.len);
		if (text.ptr != file->source.text.ptr) {
			struct str *mended = arena_new(arena, struct str);
			*mended = arena_str(arena, text);
			(void)map_put(arena, texts, arena_str(arena, file->source.path), mended);
		}
	}
	return count;
}

bool
fix_write(const struct lint_run *run, int root_fd, const struct map *texts, struct error *reterr)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct fs_file *files = arena_new_n(&scratch, struct fs_file, run->files.len + 1);
	size_t len = 0;
	for (size_t i = 0; i < run->files.len; i++) {
		struct str path = run->files.items[i].source.path;
		const struct str *text = map_get(texts, path);
		if (text) {
			files[len++] = (struct fs_file){ path, *text };
		}
	}
	return fs_write_all(root_fd, files, len, reterr);
}

/* Hidden words of the file, wherever they stand in the line. */
static struct str
without_secrets(struct arena *arena, const struct lint_run *run, const struct file *file, struct str line)
{
	const struct findings *findings = &run->findings;
	for (size_t i = 0; i < findings->hidden.len; i++) {
		const struct hidden_span *hidden = &findings->hidden.items[i];
		struct str word = str_first(str_skip(file->source.text, hidden->span.start),
			hidden->span.end - hidden->span.start);
		while (hidden->source == file->id && word.ptr && word.len > 0) {
			struct str part = str_cut(&word, '\n'); /* a line shows a part of a longer one */
			size_t at = part.len > 0 ? str_find(line, part) : line.len;
			struct redact_span span = { at, at + part.len };
			line = at < line.len ? redact_span(arena, line, span) : line;
		}
	}
	return redact(arena, line);
}

static void
add_diff(struct buf *out, const struct lint_run *run, const struct file *file, struct str text)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct buf hunks = { .arena = &scratch };
	struct str path = printable(&scratch, file->source.path);
	buf_addf(out, "--- a/%.*s\n+++ b/%.*s\n", STR_ARG(path), STR_ARG(path));
	diff_hunks(&hunks, file->source.text, text);
	struct str rest = buf_str(&hunks);
	while (rest.len > 0) {
		struct str line = without_secrets(&scratch, run, file, str_cut(&rest, '\n'));
		buf_addf(out, "%.*s\n", STR_ARG(printable(&scratch, line)));
	}
}

void
fix_diff(struct buf *out, const struct lint_run *run, const struct map *texts)
{
	for (size_t i = 0; i < run->files.len; i++) {
		const struct file *file = &run->files.items[i];
		const struct str *text = map_get(texts, file->source.path);
		if (text) {
			add_diff(out, run, file, *text);
		}
	}
}
