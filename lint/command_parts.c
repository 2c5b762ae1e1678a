#include "command_parts.h"

#include <stdio.h>
#include <unistd.h>

#include "lint_commands.h"

enum { FAILURES_SHOWN_MAX = 10 };

int
command_trouble(const struct error *error)
{
	(void)fprintf(stderr, "glagent-lint: %s\n", error->text);
	return EXIT_TROUBLE;
}

void
command_say_failures(const struct lint_run *run)
{
	for (size_t i = 0; i < run->failures.len && i < FAILURES_SHOWN_MAX; i++) {
		(void)fprintf(stderr, "glagent-lint: %s\n", run->failures.items[i].text.ptr);
	}
	if (run->failures.len > FAILURES_SHOWN_MAX) {
		(void)fprintf(stderr, "glagent-lint: %zu more files cannot be read\n",
			run->failures.len - FAILURES_SHOWN_MAX);
	}
}

unsigned
command_jobs(int given)
{
	long count = given > 0 ? given : sysconf(_SC_NPROCESSORS_ONLN);
	return count < 1 ? 1 : count > LINT_JOBS_MAX ? LINT_JOBS_MAX : (unsigned)count;
}
