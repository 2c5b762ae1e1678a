/*
 * The official JSON Schema Test Suite, draft 7, as packaged by distributions.
 * Its directory comes from JSON_SCHEMA_TEST_SUITE or the build; without it the
 * test is skipped.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>

#include "fs.h"
#include "json.h"
#include "schema.h"

#include <cmocka.h>

enum { SKIPPED = 77, FILES_LEAST = 30 };

/* What the suite asks beyond our contract. A case is named by its description; NULL is the whole file. */
static const struct skip {
	const char *file, *description;
	const char *because; // cppcheck-suppress unusedStructMember ; for who reads the table
} skips[] = {
	{ "refRemote.json", NULL, "a $ref stays within the document" },
	{ "definitions.json", NULL, "refers to the meta-schema on the web" },
	{ "ref.json", "remote ref, containing refs itself", "refers to the meta-schema on the web" },
	{ "ref.json", "Recursive references between schemas", "refers by $id: ours is a mere annotation" },
	{ "ref.json", "escaped pointer ref",
		"its pointers lead to unknown keywords, which we refuse; the same "
		"with known ones is in test_schema" },
};

static bool
is_skipped(const char *file, struct str description)
{
	for (size_t i = 0; i < countof(skips); i++) {
		if (strcmp(skips[i].file, file) == 0
			&& (!skips[i].description || str_eq(str_from(skips[i].description), description))) {
			return true;
		}
	}
	return false;
}

struct tally {
	unsigned files, checked, wrong;
};

static void
run_case(struct arena *arena, const char *file, const struct ynode *group, struct tally *tally)
{
	static const struct schema_options options = { .dialect = YDIALECT_YAML_V3 };
	struct error error;
	struct str title = ynode_str(ynode_get(group, STR("description")));
	const struct schema *schema = schema_new(arena, ynode_get(group, STR("schema")), NULL, &error);
	if (!schema) {
		print_error("%s: %.*s: %s\n", file, STR_ARG(title), error.text);
		tally->wrong++;
		return;
	}
	const struct ynode *test = ynode_get(group, STR("tests"))->first;
	for (; test; test = test->next) {
		const struct violation *violations =
			schema_check(arena, schema, ynode_get(test, STR("data")), &options);
		bool expected = str_eq(ynode_str(ynode_get(test, STR("valid"))), STR("true"));
		tally->checked++;
		if (expected == !violations) {
			continue;
		}
		tally->wrong++;
		print_error("%s: %.*s: %.*s: %s\n", file, STR_ARG(title),
			STR_ARG(ynode_str(ynode_get(test, STR("description")))),
			violations ? violations->message.ptr : "no violation");
	}
	schema_release(schema);
}

static void
run_file(const char *directory, const char *file, struct tally *tally)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct source source;
	struct error error;
	struct str path = arena_printf(&arena, "%s/%s", directory, file);
	if (!fs_read_named(&arena, path.ptr, &source, &error)) {
		fail_msg("%s", error.text);
	}
	const struct ynode *groups = json_parse(&arena, source.text, &error);
	if (!groups) {
		fail_msg("%s: %s", file, error.text);
		return;
	}
	tally->files++;
	for (const struct ynode *group = groups->first; group; group = group->next) {
		if (!is_skipped(file, ynode_str(ynode_get(group, STR("description"))))) {
			run_case(&arena, file, group, tally);
		}
	}
}

static void
every_case_of_a_supported_keyword_agrees(void **state)
{
	const char *directory = *state;
	struct tally tally = { 0 };
	DIR *dir = opendir(directory);
	assert_non_null(dir);
	for (const struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
		if (str_ends(str_from(entry->d_name), STR(".json"))) {
			run_file(directory, entry->d_name, &tally);
		}
	}
	closedir(dir);
	print_message("%u files, %u tests\n", tally.files, tally.checked);
	assert_int_equal(tally.wrong, 0);
	assert_true(tally.files >= FILES_LEAST);
}

int
main(void)
{
	const char *chosen = getenv("JSON_SCHEMA_TEST_SUITE");
	char *directory = strdup(chosen ? chosen : SCHEMA_SUITE);
	DIR *dir = directory ? opendir(directory) : NULL;
	if (!dir) {
		print_message("no JSON Schema Test Suite at %s: skipped\n", directory);
		free(directory);
		return SKIPPED;
	}
	closedir(dir);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_prestate(every_case_of_a_supported_keyword_agrees, directory),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	free(directory);
	return failed;
}
