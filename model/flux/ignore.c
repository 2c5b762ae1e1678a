#include "flux/ignore.h"

#include "glob.h"
#include "path.h"
#include "vec.h"

/* fluxcd/pkg/sourceignore/sourceignore.go: ExcludeVCS, then ExcludeExt, ExcludeCI, ExcludeExtra. */
static const struct str git_patterns[] = {
	STR_INIT(".git/"),
	STR_INIT(".gitignore"),
	STR_INIT(".gitmodules"),
	STR_INIT(".gitattributes"),
};

static const struct str default_patterns[] = {
	STR_INIT("*.jpg"),
	STR_INIT("*.jpeg"),
	STR_INIT("*.gif"),
	STR_INIT("*.png"),
	STR_INIT("*.wmv"),
	STR_INIT("*.flv"),
	STR_INIT("*.tar.gz"),
	STR_INIT("*.zip"),
	STR_INIT(".github/"),
	STR_INIT(".circleci/"),
	STR_INIT(".travis.yml"),
	STR_INIT(".gitlab-ci.yml"),
	STR_INIT("appveyor.yml"),
	STR_INIT(".drone.yml"),
	STR_INIT("cloudbuild.yaml"),
	STR_INIT("codeship-services.yml"),
	STR_INIT("codeship-steps.yml"),
	STR_INIT("**/.goreleaser.yml"),
	STR_INIT("**/.sops.yaml"),
	STR_INIT("**/.flux.yaml"),
};

static void
add_pattern(struct arena *arena, struct str line, struct str domain, const struct file *file,
	struct ignore *ignore)
{
	struct ignore_pattern pattern = { .text = line, .domain = domain, .file = file };
	if (file) {
		pattern.span.start = (uint32_t)(line.ptr - file->source.text.ptr);
		pattern.span.end = pattern.span.start + (uint32_t)line.len;
	}
	if (str_starts(pattern.text, STR("!"))) {
		pattern.includes = true;
		pattern.text = str_skip(pattern.text, 1);
	}
	if (!str_ends(pattern.text, STR("\\ "))) {
		while (str_ends(pattern.text, STR(" "))) {
			pattern.text.len--;
		}
	}
	if (str_ends(pattern.text, STR("/"))) {
		pattern.directory_only = true;
		pattern.text.len--;
	}
	vec_push(arena, ignore, pattern);
}

static bool
is_active(struct str line)
{
	return !str_starts(line, STR("#")) && str_trim(line).len > 0;
}

static void
add_lines(struct arena *arena, struct str text, struct str domain, const struct file *file,
	struct ignore *ignore)
{
	while (text.ptr) {
		struct str line = str_cut(&text, '\n');
		line = str_ends(line, STR("\r")) ? str_first(line, line.len - 1) : line;
		if (is_active(line)) {
			add_pattern(arena, line, domain, file, ignore);
		}
	}
}

static bool
is_ignore_file(const struct file *file)
{
	return file->kind == FS_REGULAR && str_eq(path_base(file->source.path), STR(".sourceignore"));
}

struct ignore_files {
	const struct file **items;
	size_t len, cap;
};

/* A directory's file before those below it: path order alone puts "-a/.sourceignore" before ".sourceignore".
 */
static void
collect_files(struct arena *arena, const struct files *files, struct ignore_files *found)
{
	for (size_t i = 0; i < files->len; i++) {
		const struct file *file = &files->items[i];
		if (!is_ignore_file(file)) {
			continue;
		}
		vec_push(arena, found, file);
		size_t at = found->len - 1;
		struct str directory = path_parent(file->source.path);
		for (; at > 0 && path_cmp(directory, path_parent(found->items[at - 1]->source.path)) < 0;
			at--) {
			found->items[at] = found->items[at - 1];
		}
		found->items[at] = file;
	}
}

static void
add_all(struct arena *arena, const struct str *patterns, size_t count, struct ignore *ignore)
{
	for (size_t i = 0; i < count; i++) {
		add_pattern(arena, patterns[i], STR(""), NULL, ignore);
	}
}

void
ignore_collect(
	struct arena *arena, const struct files *files, struct str spec_ignore, struct ignore *ret_ignore)
{
	struct ignore_files found = { 0 };
	*ret_ignore = (struct ignore){ 0 };
	add_all(arena, git_patterns, countof(git_patterns), ret_ignore);
	collect_files(arena, files, &found);
	for (size_t i = 0; i < found.len; i++) {
		const struct source *source = &found.items[i]->source;
		add_lines(arena, source->text, path_parent(source->path), found.items[i], ret_ignore);
	}
	add_lines(arena, spec_ignore, STR(""), NULL, ret_ignore);
	ret_ignore->first_custom = countof(git_patterns);
	if (ret_ignore->len == countof(git_patterns)) {
		add_all(arena, default_patterns, countof(default_patterns), ret_ignore);
		ret_ignore->first_custom = ret_ignore->len;
	}
}

static bool
matches_name(const struct ignore_pattern *pattern, struct str path, bool is_directory)
{
	while (path.ptr) {
		struct str name = str_cut(&path, '/');
		if (glob_match(pattern->text, name)) {
			return path.ptr || is_directory || !pattern->directory_only;
		}
	}
	return false;
}

/* `**` went before: takes components off until one matches. */
static bool
seek(struct str segment, struct str *path)
{
	while (path->ptr) {
		if (glob_match(segment, str_cut(path, '/'))) {
			return true;
		}
	}
	return false;
}

struct matching {
	struct str path; /* what is left of it */
	bool matched, seeks;
};

/* False when the pattern cannot match any more. */
static bool
match_segment(struct matching *m, struct str segment, bool is_last)
{
	if (segment.len == 0) {
		m->seeks = false;
		return true;
	}
	if (str_eq(segment, STR("**"))) {
		m->seeks = !is_last;
		return true;
	}
	if (str_find(segment, STR("**")) < segment.len || !m->path.ptr) {
		return false;
	}
	bool sought = m->seeks;
	m->matched = sought ? seek(segment, &m->path) : glob_match(segment, str_cut(&m->path, '/'));
	m->seeks = false;
	return m->matched || sought;
}

/* Segment by segment from the domain on; what is left of the path does not matter. */
static bool
matches_path(const struct ignore_pattern *pattern, struct str path, bool is_directory)
{
	struct matching matching = { path, false, false };
	struct str rest = pattern->text;
	while (rest.ptr) {
		struct str segment = str_cut(&rest, '/');
		if (!match_segment(&matching, segment, rest.ptr == NULL)) {
			return false;
		}
	}
	return matching.matched && (matching.path.ptr || is_directory || !pattern->directory_only);
}

static bool
matches(const struct ignore_pattern *pattern, struct str path, bool is_directory)
{
	if (pattern->domain.len > 0) {
		if (!path_is_below(path, pattern->domain) || path.len == pattern->domain.len) {
			return false;
		}
		path = str_skip(path, pattern->domain.len + 1);
	}
	return str_has_char(pattern->text, '/') ? matches_path(pattern, path, is_directory)
						: matches_name(pattern, path, is_directory);
}

const struct ignore_pattern *
ignore_match(const struct ignore *ignore, struct str path, bool is_directory)
{
	for (size_t i = ignore->len; i > 0; i--) {
		if (matches(&ignore->items[i - 1], path, is_directory)) {
			return &ignore->items[i - 1];
		}
	}
	return NULL;
}

bool
ignore_excludes(const struct ignore *ignore, struct str path)
{
	const struct ignore_pattern *pattern = ignore_match(ignore, path, false);
	return pattern && !pattern->includes;
}

static bool
keeps(const struct ignore *ignore, struct str directory)
{
	const struct ignore_pattern *pattern = ignore_match(ignore, directory, true);
	return directory.len == 0 || !pattern || pattern->includes;
}

bool
ignore_keeps_directory(const struct ignore *ignore, const struct files *files, struct str path)
{
	const struct directory *directory = files_directory(files, path);
	if (keeps(ignore, path)) {
		return true;
	}
	for (size_t i = directory->first; i < directory->last; i++) {
		const struct file *file = &files->items[i];
		if (file->kind == FS_REGULAR && !ignore_excludes(ignore, file->source.path)) {
			return true;
		}
		for (struct str above = path_parent(file->source.path); above.len > path.len;
			above = path_parent(above)) {
			if (keeps(ignore, above)) {
				return true;
			}
		}
	}
	return false;
}
