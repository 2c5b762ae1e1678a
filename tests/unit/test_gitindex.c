#include <setjmp.h>
#include <stdarg.h>

#include "buf.h"
#include "gitignore.h"
#include "gitindex.h"

#include <cmocka.h>

enum { STAT_BYTES = 40, HASH_BYTES = 20 };

static void
add_number(struct buf *out, uint32_t value, unsigned bytes)
{
	for (; bytes > 0; bytes--) {
		buf_add_char(out, (char)(value >> (8 * (bytes - 1)) & 0x7FU)); /* small numbers only */
	}
}

/* An index of version 2 with the two paths a/b and c. */
static struct str
two_entries(struct arena *arena)
{
	static const struct str paths[] = { STR_INIT("a/b"), STR_INIT("c") };
	struct buf out = { .arena = arena };
	buf_add(&out, STR("DIRC"));
	add_number(&out, 2, 4);
	add_number(&out, countof(paths), 4);
	for (size_t i = 0; i < countof(paths); i++) {
		size_t start = out.len;
		buf_add_repeat(&out, '\x11', STAT_BYTES + HASH_BYTES);
		add_number(&out, (uint32_t)paths[i].len, 2);
		buf_add(&out, paths[i]);
		buf_add_repeat(&out, '\0', 8 - (out.len - start) % 8);
	}
	buf_add_repeat(&out, '\x22', HASH_BYTES);
	return buf_str(&out);
}

static bool
reads(struct str bytes, size_t *ret_count)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct map paths = { 0 };
	struct str shared;
	/* A copy of its own, so that reading past the end is seen. */
	struct str copy = { arena_alloc(&arena, bytes.len), bytes.len };
	memcpy((char *)(uintptr_t)copy.ptr, bytes.ptr, bytes.len);
	bool ok = gitindex_read(&arena, copy, &paths, &shared);
	*ret_count = paths.len;
	return ok;
}

static void
paths_of_all_entries_are_read(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct map paths = { 0 };
	struct str shared;
	assert_true(gitindex_read(&arena, two_entries(&arena), &paths, &shared));
	assert_int_equal(paths.len, 2);
	assert_non_null(map_get(&paths, STR("a/b")));
	assert_non_null(map_get(&paths, STR("c")));
	assert_int_equal(shared.len, 0);
}

static void
every_cut_of_an_index_is_malformed(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct str bytes = two_entries(&arena);
	size_t count;
	for (size_t len = 0; len < bytes.len; len++) {
		assert_false(reads(str_first(bytes, len), &count));
	}
}

static void
changed_bytes_never_crash(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct str bytes = two_entries(&arena);
	char *writable = (char *)(uintptr_t)bytes.ptr;
	size_t count;
	for (size_t at = 0; at < bytes.len; at++) {
		char before = writable[at];
		static const char values[] = { '\0', '\x01', '\x04', '\x40', '\x7f', '\xff' };
		for (size_t i = 0; i < countof(values); i++) {
			writable[at] = values[i];
			(void)reads(bytes, &count);
		}
		writable[at] = before;
	}
	assert_true(reads(bytes, &count));
}

static void
paths_out_of_order_are_malformed(void **state)
{
	(void)state;
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct str bytes = two_entries(&arena);
	size_t at = str_find(bytes, STR("a/b"));
	size_t count;
	((char *)(uintptr_t)bytes.ptr)[at] = 'z';
	assert_false(reads(bytes, &count));
}

static void
stars_do_not_take_for_ever(void **state)
{
	(void)state;
	char pattern[400], text[400];
	for (size_t i = 0; i + 1 < sizeof(pattern); i += 2) {
		pattern[i] = '*';
		pattern[i + 1] = 'a';
	}
	memset(text, 'a', sizeof(text));
	text[sizeof(text) - 1] = 'b';
	assert_false(wildmatch((struct str){ pattern, sizeof(pattern) }, (struct str){ text, sizeof(text) }));
}

/* Without giving up: a star that failed tells those before it. */
static void
stars_before_a_slash_are_not_tried_again(void **state)
{
	(void)state;
	assert_true(wildmatch(STR("**/*a*a*a*a*a*a*a*a*a*a*b/x"),
		STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/aaaaaaaaaaab/x")));
	assert_false(wildmatch(STR("*a*b/*a/x"), STR("aab/aab/x")));
	assert_true(wildmatch(STR("*a/**/b*/*c"), STR("xa/y/z/b/b/d/bb/c")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_of_all_entries_are_read),
		cmocka_unit_test(every_cut_of_an_index_is_malformed),
		cmocka_unit_test(changed_bytes_never_crash),
		cmocka_unit_test(paths_out_of_order_are_malformed),
		cmocka_unit_test(stars_do_not_take_for_ever),
		cmocka_unit_test(stars_before_a_slash_are_not_tried_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
