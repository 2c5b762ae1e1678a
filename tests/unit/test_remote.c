#include <setjmp.h>
#include <stdarg.h>

#include <fcntl.h>
#include <unistd.h>

#include "fs.h"
#include "remote.h"

#include <cmocka.h>

static void
addresses_are_taken_apart(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	static const struct {
		const char *address, *url, *project;
	} cases[] = {
		{ "https://gitlab.com/a/b.git", "https://gitlab.com", "a/b" },
		{ "https://me:secret@gitlab.example.com:8443/a/b/c", "https://gitlab.example.com:8443",
			"a/b/c" },
		{ "http://localhost/a/b/", "http://localhost", "a/b" },
		{ "ssh://git@gitlab.example.com:2222/a/b.git", "https://gitlab.example.com", "a/b" },
		{ "git@gitlab.com:a/b.git", "https://gitlab.com", "a/b" },
		{ "git@gitlab.com:/a/b.git", "https://gitlab.com", "a/b" },
		{ "/srv/git/a/b.git", "", "" },
		{ "../b", "", "" },
		{ "file:///srv/a/b", "", "" },
		{ "https://gitlab.com/", "", "" },
		{ "", "", "" },
		{ "https://GitLab.example.com/a/b", "https://GitLab.example.com", "a/b" },
		/* what may be a secret is no part of a path or host */
		{ "me:secret@gitlab.example.com:a/b", "", "" },
		{ "https://me:se/cret@gitlab.example.com/a/b", "", "" },
		{ "https://me:secret/@gitlab.example.com/a/b", "", "" },
		{ "https://gitlab.example.com/a/b.git?private_token=secret", "", "" },
		{ "https://gitlab.example.com:secret/a/b", "", "" },
		{ "https://gitlab.example.com/a/glagent-AbCdEfGhIjKlMnOpQrSt0123456789", "", "" },
	};
	for (size_t i = 0; i < countof(cases); i++) {
		struct remote remote = remote_of_url(&arena, str_from(cases[i].address));
		assert_true(str_eq(remote.url, str_from(cases[i].url)));
		assert_true(str_eq(remote.project, str_from(cases[i].project)));
	}
}

static void
origin_is_found_in_the_configuration(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	char path[] = "/tmp/glagent-remote-XXXXXX";
	struct error error;
	assert_non_null(mkdtemp(path));
	int fd = open(path, O_RDONLY | O_DIRECTORY);
	assert_int_equal(remote_find(&arena, fd).project.len, 0);
	assert_true(fs_write(fd, STR(".git/config"),
		STR("[core]\n\turl = git@x:c/d\n[remote \"upstream\"]\n\turl = git@x:e/f\n"
		    "[remote \"origin\"]\n\tfetch = +refs/heads/*\n\tURL = \"git@x:a/b\"\n"),
		&error));
	assert_true(str_eq(remote_find(&arena, fd).project, STR("a/b")));
	assert_int_equal(unlinkat(fd, ".git/config", 0), 0);
	assert_int_equal(unlinkat(fd, ".git", AT_REMOVEDIR), 0);
	assert_int_equal(close(fd), 0);
	assert_int_equal(rmdir(path), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_taken_apart),
		cmocka_unit_test(origin_is_found_in_the_configuration),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
