#include "crd/pattern.h"

#include "regex.h"
#include "utf8.h"

/* A pattern, or NULL when the two readers may differ. */
struct compiled {
	struct regex *regex;
};

/* Escapes that mean the same; \s would differ on vertical tabs, which no text has that is matched. */
static bool
is_same_escape(char c)
{
	bool is_punctuation =
		c > ' ' && c < 0x7f && !(c >= '0' && c <= '9') && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
	return is_punctuation || str_has_char(STR("dDwWsSbBntrfA"), c);
}

static bool
has_same_escapes(struct str pattern)
{
	for (size_t i = 0; i < pattern.len; i++) {
		bool is_hex = pattern.ptr[i] == '\\' && i + 3 < pattern.len && pattern.ptr[i + 1] == 'x'
			&& pattern.ptr[i + 2] != '{';
		if (pattern.ptr[i] == '\\' && !is_hex
			&& (i + 1 == pattern.len || !is_same_escape(pattern.ptr[i + 1]))) {
			return false;
		}
		i += pattern.ptr[i] == '\\';
	}
	return true;
}

/* Outside of classes: groups with a mark other than (?:, counts without a beginning, counts behind one
 * another. */
static bool
begins_same_form(struct str rest)
{
	char next = rest.len > 1 ? rest.ptr[1] : '\0', third = rest.len > 2 ? rest.ptr[2] : '\0';
	switch (rest.ptr[0]) {
	case '(':
		return next != '*' && (next != '?' || third == ':');
	case '{':
		return next != ',';
	case '*':
	case '+':
	case '?':
	case '}':
		return next != '+';
	default:
		return true;
	}
}

/* Within classes: classes of names. */
static bool
begins_same_member(struct str rest)
{
	return rest.len < 2 || rest.ptr[0] != '[' || !str_has_char(STR(":.="), rest.ptr[1]);
}

/* Is a class empty, or does it begin with its own end? */
static bool
is_odd_class(struct str rest)
{
	struct str members = str_skip(rest, str_starts(rest, STR("[^")) ? 2 : 1);
	return str_starts(members, STR("]"));
}

static bool
has_same_forms(struct str pattern)
{
	bool is_inside = false;
	for (size_t i = 0; i < pattern.len; i++) {
		struct str rest = str_skip(pattern, i);
		if (rest.ptr[0] == '\\') {
			i++;
			continue;
		}
		bool opens = rest.ptr[0] == '[' && !is_inside;
		if (!(is_inside ? begins_same_member(rest) : begins_same_form(rest))
			|| (opens && is_odd_class(rest))) {
			return false;
		}
		is_inside = opens || (is_inside && rest.ptr[0] != ']');
	}
	return true;
}

static bool
is_read_alike(struct str pattern)
{
	return utf8_ascii_prefix(pattern) == pattern.len && has_same_escapes(pattern)
		&& has_same_forms(pattern);
}

/* Line ends, which `.` and `$` see differently, and other controls. */
static bool
is_plain(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if ((unsigned char)text.ptr[i] < ' ' || text.ptr[i] == 0x7f) {
			return false;
		}
	}
	return true;
}

static const struct compiled *
compile(struct crd_patterns *patterns, struct str pattern)
{
	struct compiled *known = map_get(&patterns->by_text, pattern);
	struct error error;
	if (known) {
		return known;
	}
	known = arena_new(patterns->arena, struct compiled);
	known->regex = is_read_alike(pattern) ? regex_new(pattern, &error) : NULL;
	(void)map_put(patterns->arena, &patterns->by_text, arena_str(patterns->arena, pattern), known);
	return known;
}

enum crd_match
crd_pattern_match(struct crd_patterns *patterns, struct str pattern, struct str text)
{
	const struct compiled *compiled = compile(patterns, pattern);
	size_t start, end;
	if (!compiled->regex || !is_plain(text)) {
		return CRD_MATCH_OPEN;
	}
	enum regex_result result = regex_find(compiled->regex, text, 0, &start, &end);
	return result == REGEX_MATCH       ? CRD_MATCHES
		: result == REGEX_NO_MATCH ? CRD_MATCHES_NOT
					   : CRD_MATCH_OPEN;
}

void
crd_patterns_release(struct crd_patterns *patterns)
{
	for (struct map_entry *entry = patterns->by_text.first; entry; entry = entry->next) {
		regex_release(((struct compiled *)entry->value)->regex);
	}
	patterns->by_text = (struct map){ 0 };
}
