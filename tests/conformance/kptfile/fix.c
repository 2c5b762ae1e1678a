/* Makes the safe fixes of a repository: conformance_fix DIRECTORY */
#include <fcntl.h>

#include "fix.h"

int
main(int argc, char **argv)
{
	struct error error;
	int fd = argc == 2 ? open(argv[1], O_RDONLY | O_DIRECTORY) : -1;
	if (fd < 0) {
		return 2;
	}
	size_t count = 1;
	for (unsigned round = 0; count > 0 && round < FIX_ROUNDS_MAX; round++) {
		struct lint_run run;
		struct lint_options options = { .jobs = 1 };
		struct arena CLEANUP(arena_release) arena = { 0 };
		struct map texts = { 0 };
		bool is_made = lint_run(&run, fd, &options, &error);
		count = is_made ? fix_round(&arena, &run, false, &texts) : 0;
		is_made = is_made && fix_write(&run, fd, &texts, &error);
		lint_run_release(&run);
		if (!is_made) {
			(void)fprintf(stderr, "%s\n", error.text);
			return 2;
		}
	}
	return 0;
}
