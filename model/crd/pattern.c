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

/* Groups with a mark other than (?:, empty classes, counts without a beginning, counts behind one another. */
static bool
has_same_forms(struct str pattern)
{
	static const struct str forms[] = { STR_INIT("[]"), STR_INIT("[^]"), STR_INIT("{,"), STR_INIT("++"),
		STR_INIT("*+"), STR_INIT("?+"), STR_INIT("}+"), STR_INIT("[:"), STR_INIT("[."),
		STR_INIT("[="), STR_INIT("(*"), STR_INIT("&&") };
	for (size_t i = 0; i < countof(forms); i++) {
		if (str_find(pattern, forms[i]) < pattern.len) {
			return false;
		}
	}
	for (size_t i = 0; i + 2 < pattern.len; i++) {
		if (pattern.ptr[i] == '(' && pattern.ptr[i + 1] == '?' && pattern.ptr[i + 2] != ':') {
			return false;
		}
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
	map_put(patterns->arena, &patterns->by_text, pattern, known);
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
