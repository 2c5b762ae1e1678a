#include <setjmp.h>
#include <stdarg.h>

#include <fcntl.h>
#include <unistd.h>

#include "buf.h"
#include "embedded.h"
#include "fs.h"
#include "fs_open.h"
#include "init.h"
#include "schema.h"
#include "versions.h"
#include "yaml.h"

#include <cmocka.h>

static void
assert_fits_the_schema(struct arena *arena, struct str text)
{
	struct error error;
	struct schema_options options = { .dialect = YDIALECT_SIGS_YAML };
	const struct ynode *root = yaml_parse(arena, embedded_get(STR("schemas/spec.schema.json")), 0)->root;
	const struct schema *schema = schema_new(arena, root, NULL, &error);
	assert_non_null(schema);
	const struct violation *violation =
		schema_check(arena, schema, yaml_parse(arena, text, 0)->root, &options);
	schema_release(schema);
	if (violation) {
		fail_msg("%.*s: %.*s", STR_ARG(violation->pointer), STR_ARG(violation->message));
	}
}

static const struct situation nothing = {
	.url = STR_INIT(""), .project = STR_INIT(""), .flux_path = STR_INIT("")
};

static void
the_starter_is_a_spec(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct str text = init_text(&arena, &nothing);
	assert_fits_the_schema(&arena, text);
	assert_true(str_find(text, chart_newest()) < text.len);
}

static void
names_that_yaml_reads_otherwise_stay_names(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct situation_agent agents[] = { { STR("123"), STR("null"), true },
		{ STR("true"), STR("1e3"), true } };
	const struct situation situation = { .url = STR_INIT(""),
		.project = STR_INIT(""),
		.has_flux = true,
		.flux_path = STR_INIT("a \"b\": }, #/{cluster}"),
		.agents = { agents, countof(agents), countof(agents) } };
	const struct ynode *spec =
		ynode_get(yaml_parse(&arena, init_text(&arena, &situation), 0)->root, STR("spec"));
	const struct ynode *first = ynode_get(spec, STR("agents"))->first;
	assert_true(str_eq(ynode_str(ynode_at(spec, "flux", "path", NULL)), situation.flux_path));
	assert_int_equal(ynode_type(ynode_get(first, STR("name")), YDIALECT_SIGS_YAML), YTYPE_STRING);
	assert_int_equal(ynode_type(ynode_get(first, STR("cluster")), YDIALECT_SIGS_YAML), YTYPE_STRING);
	assert_int_equal(ynode_type(ynode_get(first->next, STR("name")), YDIALECT_SIGS_YAML), YTYPE_STRING);
}

/* "    # replicas: 2": does the line show a field? */
static bool
shows_field(struct str line, size_t *ret_hash)
{
	size_t at = str_find(line, STR("# "));
	struct str rest = str_skip(line, at + 2);
	size_t word = 0;
	while (word < rest.len && ((rest.ptr[word] | 0x20) >= 'a' && (rest.ptr[word] | 0x20) <= 'z')) {
		word++;
	}
	*ret_hash = at;
	return at < line.len && str_trim(str_first(line, at)).len == 0 && word > 0 && word + 1 < rest.len
		&& rest.ptr[word] == ':' && rest.ptr[word + 1] == ' ';
}

static void
what_its_comments_show_is_a_spec_too(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct buf out = { .arena = &arena };
	size_t shown = 0, hash;
	for (struct str rest = init_text(&arena, &nothing); rest.ptr;) {
		struct str line = str_cut(&rest, '\n');
		if (shows_field(line, &hash)) {
			shown++;
			buf_add(&out, str_first(line, hash));
			line = str_skip(line, hash + 2);
		}
		buf_addf(&out, "%.*s\n", STR_ARG(line));
	}
	assert_true(shown > 5);
	assert_fits_the_schema(&arena, buf_str(&out));
}

static void
it_is_written_once_and_never_over_anything(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	char directory[] = "/tmp/glagent-init-XXXXXX";
	struct source source;
	struct error error;
	assert_non_null(mkdtemp(directory));
	struct str path = arena_printf(&arena, "%s/glagent.yaml", directory);

	assert_true(init_write(&arena, path.ptr, NULL, &error));
	assert_true(fs_read_named(&arena, path.ptr, &source, &error));
	assert_true(str_eq(source.text, init_text(&arena, &nothing)));
	assert_false(init_write(&arena, path.ptr, NULL, &error));
	assert_non_null(strstr(error.text, "is there already and stays as it is"));

	assert_int_equal(unlink(path.ptr), 0);
	assert_int_equal(symlink("nowhere", path.ptr), 0);
	assert_false(init_write(&arena, path.ptr, NULL, &error));
	assert_int_equal(unlink(path.ptr), 0);
	assert_int_equal(rmdir(directory), 0);
}

static void
a_directory_is_no_file_name(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct error error;
	assert_false(init_write(&arena, "/tmp/", NULL, &error));
	assert_string_equal(error.text, "\"/tmp/\" is a directory, expected the name of a file");
	assert_false(init_write(&arena, "/tmp/glagent-no-such-directory/x.yaml", NULL, &error));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_starter_is_a_spec),
		cmocka_unit_test(names_that_yaml_reads_otherwise_stay_names),
		cmocka_unit_test(what_its_comments_show_is_a_spec_too),
		cmocka_unit_test(it_is_written_once_and_never_over_anything),
		cmocka_unit_test(a_directory_is_no_file_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
