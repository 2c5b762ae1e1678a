/*
 * Runs a command some times and prints its best time and largest memory. FILES
 * and BYTES are what the command reads, for files/s and MB/s. Its output is
 * thrown away; an exit of 2 or more is trouble and is said.
 *
 *	measure RUNS FILES BYTES COMMAND…
 *
 * In C, because Linux counts the memory of the process that started a command
 * into the command's own peak: this one is smaller than whatever it measures.
 */
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base.h"

enum { EXIT_TROUBLE = 2, EXIT_NOT_FOUND = 127 };

struct best {
	double seconds;
	long peak_kib;
	int status;
};

static double
now(void)
{
	struct timespec time;
	(void)clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static _Noreturn void
run(char **command)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		(void)dup2(null, fd);
	}
	(void)execvp(command[0], command);
	_exit(EXIT_NOT_FOUND);
}

static bool
measure(char **command, struct best *best)
{
	struct rusage usage;
	double start = now();
	pid_t child = fork();
	if (child == 0) {
		run(command);
	}
	if (child < 0 || wait4(child, &best->status, 0, &usage) < 0) {
		return false;
	}
	double seconds = now() - start;
	best->seconds = seconds < best->seconds ? seconds : best->seconds;
	best->peak_kib = usage.ru_maxrss > best->peak_kib ? usage.ru_maxrss : best->peak_kib;
	return true;
}

int
main(int argc, char **argv)
{
	struct best best = { .seconds = 1e9 };
	if (argc < 5) {
		(void)fprintf(stderr, "usage: measure RUNS FILES BYTES COMMAND...\n");
		return EXIT_TROUBLE;
	}
	for (long runs = strtol(argv[1], NULL, 10); runs > 0; runs--) {
		if (!measure(argv + 4, &best)) {
			perror("measure");
			return EXIT_TROUBLE;
		}
	}
	printf("  $");
	for (int i = 4; i < argc; i++) {
		printf(" %s", argv[i]);
	}
	printf("\n    %.3f s   %.0f files/s   %.1f MB/s   peak %.1f MiB", best.seconds,
		strtod(argv[2], NULL) / best.seconds, strtod(argv[3], NULL) / best.seconds / 1e6,
		(double)best.peak_kib / 1024);
	int code = WIFEXITED(best.status) ? WEXITSTATUS(best.status) : EXIT_NOT_FOUND;
	if (code >= EXIT_TROUBLE) {
		printf("   EXIT %d", code);
	}
	printf("\n");
	return 0;
}
