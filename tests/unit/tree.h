/* A repository in memory, for tests of the models: {path, text} pairs in any order. */
#ifndef GLAGENT_TEST_TREE_H
#define GLAGENT_TEST_TREE_H

#include "kept_text.h"
#include "resource.h"
#include "template_marks.h"
#include "vec.h"

struct tree_entry {
	const char *path;
	const char *text; /* NULL: a symbolic link */
};

struct tree {
	struct files files;
	struct sources sources;
	struct resources resources;
};

static inline void
tree_load(struct arena *arena, struct file *file, const char *text)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct ysyntax_error error = { 0 };
	file->state = FILE_TEXT;
	file->source.text = arena_str(arena, str_from(text));
	if (!file->is_yaml) {
		file->is_kept = text_is_kept(file->source.path, file->source.text);
		file->source.text = file->is_kept ? file->source.text : STR("");
		return;
	}
	bool parsed = ytree_parse(arena, &scratch, &file->source, file->id, 0, &file->docs, &error);
	if (!parsed) {
		struct ysyntax_error *kept = arena_new(arena, struct ysyntax_error);
		*kept = error;
		file->syntax = kept;
	}
	file->is_template = text_is_template(file->source.text, file->docs, parsed);
}

/* `entries` ends with a NULL path. */
static inline struct tree *
tree_new(struct arena *arena, const struct tree_entry *entries)
{
	struct tree *tree = arena_new(arena, struct tree);
	struct fs_entries list = { 0 };
	for (const struct tree_entry *entry = entries; entry->path; entry++) {
		struct fs_entry item = { str_from(entry->path), entry->text ? FS_REGULAR : FS_SYMLINK,
			entry->text ? strlen(entry->text) : 0 };
		vec_push(arena, &list, item);
		size_t at = list.len - 1;
		for (; at > 0 && path_cmp(item.path, list.items[at - 1].path) < 0; at--) {
			list.items[at] = list.items[at - 1];
		}
		list.items[at] = item;
	}
	files_list(arena, &list, &tree->files, &tree->sources);
	for (const struct tree_entry *entry = entries; entry->path; entry++) {
		for (size_t i = 0; entry->text && i < tree->files.len; i++) {
			if (str_eq(tree->files.items[i].source.path, str_from(entry->path))) {
				tree_load(arena, &tree->files.items[i], entry->text);
			}
		}
	}
	resources_collect(arena, &tree->files, &tree->resources);
	return tree;
}

#endif
