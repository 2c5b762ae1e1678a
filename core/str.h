/* Borrowed, counted string. Never owns its bytes; passed by value. Not NUL-terminated unless a comment says
 * so. */
#ifndef GLAGENT_STR_H
#define GLAGENT_STR_H

#include "base.h"

struct str {
	const char *ptr;
	size_t len;
};

#define STR(literal) ((struct str){ "" literal, sizeof(literal) - 1 })
#define STR_INIT(literal)                                                                                    \
	{                                                                                                    \
		"" literal, sizeof(literal) - 1                                                              \
	}

/* printf("%.*s", STR_ARG(s)) */
#define STR_ARG(s) (int)(s).len, (s).ptr

static inline struct str
str_from(const char *cstr)
{
	return (struct str){ cstr, strlen(cstr) };
}

static inline bool
str_eq(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool
str_starts(struct str s, struct str prefix)
{
	return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.ptr, prefix.ptr, prefix.len) == 0);
}

static inline bool
str_ends(struct str s, struct str suffix)
{
	return s.len >= suffix.len
		&& (suffix.len == 0 || memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len) == 0);
}

/* `s` without its first `n` bytes; empty when it has no more. */
static inline struct str
str_skip(struct str s, size_t n)
{
	return n < s.len ? (struct str){ s.ptr + n, s.len - n } : (struct str){ "", 0 };
}

/* The first `n` bytes of `s`. */
static inline struct str
str_first(struct str s, size_t n)
{
	return (struct str){ s.ptr, n < s.len ? n : s.len };
}

/* Bytewise order, a prefix first: the order of every sorted thing in the program, and of Go's sort.Strings.
 */
int str_cmp(struct str a, struct str b);

/* Index of the first `needle` in `s`, or s.len. */
size_t str_find(struct str s, struct str needle);
size_t str_find_char(struct str s, char c);

bool str_has_char(struct str s, char c);

/* Without blanks, tabs and line ends at both ends. */
struct str str_trim(struct str s);

/* Cuts `*rest` at the first `sep`: returns what is before it and leaves what is behind it in `*rest`.
 * Without a `sep` returns all and leaves `*rest` with a NULL ptr: while (rest.ptr) { piece = str_cut(&rest,
 * '/'); } */
struct str str_cut(struct str *rest, char sep);

/* ASCII letters only, whatever the locale. */
bool str_eq_nocase(struct str a, struct str b);

/* Number of insertions, deletions, substitutions and neighbour swaps between the two; `limit` + 1 when more.
 */
size_t str_distance(struct str a, struct str b, size_t limit);

#endif
