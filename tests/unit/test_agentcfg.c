/*
 * testdata/agentcfg/NAME.yaml against NAME.txt: every problem with its place. GLAGENT_UPDATE=1 writes the
 * .txt files anew. tests/conformance/agentcfg holds the verdicts against the server's own decoder.
 */
#include <setjmp.h>
#include <stdarg.h>

#include <fcntl.h>
#include <unistd.h>

#include "agentcfg.h"
#include "buf.h"
#include "fs.h"
#include "yaml.h"

#include <cmocka.h>

static struct arena arena;
static const struct agentcfg_schema *schema;

static int
set_up(void **state)
{
	(void)state;
	struct error error;
	schema = agentcfg_schema_new(&arena, &error);
	if (!schema) {
		print_error("%s\n", error.text);
	}
	return schema ? 0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	agentcfg_schema_release(schema);
	arena_release(&arena);
	return 0;
}

static const char *
kind_name(enum agentcfg_problem_kind kind)
{
	static const char *const names[] = {
		[AGENTCFG_UNKNOWN_KEY] = "unknown-key",
		[AGENTCFG_WRONG_TYPE] = "wrong-type",
		[AGENTCFG_GITOPS] = "gitops",
		[AGENTCFG_REMOVED] = "removed",
		[AGENTCFG_NO_ID] = "no-id",
		[AGENTCFG_ONE_OF] = "one-of",
		[AGENTCFG_IMPERSONATE] = "impersonate",
		[AGENTCFG_CADENCE] = "cadence",
		[AGENTCFG_QUANTITY] = "quantity",
		[AGENTCFG_FOREIGN] = "foreign",
		[AGENTCFG_OTHER] = "other",
	};
	return names[kind];
}

static struct str
describe(const struct source *source, const struct agentcfg *cfg)
{
	struct buf out = { .arena = &arena };
	buf_add(&out, cfg->is_refused ? STR("refused\n") : STR("accepted\n"));
	for (const struct agentcfg_problem *problem = cfg->problems; problem; problem = problem->next) {
		struct position place = source_position(source, problem->at->span.start);
		buf_addf(&out, "%u:%u: %s%s: %.*s\n", place.line, place.column, kind_name(problem->kind),
			problem->refuses ? "" : " (taken)", STR_ARG(problem->message));
		if (problem->help.len) {
			buf_addf(&out, "\thelp: %.*s\n", STR_ARG(problem->help));
		}
	}
	return buf_str(&out);
}

static const struct agentcfg *
read_source(const struct source *source)
{
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct ysyntax_error syntax;
	const struct ydoc *docs;
	assert_true(ytree_parse(&arena, &scratch, source, 1, 0, &docs, &syntax));
	return agentcfg_read(&arena, schema, docs);
}

static const struct agentcfg *
read_text(const char *text)
{
	return agentcfg_read(&arena, schema, yaml_parse(&arena, str_from(text), 0));
}

/* True when what `path` gives is what is written beside it. */
static bool
check_case(int root, struct str path)
{
	struct error error;
	struct source source = { .path = path };
	struct str want = STR("");
	struct str stem = str_first(path, path.len - STR(".yaml").len);
	struct str beside = arena_printf(&arena, "%.*s.txt", STR_ARG(stem));
	assert_int_equal(fs_read(&arena, root, path, &source.text, &error), FS_READ_OK);
	struct str got = describe(&source, read_source(&source));
	if (getenv("GLAGENT_UPDATE")) {
		return fs_write(root, beside, got, &error);
	}
	if (fs_read(&arena, root, beside, &want, &error) == FS_READ_OK && str_eq(got, want)) {
		return true;
	}
	print_error("%.*s: expected\n%.*sgot\n%.*s", STR_ARG(path), STR_ARG(want), STR_ARG(got));
	return false;
}

static void
every_file_gives_the_problems_beside_it(void **state)
{
	(void)state;
	struct error error;
	struct fs_entries entries = { 0 };
	size_t cases = 0, faults = 0;
	int root = open(TESTDATA "/agentcfg", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(root >= 0);
	assert_true(fs_walk(&arena, root, &entries, &error));
	for (size_t i = 0; i < entries.len; i++) {
		if (str_ends(entries.items[i].path, STR(".yaml"))) {
			cases++;
			faults += !check_case(root, entries.items[i].path);
		}
	}
	(void)close(root);
	assert_true(cases > 50);
	assert_int_equal(faults, 0);
}

static void
a_blank_file_is_an_empty_configuration(void **state)
{
	(void)state;
	const struct agentcfg *cfg = agentcfg_read(&arena, schema, NULL);
	assert_false(cfg->is_refused);
	assert_null(cfg->problems);
	assert_int_equal(ynode_type(cfg->root, YDIALECT_SIGS_YAML), YTYPE_NULL);
}

static void
no_secret_of_a_kubeconfig_is_said(void **state)
{
	(void)state;
	const struct agentcfg *cfg =
		read_text("apiVersion: v1\nkind: Config\nusers: [{user: {token: s3cr3t}}]\n");
	assert_int_equal(cfg->problems->kind, AGENTCFG_FOREIGN);
	assert_null(cfg->problems->next);
	assert_int_equal(str_find(cfg->problems->message, STR("s3cr3t")), cfg->problems->message.len);
}

static void
collect(const struct agentcfg_access *access, void *context)
{
	buf_addf(context, "%.*s.%.*s=%.*s ", STR_ARG(access->section), STR_ARG(access->list),
		STR_ARG(ynode_str(access->id)));
}

static void
accesses_come_in_document_order(void **state)
{
	(void)state;
	struct buf seen = { .arena = &arena };
	agentcfg_each_access(read_text("user_access: {groups: [{id: a}], projects: [{id: b/c}]}\n"
				       "flux: {}\n"
				       "ci_access: {instance: {}, projects: [{id: d/e}, f/g, {id: }]}\n"),
		collect, &seen);
	assert_string_equal(seen.data,
		"user_access.groups=a user_access.projects=b/c ci_access.projects=d/e "
		"ci_access.projects= ci_access.projects= ");
}

static void
accesses_of_a_document_of_another_shape_are_none(void **state)
{
	(void)state;
	struct buf seen = { .arena = &arena };
	agentcfg_each_access(read_text("[a]\n"), collect, &seen);
	agentcfg_each_access(read_text("ci_access: [a]\n"), collect, &seen);
	agentcfg_each_access(read_text("ci_access: {projects: {id: a/b}, groups: }\n"), collect, &seen);
	agentcfg_each_access(agentcfg_read(&arena, schema, NULL), collect, &seen);
	assert_int_equal(seen.len, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_file_gives_the_problems_beside_it),
		cmocka_unit_test(a_blank_file_is_an_empty_configuration),
		cmocka_unit_test(no_secret_of_a_kubeconfig_is_said),
		cmocka_unit_test(accesses_come_in_document_order),
		cmocka_unit_test(accesses_of_a_document_of_another_shape_are_none),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
