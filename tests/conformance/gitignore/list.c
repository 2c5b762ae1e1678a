/* Prints the files of a working tree that the linter reads, one a line: list DIRECTORY. */
#include <fcntl.h>
#include <unistd.h>

#include "git_filter.h"

int
main(int argc, char **argv)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct git_filter CLEANUP(git_filter_release) git = { 0 };
	struct fs_filter filter = { git_filter_skips, &git };
	struct fs_entries entries;
	struct error error;
	int fd = argc == 2 ? open(argv[1], O_RDONLY | O_DIRECTORY) : -1;
	if (fd < 0) {
		(void)fprintf(stderr, "usage: list DIRECTORY\n");
		return 2;
	}
	bool has_git = git_filter_open(&git, fd);
	if (!fs_walk_filtered(&arena, fd, has_git ? &filter : NULL, &entries, &error)) {
		(void)fprintf(stderr, "%s\n", error.text);
		return 2;
	}
	for (size_t i = 0; i < entries.len; i++) {
		(void)printf("%.*s\n", STR_ARG(entries.items[i].path));
	}
	return 0;
}
