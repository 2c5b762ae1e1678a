/* Files that hold what a test expects; with GLAGENT_UPDATE=1 it writes them. After cmocka.h. */
#ifndef GLAGENT_TEST_EXPECTED_FILE_H
#define GLAGENT_TEST_EXPECTED_FILE_H

#include "fs.h"

static inline bool
is_updating(void)
{
	const char *value = getenv("GLAGENT_UPDATE");
	return value && strcmp(value, "1") == 0;
}

static inline void
write_file(const char *path, struct str text)
{
	FILE *file = fopen(path, "w");
	if (!file || fwrite(text.ptr, 1, text.len, file) != text.len || fclose(file) != 0) {
		fail_msg("%s: cannot be written", path);
	}
}

static inline void
assert_file(struct arena *arena, const char *path, struct str actual)
{
	struct source source;
	struct error error;
	if (is_updating()) {
		write_file(path, actual);
	}
	if (!fs_read_named(arena, path, &source, &error)) {
		fail_msg("%s", error.text);
	}
	assert_string_equal(actual.ptr, source.text.ptr);
}

#endif
