#include <signal.h>
#include <unistd.h>

#include "fs.h"
#include "redact.h"
#include "request.h"
#include "run.h"

enum { EXIT_DIFFERENCE = 1, EXIT_TROUBLE = 2 };

static int
fail(const struct error *error)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct str text = redact(&arena, str_from(error->text));
	(void)fprintf(stderr, "glagent-gen: %.*s\n", STR_ARG(text));
	return EXIT_TROUBLE;
}

static int
print(struct buf *out)
{
	struct error error;
	return fs_write_report(buf_str(out), &error) ? EXIT_SUCCESS : fail(&error);
}

static void
end_by_signal(int number)
{
	temporaries_unlink();
	_exit(128 + number);
}

static void
handle_signals(void)
{
	struct sigaction ending = { .sa_handler = end_by_signal }, ignoring = { .sa_handler = SIG_IGN };
	(void)sigaction(SIGINT, &ending, NULL);
	(void)sigaction(SIGTERM, &ending, NULL);
	(void)sigaction(SIGPIPE, &ignoring, NULL);
}

int
main(int argc, char **argv)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct buf out = { .arena = &arena };
	struct request request;
	struct error error;
	bool has_difference = false;

	handle_signals();
	if (argc < 1 || !request_parse(&arena, argc - 1, (const char *const *)argv + 1, &request, &error)) {
		return fail(&error);
	}
	if (request.wants_help) {
		request_help(&out);
		return print(&out);
	}
	if (request.wants_version) {
		buf_add(&out, STR("glagent-gen " GLAGENT_VERSION "\n"));
		return print(&out);
	}
	bool is_done = request.output->run ? request.output->run(&arena, &request, &error)
					   : run_render(&arena, &request, &has_difference, &error);
	if (!is_done) {
		return fail(&error);
	}
	return has_difference ? EXIT_DIFFERENCE : EXIT_SUCCESS;
}
