#include "fix.h"

/* Takes back the groups with an edit of a text that would not be YAML any more. */
static bool
take_back(struct edit_group *groups, size_t count, const struct file *file)
{
	bool any = false;
	for (size_t i = 0; i < count; i++) {
		for (const struct edit *edit = groups[i].first; groups[i].is_chosen && edit;
			edit = edit->next) {
			groups[i].is_chosen = edit->source != file->id;
			any = any || !groups[i].is_chosen;
		}
	}
	return any;
}

/* False when a text would be broken; its groups were taken back, and others may have to follow. */
static bool
is_yaml_kept(const struct lint_run *run, struct edit_group *groups, size_t count)
{
	for (size_t i = 0; i < run->files.len; i++) {
		struct arena CLEANUP(arena_release) scratch = { 0 };
		const struct file *file = &run->files.items[i];
		struct str text = edits_apply(&scratch, file->id, file->source.text, groups, count);
		bool is_edited = text.ptr != file->source.text.ptr;
		bool is_whole = file->source.text.len == file->size; /* a byte-order mark is not there */
		bool breaks = file->is_yaml && !file->syntax && is_edited && !edit_is_yaml(text);
		if (is_edited && (breaks || !is_whole)) {
			return !take_back(groups, count, file);
		}
	}
	return true;
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

bool
fix_round(const struct lint_run *run, int root_fd, bool unsafe, size_t *ret_count, struct error *reterr)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	size_t count = run->findings.len;
	struct edit_group *groups = arena_new_n(&scratch, struct edit_group, count + 1);
	for (size_t i = 0; i < count; i++) {
		const struct finding *finding = run->findings.items[i];
		groups[i].first = finding->fix_is_unsafe && !unsafe ? NULL : finding->edits;
	}
	edits_choose(groups, count);
	while (!is_yaml_kept(run, groups, count)) {
	}
	*ret_count = count_chosen(groups, count);
	for (size_t i = 0; *ret_count > 0 && i < run->files.len; i++) {
		const struct file *file = &run->files.items[i];
		struct str text = edits_apply(&scratch, file->id, file->source.text, groups, count);
		if (text.ptr != file->source.text.ptr
			&& !fs_write(root_fd, file->source.path, text, reterr)) {
			return false;
		}
	}
	return true;
}
