#include "init.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "embedded.h"
#include "fs.h"
#include "fs_open.h"
#include "template_text.h"
#include "versions.h"

struct str
init_text(struct arena *arena)
{
	struct ylist chart = ylist_mapping(arena);
	struct ylist map = ylist_mapping(arena);
	struct str text = STR(""), problem;

	ylist_put(&chart, STR("version"), ynode_scalar(arena, chart_newest(), YSTYLE_QUOTED));
	ylist_put(&map, STR("chart"), chart.parent);
	struct scope scope = { map.parent, NULL };
	enum fill_result result =
		text_fill(arena, embedded_get(STR("templates/init.yaml")), &scope, &text, &problem);
	assert(result == FILL_OK);
	(void)result;
	return text;
}

bool
init_write(struct arena *arena, const char *path, struct error *reterr)
{
	struct stat status;
	struct str name = str_from(path), base = path_base(name);
	struct str parent = str_first(name, name.len - base.len);
	if (base.len == 0 || str_eq(base, STR(".")) || str_eq(base, STR(".."))) {
		return error_set(reterr, "\"%s\" is a directory, expected the name of a file", path);
	}
	if (lstat(path, &status) == 0) {
		return error_set(reterr,
			"%s is there already and stays as it is; \"glagent-gen init -\" prints the starter",
			path);
	}
	const char *directory = parent.len ? arena_str(arena, parent).ptr : ".";
	int CLEANUP(fd_close) root = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (root < 0) {
		return error_set_errno(reterr, "%s", directory);
	}
	return fs_write(root, base, init_text(arena), reterr);
}

bool
init_run(struct arena *arena, const struct request *request, struct error *reterr)
{
	const struct option_list *arguments = &request->arguments;
	if (arguments->len > 1) {
		return error_set(reterr, "init writes one file, but %zu are named", arguments->len);
	}
	bool has_mode = request->is_check || request->is_diff || request->is_dry_run || request->is_forced;
	if (request->spec || request->directory || request->kas_address || request->agents.len || has_mode) {
		return error_set(reterr, "init takes no option, only the name of the file to write, or -");
	}
	const char *path = arguments->len ? arguments->items[0] : "glagent.yaml";
	if (strcmp(path, "-") == 0) {
		return fs_write_stdout(init_text(arena), reterr);
	}
	return init_write(arena, path, reterr);
}
