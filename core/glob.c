#include "glob.h"

#include "utf8.h"

/* The first code point of a class, escapes undone; false when the pattern ends or a bare '-' or ']' stands
 * there. */
static bool
class_point(struct str *pattern, uint32_t *ret_point)
{
	if (pattern->len == 0 || pattern->ptr[0] == '-' || pattern->ptr[0] == ']') {
		return false;
	}
	if (pattern->ptr[0] == '\\') {
		*pattern = str_skip(*pattern, 1);
		if (pattern->len == 0) {
			return false;
		}
	}
	*ret_point = utf8_next(pattern);
	return pattern->len > 0;
}

/* `*pattern` is behind the '['; takes it to behind the ']'. */
static bool
class_match(struct str *pattern, uint32_t point)
{
	bool negated = str_starts(*pattern, STR("^"));
	bool found = false;
	*pattern = str_skip(*pattern, negated ? 1 : 0);
	for (size_t ranges = 0; ranges == 0 || !str_starts(*pattern, STR("]")); ranges++) {
		uint32_t low;
		if (!class_point(pattern, &low)) {
			return false;
		}
		uint32_t high = low;
		if (str_starts(*pattern, STR("-"))) {
			*pattern = str_skip(*pattern, 1);
			if (!class_point(pattern, &high)) {
				return false;
			}
		}
		found = found || (low <= point && point <= high);
	}
	*pattern = str_skip(*pattern, 1);
	return found != negated;
}

/* Matches one code point of `*name` against the first element of `*pattern`, which is no '*'. */
static bool
step(struct str *pattern, struct str *name)
{
	if (pattern->len == 0 || name->len == 0) {
		return false;
	}
	char c = pattern->ptr[0];
	if (c == '[') {
		*pattern = str_skip(*pattern, 1);
		return class_match(pattern, utf8_next(name));
	}
	if (c == '?') {
		*pattern = str_skip(*pattern, 1);
		return utf8_next(name) != '/';
	}
	if (c == '\\') {
		*pattern = str_skip(*pattern, 1);
		if (pattern->len == 0) {
			return false;
		}
	}
	return utf8_next(pattern) == utf8_next(name);
}

/* Returns to the newest '*' only: what an older one takes more, a newer one can take as well. */
bool
glob_match(struct str pattern, struct str name)
{
	struct str star = { NULL, 0 };
	struct str star_name = { NULL, 0 };
	while (name.len > 0 || pattern.len > 0) {
		if (str_starts(pattern, STR("*"))) {
			pattern = str_skip(pattern, 1);
			star = pattern;
			star_name = name;
			continue;
		}
		if (step(&pattern, &name)) {
			continue;
		}
		if (!star.ptr || star_name.len == 0 || star_name.ptr[0] == '/') {
			return false;
		}
		(void)utf8_next(&star_name);
		pattern = star;
		name = star_name;
	}
	return true;
}
