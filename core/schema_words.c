#include "schema_words.h"

#include "buf.h"
#include "utf8.h"

enum { SHOWN_POINTS_MAX = 60, SLIPS_MAX = 2 };

struct str
words_join(struct arena *arena, const struct names *words, const char *quote)
{
	struct buf out = { .arena = arena };
	for (size_t i = 0; i < words->len; i++) {
		if (i > 0) {
			buf_add(&out, i + 1 < words->len ? STR(", ") : STR(" or "));
		}
		buf_addf(&out, "%s%.*s%s", quote, STR_ARG(words->items[i]), quote);
	}
	return buf_str(&out);
}

static char
loose(char c)
{
	return c == '_' ? '-' : c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* ciAccess, CI-access and ci_access are one word to those who type it. */
static bool
equal_loosely(struct str a, struct str b)
{
	size_t i = 0, j = 0;
	while (i < a.len || j < b.len) {
		if (i < a.len && loose(a.ptr[i]) == '-') {
			i++;
		} else if (j < b.len && loose(b.ptr[j]) == '-') {
			j++;
		} else if (i == a.len || j == b.len || loose(a.ptr[i++]) != loose(b.ptr[j++])) {
			return false;
		}
	}
	return true;
}

struct str
words_nearest(const struct names *words, struct str typed)
{
	struct str nearest = STR("");
	size_t limit = typed.len / 3 < SLIPS_MAX ? typed.len / 3 : SLIPS_MAX, least = limit + 1;
	for (size_t i = 0; i < words->len; i++) {
		struct str word = words->items[i];
		size_t distance = equal_loosely(word, typed) ? 0 : str_distance(word, typed, limit);
		if (distance < least && word.len > 0) {
			least = distance;
			nearest = word;
		}
	}
	return nearest;
}

struct str
words_of_value(struct arena *arena, const struct ynode *node, bool is_string)
{
	struct str text = ynode_str(node), rest = text;
	for (size_t i = 0; i < SHOWN_POINTS_MAX && rest.len > 0; i++) {
		(void)utf8_next(&rest);
	}
	const char *quote = is_string ? "\"" : "", *cut = rest.len > 0 ? "…" : "";
	return arena_printf(
		arena, "%s%.*s%s%s", quote, STR_ARG(str_first(text, text.len - rest.len)), cut, quote);
}

struct str
words_of_types(struct arena *arena, unsigned types)
{
	static const struct {
		enum json_type type;
		struct str words;
	} names[] = {
		{ JSON_TYPE_STRING, STR_INIT("a string") },
		{ JSON_TYPE_INTEGER, STR_INIT("an integer") },
		{ JSON_TYPE_NUMBER, STR_INIT("a number") },
		{ JSON_TYPE_BOOLEAN, STR_INIT("a boolean") },
		{ JSON_TYPE_ARRAY, STR_INIT("a list") },
		{ JSON_TYPE_OBJECT, STR_INIT("a mapping") },
		{ JSON_TYPE_NULL, STR_INIT("null") },
	};
	struct names words = { 0 };
	if (types & JSON_TYPE_NUMBER) {
		types &= ~(unsigned)JSON_TYPE_INTEGER;
	}
	for (size_t i = 0; i < countof(names); i++) {
		if (types & names[i].type) {
			vec_push(arena, &words, names[i].words);
		}
	}
	return words_join(arena, &words, "");
}
