/* Directories with files, read and mended, for tests of fixes. After cmocka.h. */
#ifndef GLAGENT_TEST_FIX_FILES_H
#define GLAGENT_TEST_FIX_FILES_H

#include "fix.h"
#include "fs.h"

struct tree_of_files {
	struct fs_entries entries;
	int fd;
};

static inline struct tree_of_files
open_tree(struct arena *arena, const char *directory)
{
	struct tree_of_files tree = { .fd = open(directory, O_RDONLY | O_DIRECTORY) };
	struct error error;
	if (tree.fd < 0 || !fs_walk(arena, tree.fd, &tree.entries, &error)) {
		fail_msg("%s: cannot be read", directory);
	}
	return tree;
}

static inline struct str
read_entry(struct arena *arena, const struct tree_of_files *tree, size_t index)
{
	struct str text = STR("");
	struct error error;
	assert_int_equal(
		fs_read(arena, tree->fd, tree->entries.items[index].path, &text, &error), FS_READ_OK);
	return text;
}

/* Rounds of the fixes of these rules, safe and unsafe, until there are none. */
static inline void
fix_all(int fd, const bool *selected)
{
	size_t count = 1;
	for (unsigned round = 0; count > 0 && round < FIX_ROUNDS_MAX; round++) {
		struct lint_run run;
		struct lint_options options = { .jobs = 1, .selected = selected };
		struct error error;
		assert_true(lint_run(&run, fd, &options, &error));
		struct arena CLEANUP(arena_release) arena = { 0 };
		struct map texts = { 0 };
		count = fix_round(&arena, &run, true, &texts);
		assert_true(fix_write(&run, fd, &texts, &error));
		lint_run_release(&run);
	}
	assert_int_equal(count, 0);
}

#endif
