/* git's pattern language: see gitignore.h. */
#include "gitignore.h"

enum { STEPS_MAX = 100 * 1000 };

/* What a failed attempt tells of those that begin further on; without it, each star would multiply the time.
 */
struct wild {
	struct str pattern, text;
	unsigned steps;
	bool ended;   /* the text was too short: it is too short for all of them */
	bool blocked; /* a star met '/': so it will for every star before it but `**` */
};

static bool
is_upper(unsigned char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_lower(unsigned char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(unsigned char c)
{
	return is_upper(c) || is_lower(c);
}

static bool
is_alnum(unsigned char c)
{
	return is_letter(c) || is_digit(c);
}

static bool
is_blank(unsigned char c)
{
	return c == ' ' || c == '\t';
}

static bool
is_control(unsigned char c)
{
	return c < 0x20 || c == 0x7f;
}

static bool
is_graph(unsigned char c)
{
	return c > 0x20 && c < 0x7f;
}

static bool
is_print(unsigned char c)
{
	return c >= 0x20 && c < 0x7f;
}

static bool
is_punct(unsigned char c)
{
	return is_graph(c) && !is_alnum(c);
}

static bool
is_space(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_hex(unsigned char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

struct posix_class {
	struct str name;
	bool (*holds)(unsigned char c);
};

static const struct posix_class posix_classes[] = { { STR_INIT("alnum"), is_alnum },
	{ STR_INIT("alpha"), is_letter }, { STR_INIT("blank"), is_blank }, { STR_INIT("cntrl"), is_control },
	{ STR_INIT("digit"), is_digit }, { STR_INIT("graph"), is_graph }, { STR_INIT("lower"), is_lower },
	{ STR_INIT("print"), is_print }, { STR_INIT("punct"), is_punct }, { STR_INIT("space"), is_space },
	{ STR_INIT("upper"), is_upper }, { STR_INIT("xdigit"), is_hex } };

/* A class that is read item by item. `at` is -1 past its ']', or when it is malformed. */
struct bracket {
	struct str pattern;
	size_t at;
	unsigned char c;
	bool found, malformed;
};

/* One byte of a range, escapes undone; -1 at the end. */
static int
bracket_byte(struct bracket *b)
{
	if (b->at < b->pattern.len && b->pattern.ptr[b->at] == '\\') {
		b->at++;
	}
	return b->at < b->pattern.len ? (unsigned char)b->pattern.ptr[b->at++] : -1;
}

/* `[:name:]`; false when it is an ordinary '['. */
static bool
read_posix(struct bracket *b)
{
	struct str rest = str_skip(b->pattern, b->at);
	if (!str_starts(rest, STR("[:"))) {
		return false;
	}
	size_t end = str_find_char(rest, ']');
	if (end == rest.len) {
		b->malformed = true;
		return true;
	}
	if (end < 3 || rest.ptr[end - 1] != ':') {
		return false;
	}
	struct str name = { rest.ptr + 2, end - 3 };
	b->at += end + 1;
	for (size_t i = 0; i < countof(posix_classes); i++) {
		if (str_eq(posix_classes[i].name, name)) {
			b->found |= posix_classes[i].holds(b->c);
			return true;
		}
	}
	b->malformed = true;
	return true;
}

static void
read_item(struct bracket *b)
{
	if (read_posix(b)) {
		return;
	}
	int low = bracket_byte(b), high = low;
	struct str rest = str_skip(b->pattern, b->at);
	if (rest.len > 1 && rest.ptr[0] == '-' && rest.ptr[1] != ']') {
		b->at++;
		high = bracket_byte(b);
	}
	b->malformed |= low < 0 || high < 0;
	b->found |= b->c >= low && b->c <= high;
}

/* The class whose '[' is at `at`; *ret_end is behind its ']'. */
static bool
matches_class(struct str pattern, size_t at, unsigned char c, size_t *ret_end)
{
	struct bracket b = { .pattern = pattern, .at = at + 1, .c = c };
	bool negated = b.at < pattern.len && (pattern.ptr[b.at] == '!' || pattern.ptr[b.at] == '^');
	b.at += negated;
	for (bool first = true; !b.malformed; first = false) {
		if (b.at >= pattern.len) {
			return false;
		}
		if (!first && pattern.ptr[b.at] == ']') {
			*ret_end = b.at + 1;
			return b.found != negated && c != '/';
		}
		read_item(&b);
	}
	return false;
}

static bool match(struct wild *w, size_t p, size_t t);

/* Stars within a component: any bytes but '/'. `p` is behind them. */
static bool
match_within(struct wild *w, size_t p, size_t t)
{
	for (;; t++) {
		if (match(w, p, t)) {
			return true;
		}
		if (w->ended || w->blocked || t == w->text.len) {
			return false;
		}
		if (w->text.ptr[t] == '/') {
			w->blocked = true;
			return false;
		}
	}
}

/* A component of two stars or more, any number of components. `p` is at the '/' behind it. */
static bool
match_components(struct wild *w, size_t p, size_t t)
{
	while (t <= w->text.len) {
		if (match(w, p + 1, t)) {
			return true;
		}
		if (w->ended) {
			return false;
		}
		w->blocked = false;
		t += str_find_char(str_skip(w->text, t), '/') + 1;
	}
	w->ended = true;
	return false;
}

static bool
match_stars(struct wild *w, size_t p, size_t t)
{
	size_t end = p;
	while (end < w->pattern.len && w->pattern.ptr[end] == '*') {
		end++;
	}
	bool begins = p == 0 || w->pattern.ptr[p - 1] == '/';
	if (end - p < 2 || !begins || (end < w->pattern.len && w->pattern.ptr[end] != '/')) {
		return match_within(w, end, t);
	}
	return end == w->pattern.len || match_components(w, end, t);
}

/* One element of the pattern that is no star, against one byte; moves *p behind it. */
static bool
match_one(const struct wild *w, size_t *p, unsigned char c)
{
	char element = w->pattern.ptr[*p];
	if (element == '[') {
		return matches_class(w->pattern, *p, c, p);
	}
	if (element == '\\' && ++*p == w->pattern.len) {
		return false;
	}
	++*p;
	return element == '?' ? c != '/' : (unsigned char)w->pattern.ptr[*p - 1] == c;
}

static bool
match(struct wild *w, size_t p, size_t t)
{
	for (; p < w->pattern.len; t++) {
		if (++w->steps > STEPS_MAX) {
			return false;
		}
		if (w->pattern.ptr[p] == '*') {
			return match_stars(w, p, t);
		}
		if (t == w->text.len) {
			w->ended = true;
			return false;
		}
		if (!match_one(w, &p, (unsigned char)w->text.ptr[t])) {
			return false;
		}
	}
	return t == w->text.len;
}

bool
wildmatch(struct str pattern, struct str text)
{
	struct wild wild = { .pattern = pattern, .text = text };
	return match(&wild, 0, 0);
}
