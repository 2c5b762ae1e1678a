#include <setjmp.h>
#include <stdarg.h>

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs.h"

#include <cmocka.h>

/* Each test has a directory of its own. */
struct place {
	struct arena arena;
	char path[64];
	int fd;
	struct error error;
};

static int
open_place(void **state)
{
	struct place *place = calloc(1, sizeof(*place));
	assert_non_null(place);
	(void)snprintf(place->path, sizeof(place->path), "/tmp/glagent-fs-XXXXXX");
	assert_non_null(mkdtemp(place->path));
	place->fd = open(place->path, O_RDONLY | O_DIRECTORY);
	assert_true(place->fd >= 0);
	*state = place;
	return 0;
}

static int
remove_one(const char *path, const struct stat *status, int type, struct FTW *ftw)
{
	(void)status;
	(void)type;
	(void)ftw;
	return remove(path);
}

static int
close_place(void **state)
{
	struct place *place = *state;
	(void)close(place->fd);
	arena_release(&place->arena);
	int result = nftw(place->path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(place);
	return result;
}

static void
put(struct place *place, const char *path, const char *text)
{
	if (!fs_write(place->fd, str_from(path), str_from(text), &place->error)) {
		fail_msg("%s", place->error.text);
	}
}

static void
assert_text(struct place *place, const char *path, const char *expected)
{
	struct str text;
	assert_int_equal(fs_read(&place->arena, place->fd, str_from(path), &text, &place->error), FS_READ_OK);
	assert_string_equal(text.ptr, expected);
}

static const char *
walk(struct place *place)
{
	struct fs_entries entries;
	struct str all = STR("");
	if (!fs_walk(&place->arena, place->fd, &entries, &place->error)) {
		return place->error.text;
	}
	for (size_t i = 0; i < entries.len; i++) {
		static const char marks[] = { [FS_REGULAR] = ' ', [FS_SYMLINK] = '@', [FS_OTHER] = '|' };
		all = arena_printf(&place->arena, "%.*s%.*s%c", STR_ARG(all), STR_ARG(entries.items[i].path),
			marks[entries.items[i].kind]);
	}
	return all.ptr;
}

static void
what_is_written_is_read_back(void **state)
{
	struct place *place = *state;
	put(place, "a/b/c.yaml", "one\n");
	assert_text(place, "a/b/c.yaml", "one\n");
	put(place, "a/b/c.yaml", "two\n");
	assert_text(place, "a/b/c.yaml", "two\n");
	assert_string_equal(walk(place), "a/b/c.yaml ");
	assert_string_equal(walk(place), "a/b/c.yaml "); /* and again: the descriptor is where it was */
}

static void
replaced_file_keeps_its_mode(void **state)
{
	struct place *place = *state;
	struct stat status;
	put(place, "run.sh", "old");
	assert_int_equal(fchmodat(place->fd, "run.sh", 0750, 0), 0);
	put(place, "run.sh", "new");
	assert_int_equal(fstatat(place->fd, "run.sh", &status, 0), 0);
	assert_int_equal(status.st_mode & 07777, 0750);
}

static void
replaced_file_keeps_its_mark(void **state)
{
	struct place *place = *state;
	struct stat status;
	put(place, "a",
		"\xEF\xBB\xBF"
		"old");
	put(place, "a", "new");
	assert_text(place, "a", "new"); /* reading takes the mark off */
	assert_int_equal(fstatat(place->fd, "a", &status, 0), 0);
	assert_int_equal(status.st_size, 6);
	put(place, "a",
		"\xEF\xBB\xBF"
		"again");
	assert_text(place, "a", "again");
}

static void
failed_write_leaves_nothing(void **state)
{
	struct place *place = *state;
	put(place, "a/file", "x");
	assert_false(fs_write(place->fd, STR("a/file/b/c"), STR("y"), &place->error));
	assert_false(fs_write(place->fd, STR("a"), STR("y"), &place->error));
	char path[400] = "new/";
	memset(path + 4, 'n', 300);
	assert_false(fs_write(place->fd, str_from(path), STR("y"), &place->error));
	assert_string_equal(walk(place), "a/file ");
	assert_int_equal(faccessat(place->fd, "new", F_OK, 0), -1);
}

static void
write_does_not_leave_the_root(void **state)
{
	struct place *place = *state;
	assert_int_equal(mkdirat(place->fd, "out", 0777), 0);
	assert_int_equal(symlinkat("..", place->fd, "out/up"), 0);
	assert_false(fs_write(place->fd, STR("../evil"), STR("x"), &place->error));
	assert_false(fs_write(place->fd, STR("/evil"), STR("x"), &place->error));
	assert_false(fs_write(place->fd, STR("out/up/evil"), STR("x"), &place->error));
	assert_false(fs_write(place->fd, STR("out/up"), STR("x"), &place->error));
	assert_string_equal(walk(place), "out/up@");
}

static void
walk_is_sorted_by_directory(void **state)
{
	struct place *place = *state;
	put(place, "a-b", "");
	put(place, "a/z", "");
	put(place, "a/b/c", "");
	put(place, "Z", "");
	assert_string_equal(walk(place), "Z a/b/c a/z a-b ");
	assert_string_equal(walk(place), "Z a/b/c a/z a-b "); /* over the same descriptor */
}

static void
walk_stays_out_of_repositories(void **state)
{
	struct place *place = *state;
	put(place, ".git/config", "");
	put(place, ".gitlab/agents/a/config.yaml", "");
	put(place, "vendor/thing/.git/HEAD", "");
	put(place, "vendor/thing/x.yaml", "");
	put(place, "sub/.git", "gitdir: elsewhere");
	put(place, "sub/x.yaml", "");
	assert_string_equal(walk(place), ".gitlab/agents/a/config.yaml ");
}

static void
links_are_listed_and_not_followed(void **state)
{
	struct place *place = *state;
	struct str text;
	put(place, "real/file", "x");
	assert_int_equal(symlinkat("real", place->fd, "link"), 0);
	assert_int_equal(symlinkat("nowhere", place->fd, "dangling"), 0);
	assert_int_equal(mkfifoat(place->fd, "pipe", 0600), 0);
	assert_string_equal(walk(place), "dangling@link@pipe|real/file ");
	assert_int_equal(
		fs_read(&place->arena, place->fd, STR("link"), &text, &place->error), FS_READ_FAILED);
	assert_int_equal(
		fs_read(&place->arena, place->fd, STR("link/file"), &text, &place->error), FS_READ_FAILED);
	assert_int_equal(
		fs_read(&place->arena, place->fd, STR("pipe"), &text, &place->error), FS_READ_FAILED);
}

static void
too_large_a_file_is_told_apart(void **state)
{
	struct place *place = *state;
	struct str text;
	int fd = openat(place->fd, "big", O_WRONLY | O_CREAT, 0666);
	assert_int_equal(ftruncate(fd, SOURCE_BYTES_MAX), 0);
	assert_int_equal(fs_read(&place->arena, place->fd, STR("big"), &text, &place->error), FS_READ_OK);
	assert_int_equal(text.len, SOURCE_BYTES_MAX);
	assert_int_equal(ftruncate(fd, SOURCE_BYTES_MAX + 1), 0);
	assert_int_equal(
		fs_read(&place->arena, place->fd, STR("big"), &text, &place->error), FS_READ_TOO_LARGE);
	(void)close(fd);
}

static void
named_file_loses_its_mark_and_keeps_its_path(void **state)
{
	struct place *place = *state;
	struct source source;
	put(place, "spec.yaml",
		"\xEF\xBB\xBF"
		"a: 1\n");
	struct str path = arena_printf(&place->arena, "%s/spec.yaml", place->path);
	assert_true(fs_read_named(&place->arena, path.ptr, &source, &place->error));
	assert_string_equal(source.text.ptr, "a: 1\n");
	assert_true(str_eq(source.path, path));
}

static void
named_file_must_be_text(void **state)
{
	struct place *place = *state;
	struct source source;
	assert_false(fs_read_named(&place->arena, place->path, &source, &place->error));
	assert_non_null(strstr(place->error.text, "is a directory"));
	assert_false(fs_read_named(&place->arena, "/dev/null", &source, &place->error));
	assert_true(fs_write(place->fd, STR("bin"), (struct str){ "a\0b", 3 }, &place->error));
	struct str path = arena_printf(&place->arena, "%s/bin", place->path);
	assert_false(fs_read_named(&place->arena, path.ptr, &source, &place->error));
	assert_non_null(strstr(place->error.text, "is binary"));
	path = arena_printf(&place->arena, "%s/none", place->path);
	assert_false(fs_read_named(&place->arena, path.ptr, &source, &place->error));
	assert_non_null(strstr(place->error.text, "No such file"));
}

/* Runs `writes` with `fd` in standard output's place. */
static bool
write_to(int fd, bool (*writes)(struct str data, struct error *reterr), struct error *error)
{
	(void)fflush(stdout);
	int saved = dup(STDOUT_FILENO);
	(void)dup2(fd, STDOUT_FILENO);
	bool ok = writes(STR("x"), error);
	(void)dup2(saved, STDOUT_FILENO);
	(void)close(saved);
	return ok;
}

static void
closed_pipe_is_an_error_unless_a_reader_may_have_enough(void **state)
{
	struct place *place = *state;
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	(void)close(ends[0]);
	assert_true(write_to(ends[1], fs_write_report, &place->error));
	assert_false(write_to(ends[1], fs_write_stdout, &place->error));
	assert_string_equal(place->error.text, "standard output: Broken pipe");
	(void)close(ends[1]);
}

static void
full_disk_is_an_error(void **state)
{
	struct place *place = *state;
	int fd = open("/dev/full", O_WRONLY);
	if (fd < 0) {
		skip();
	}
	assert_false(write_to(fd, fs_write_stdout, &place->error));
	assert_non_null(strstr(place->error.text, "No space left"));
	assert_false(write_to(fd, fs_write_report, &place->error));
	(void)close(fd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_written_is_read_back, open_place, close_place),
		cmocka_unit_test_setup_teardown(replaced_file_keeps_its_mode, open_place, close_place),
		cmocka_unit_test_setup_teardown(replaced_file_keeps_its_mark, open_place, close_place),
		cmocka_unit_test_setup_teardown(failed_write_leaves_nothing, open_place, close_place),
		cmocka_unit_test_setup_teardown(write_does_not_leave_the_root, open_place, close_place),
		cmocka_unit_test_setup_teardown(walk_is_sorted_by_directory, open_place, close_place),
		cmocka_unit_test_setup_teardown(walk_stays_out_of_repositories, open_place, close_place),
		cmocka_unit_test_setup_teardown(links_are_listed_and_not_followed, open_place, close_place),
		cmocka_unit_test_setup_teardown(too_large_a_file_is_told_apart, open_place, close_place),
		cmocka_unit_test_setup_teardown(
			named_file_loses_its_mark_and_keeps_its_path, open_place, close_place),
		cmocka_unit_test_setup_teardown(named_file_must_be_text, open_place, close_place),
		cmocka_unit_test_setup_teardown(
			closed_pipe_is_an_error_unless_a_reader_may_have_enough, open_place, close_place),
		cmocka_unit_test_setup_teardown(full_disk_is_an_error, open_place, close_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
