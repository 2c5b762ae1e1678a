#include "aside.h"

#include "path.h"

static const struct str shown[] = { STR_INIT("doc"), STR_INIT("docs"), STR_INIT("example"),
	STR_INIT("examples"), STR_INIT("sample"), STR_INIT("samples"), STR_INIT("demo"), STR_INIT("test"),
	STR_INIT("tests"), STR_INIT("testdata"), STR_INIT("fixtures"), STR_INIT("template"),
	STR_INIT("templates"), STR_INIT("bootstrap"), STR_INIT("hack"), STR_INIT("scripts"),
	STR_INIT("vendor") };

static const struct str archives[] = { STR_INIT("archive"), STR_INIT("archived"), STR_INIT("archives"),
	STR_INIT("attic"), STR_INIT("backup"), STR_INIT("backups"), STR_INIT("deprecated"),
	STR_INIT("disabled"), STR_INIT("unused"), STR_INIT("old") };

static bool
is_below_one_of(struct str path, const struct str *names, size_t count)
{
	for (struct str rest = path_parent(path); rest.ptr;) {
		struct str name = str_cut(&rest, '/');
		while (str_starts(name, STR(".")) || str_starts(name, STR("_"))) {
			name = str_skip(name, 1);
		}
		for (size_t i = 0; i < count; i++) {
			if (str_eq_nocase(name, names[i])) {
				return true;
			}
		}
	}
	return false;
}

bool
path_is_archived(struct str path)
{
	return is_below_one_of(path, archives, countof(archives));
}

bool
path_is_aside(struct str path)
{
	return path_is_archived(path) || is_below_one_of(path, shown, countof(shown));
}

/* "test" and "demo" are clusters as often as not. */
bool
path_is_shown(struct str path)
{
	static const struct str names[] = { STR_INIT("doc"), STR_INIT("docs"), STR_INIT("guides"),
		STR_INIT("example"), STR_INIT("examples"), STR_INIT("sample"), STR_INIT("samples"),
		STR_INIT("tests"), STR_INIT("e2e"), STR_INIT("testdata"), STR_INIT("fixtures"),
		STR_INIT("mocks"), STR_INIT("tmpl"), STR_INIT("template"), STR_INIT("templates") };
	static const struct str marks[] = { STR_INIT("example"), STR_INIT("sample"), STR_INIT("_test."),
		STR_INIT("-test."), STR_INIT(".test."), STR_INIT("template"), STR_INIT(".tmpl"),
		STR_INIT(".tpl"), STR_INIT(".j2") };
	struct str base = path_base(path);
	for (size_t i = 0; i < countof(marks); i++) {
		if (str_find(base, marks[i]) < base.len) {
			return true;
		}
	}
	return is_below_one_of(path, names, countof(names));
}
