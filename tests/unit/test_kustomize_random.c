/*
 * Random trees against what kustomize said of them: testdata/kustomize/verdicts.txt
 * has a line for each number from 0 on, "fails" or the digests of the identities
 * and of everything, recorded by tests/conformance/kustomize/run --record.
 */
#include <setjmp.h>
#include <stdarg.h>

#include "error.h"
#include "fs.h"
#include "verdict.h"

#include <cmocka.h>

/* Under valgrind and the like the trees are thinned out. */
enum { THINNED_STEP = 20, OPEN_MAX = 40 };

static uint32_t
fnv(struct str text)
{
	uint32_t value = 0x811c9dc5U;
	for (size_t i = 0; i < text.len; i++) {
		value = (uint32_t)((uint64_t)(value ^ (unsigned char)text.ptr[i]) * 0x01000193U);
	}
	return value;
}

/* A verdict in the form of the file; "open" when it is left open, without the second digest when contents
 * are. */
static struct str
digest(struct arena *arena, struct str verdict)
{
	struct buf names = { .arena = arena };
	struct str rest = verdict;
	struct str first = str_cut(&rest, '\n');
	bool is_known = true;
	if (!str_eq(first, STR("ok"))) {
		return str_starts(first, STR("fails")) ? STR("fails") : STR("open");
	}
	struct str all = rest;
	while (rest.ptr && rest.len > 0) {
		struct str line = str_cut(&rest, '\n');
		is_known = is_known && !str_ends(line, STR(" ?"));
		buf_addf(&names, "%.*s\n", (int)str_find_char(line, ' '), line.ptr);
	}
	struct str identities = names.data ? buf_str(&names) : STR("");
	if (!is_known) {
		return arena_printf(arena, "%08x ", fnv(identities));
	}
	return arena_printf(arena, "%08x %08x", fnv(identities), fnv(all));
}

static void
trees_build_as_kustomize_builds_them(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct arena CLEANUP(arena_release) scratch = { 0 };
	struct source recorded;
	struct error error;
	assert_true(fs_read_named(&arena, TESTDATA "/kustomize/verdicts.txt", &recorded, &error));
	struct str rest = recorded.text;
	size_t step = getenv("GLAGENT_THIN") ? THINNED_STEP : 1, open = 0;
	for (uint64_t number = 0; rest.ptr && rest.len > 0; number++, arena_reset(&scratch)) {
		struct str wanted = str_cut(&rest, '\n');
		struct random_tree tree;
		struct buf verdict = { .arena = &scratch };
		if (number % step != 0) {
			continue;
		}
		random_tree(&scratch, number, &tree);
		verdict_of(&scratch, &tree, &verdict);
		struct str own = digest(&scratch, buf_str(&verdict));
		bool is_open = str_eq(own, STR("open"));
		open += is_open ? 1 : 0;
		if (!is_open && !str_starts(wanted, own)) {
			fail_msg("tree %u: recorded is \"%.*s\", we say \"%.*s\":\n%.*s", (unsigned)number,
				STR_ARG(wanted), STR_ARG(own), STR_ARG(buf_str(&verdict)));
		}
	}
	assert_true(open <= OPEN_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(trees_build_as_kustomize_builds_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
