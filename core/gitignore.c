#include "gitignore.h"

#include "path.h"
#include "vec.h"

static struct str
trim_blanks(struct str line)
{
	while (str_ends(line, STR(" ")) && !str_ends(line, STR("\\ "))) {
		line.len--;
	}
	return line;
}

/* False for blank lines and comments. */
static bool
parse_line(struct str line, struct gitignore_pattern *ret_pattern)
{
	line = str_ends(line, STR("\r")) ? str_first(line, line.len - 1) : line;
	line = str_starts(line, STR("#")) ? STR("") : trim_blanks(line);
	struct gitignore_pattern pattern = { .includes = str_starts(line, STR("!")) };
	line = pattern.includes ? str_skip(line, 1) : line;
	if (str_ends(line, STR("/"))) {
		pattern.only_directory = true;
		line.len--;
	}
	pattern.anchored = str_has_char(line, '/');
	pattern.text = str_starts(line, STR("/")) ? str_skip(line, 1) : line;
	*ret_pattern = pattern;
	return pattern.text.len > 0;
}

void
gitignore_parse(struct arena *arena, struct str text, struct gitignore *ret_ignore)
{
	*ret_ignore = (struct gitignore){ 0 };
	while (text.ptr) {
		struct gitignore_pattern pattern;
		if (parse_line(str_cut(&text, '\n'), &pattern)) {
			vec_push(arena, ret_ignore, pattern);
		}
	}
}

static size_t
literal_prefix(struct str pattern)
{
	size_t len = 0;
	while (len < pattern.len && !str_has_char(STR("*?[\\"), pattern.ptr[len])) {
		len++;
	}
	return len;
}

/* git compares what stands before the first wildcard as it is, and only the rest as a pattern: so `**` behind
 * "a" begins a component in "a**" and "/b". */
static bool
matches_path(struct str pattern, struct str path)
{
	size_t prefix = literal_prefix(pattern);
	return str_starts(path, str_first(pattern, prefix))
		&& wildmatch(str_skip(pattern, prefix), str_skip(path, prefix));
}

enum gitignore_verdict
gitignore_judge(const struct gitignore *ignore, struct str path, bool is_directory)
{
	for (size_t i = ignore->len; i > 0; i--) {
		const struct gitignore_pattern *pattern = &ignore->items[i - 1];
		if (pattern->only_directory && !is_directory) {
			continue;
		}
		if (pattern->anchored ? matches_path(pattern->text, path)
				      : wildmatch(pattern->text, path_base(path))) {
			return pattern->includes ? GITIGNORE_INCLUDES : GITIGNORE_EXCLUDES;
		}
	}
	return GITIGNORE_SILENT;
}
