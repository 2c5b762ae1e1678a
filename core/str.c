#include "str.h"

int
str_cmp(struct str a, struct str b)
{
	size_t shorter = a.len < b.len ? a.len : b.len;
	int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;
	if (order != 0) {
		return order;
	}
	return a.len < b.len ? -1 : a.len > b.len;
}

size_t
str_find_char(struct str s, char c)
{
	const char *at = s.len ? memchr(s.ptr, c, s.len) : NULL;
	return at ? (size_t)(at - s.ptr) : s.len;
}

bool
str_has_char(struct str s, char c)
{
	return str_find_char(s, c) < s.len;
}

size_t
str_find(struct str s, struct str needle)
{
	if (needle.len == 0) {
		return 0;
	}
	size_t from = 0;
	while (s.len - from >= needle.len) {
		from += str_find_char(str_skip(s, from), needle.ptr[0]);
		if (s.len - from < needle.len) {
			break;
		}
		if (memcmp(s.ptr + from, needle.ptr, needle.len) == 0) {
			return from;
		}
		from++;
	}
	return s.len;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str
str_trim(struct str s)
{
	while (s.len > 0 && is_space(s.ptr[0])) {
		s.ptr++;
		s.len--;
	}
	while (s.len > 0 && is_space(s.ptr[s.len - 1])) {
		s.len--;
	}
	return s;
}

struct str
str_cut(struct str *rest, char sep)
{
	struct str all = *rest;
	size_t at = str_find_char(all, sep);
	if (at == all.len) {
		*rest = (struct str){ NULL, 0 };
		return all;
	}
	*rest = (struct str){ all.ptr + at + 1, all.len - at - 1 };
	return str_first(all, at);
}

static char
lower(char c)
{
	if (c >= 'A' && c <= 'Z') {
		return (char)(c - 'A' + 'a');
	}
	return c;
}

bool
str_eq_nocase(struct str a, struct str b)
{
	if (a.len != b.len) {
		return false;
	}
	for (size_t i = 0; i < a.len; i++) {
		if (lower(a.ptr[i]) != lower(b.ptr[i])) {
			return false;
		}
	}
	return true;
}

enum { DISTANCE_LEN_MAX = 64 };

static size_t
min3(size_t a, size_t b, size_t c)
{
	size_t least = a < b ? a : b;
	return least < c ? least : c;
}

/* Optimal string alignment, three rows at a time. */
size_t
str_distance(struct str a, struct str b, size_t limit)
{
	size_t rows[3][DISTANCE_LEN_MAX + 1];
	size_t gap = a.len > b.len ? a.len - b.len : b.len - a.len;
	if (gap > limit || a.len > DISTANCE_LEN_MAX || b.len > DISTANCE_LEN_MAX) {
		return limit + 1;
	}
	for (size_t j = 0; j <= b.len; j++) {
		rows[0][j] = j;
	}
	for (size_t i = 1; i <= a.len; i++) {
		size_t *row = rows[i % 3];
		const size_t *above = rows[(i + 2) % 3];
		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			size_t swap = a.ptr[i - 1] != b.ptr[j - 1];
			row[j] = min3(row[j - 1] + 1, above[j] + 1, above[j - 1] + swap);
			if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1]) {
				row[j] = min3(row[j], rows[(i + 1) % 3][j - 2] + 1, row[j]);
			}
		}
	}
	size_t distance = rows[a.len % 3][b.len];
	return distance > limit ? limit + 1 : distance;
}
