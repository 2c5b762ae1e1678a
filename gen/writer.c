#include "writer.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>

#include "fs.h"
#include "fs_open.h"

bool
writer_print(struct arena *arena, const struct plan *plan, struct error *reterr)
{
	struct buf out = { .arena = arena };
	for (size_t i = 0; i < plan->len; i++) {
		if (!plan->items[i].is_not_applied) {
			buf_add(&out, plan->items[i].data);
		}
	}
	return fs_write_stdout(buf_str(&out), reterr);
}

/* Makes `directory` and what is missing above it. */
static bool
make_directory(const char *directory, struct error *reterr)
{
	char path[PATH_MAX];
	size_t len = strlen(directory);
	if (len >= sizeof(path)) {
		return error_set(reterr, "%.100s…: the path is too long", directory);
	}
	for (size_t end = 1; end <= len; end++) {
		if (directory[end] != '/' && directory[end] != '\0') {
			continue;
		}
		memcpy(path, directory, end);
		path[end] = '\0';
		if (mkdir(path, S_IRWXU | S_IRWXG | S_IRWXO) != 0 && errno != EEXIST && errno != EISDIR
			&& errno != EROFS) {
			return error_set_errno(reterr, "%s: cannot make the directory", path);
		}
	}
	return true;
}

bool
writer_write(const char *directory, const struct plan *plan, struct error *reterr)
{
	if (!make_directory(directory, reterr)) {
		return false;
	}
	int CLEANUP(fd_close) root = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (root < 0) {
		return error_set_errno(reterr, "%s", directory);
	}
	for (size_t i = 0; i < plan->len; i++) {
		struct error error = { { 0 } };
		if (!fs_write(root, plan->items[i].path, plan->items[i].data, &error)) {
			return error_set(reterr, "%s/%s", directory, error.text);
		}
	}
	return true;
}

bool
writer_list(struct arena *arena, const char *directory, const struct plan *plan, struct error *reterr)
{
	struct buf out = { .arena = arena };
	const char *slash = directory[0] && directory[strlen(directory) - 1] == '/' ? "" : "/";
	for (size_t i = 0; i < plan->len; i++) {
		buf_addf(&out, "%s%s%.*s\n", directory, slash, STR_ARG(plan->items[i].path));
	}
	return fs_write_stdout(buf_str(&out), reterr);
}
