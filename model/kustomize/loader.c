#include "kustomize/loader.h"

#include "path.h"

static bool
starts_nocase(struct str text, struct str prefix)
{
	return text.len >= prefix.len && str_eq_nocase(str_first(text, prefix.len), prefix);
}

/* "user@" at the start: a letter, then letters, digits and dashes. */
static size_t
user_length(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (c == '@') {
			return i > 0 ? i + 1 : 0;
		}
		if (!is_letter && (i == 0 || !((c >= '0' && c <= '9') || c == '-'))) {
			return 0;
		}
	}
	return 0;
}

/* Does what follows the host name a repository: by a mark, or by two segments? */
static bool
names_repository(struct str rest, bool is_file)
{
	struct str marks[] = { STR("_git/"), STR("//"), STR(".git") };
	for (size_t i = 0; i < countof(marks); i++) {
		if (str_find(rest, marks[i]) < rest.len) {
			return true;
		}
	}
	return rest.len > 0 && (is_file || str_has_char(rest, '/'));
}

bool
path_is_remote(struct str path)
{
	static const struct str schemes[] = { STR_INIT("ssh://"), STR_INIT("https://"), STR_INIT("http://"),
		STR_INIT("file://") };
	struct str rest = str_first(path, str_find_char(path, '?'));
	bool has_scheme = false;
	if (starts_nocase(path, STR("http:")) || starts_nocase(path, STR("https:"))) {
		return true;
	}
	if (starts_nocase(rest, STR("git::"))) {
		rest = str_skip(rest, 5);
	}
	for (size_t i = 0; i < countof(schemes) && !has_scheme; i++) {
		has_scheme = starts_nocase(rest, schemes[i]);
		rest = has_scheme ? str_skip(rest, schemes[i].len) : rest;
	}
	bool is_file = has_scheme && starts_nocase(path, STR("file://"));
	if (is_file) {
		return names_repository(rest, true);
	}
	size_t user = user_length(rest);
	rest = str_skip(rest, user);
	bool is_github = starts_nocase(rest, STR("github.com/")) || starts_nocase(rest, STR("github.com:"));
	bool is_scp = !has_scheme && (user > 0 || is_github);
	if (!has_scheme && !is_scp) {
		return false;
	}
	size_t slash = str_find_char(rest, '/'), colon = str_find_char(rest, ':');
	size_t host = is_scp && colon < rest.len && (slash == rest.len || (colon > 0 && colon < slash))
		? colon
		: slash;
	return host < rest.len && names_repository(str_skip(rest, host + 1), false);
}

/* A link on the way, which kubectl follows and Flux drops, or a submodule: what lies there is not in sight.
 */
static bool
is_out_of_sight(const struct view *view, struct str path)
{
	if (files_get(view->files, STR(".gitmodules"))) {
		return true;
	}
	bool is_artifact = view->hidden != NULL;
	for (; path.len > 0; path = path_parent(path)) {
		const struct file *file = files_get(view->files, path);
		if (file && file->kind != FS_REGULAR && !is_artifact) {
			return true;
		}
	}
	return false;
}

/* What is at found->path in the repository. */
static void
look_up(const struct site *site, struct location *found)
{
	const struct view *view = site->builder->view;
	bool is_root_only = site->builder->habits & BUILDER_ROOT_ONLY;
	found->file = view_file(view, found->path);
	if (found->file) {
		bool is_allowed = !is_root_only || path_is_below(found->path, site->layer->directory);
		found->result = is_allowed ? LOAD_FILE : LOAD_FORBIDDEN;
	} else if (files_directory(view->files, found->path)) {
		found->result = LOAD_DIRECTORY;
	} else if (is_out_of_sight(view, found->path)) {
		found->why = "a link or a submodule hides what is there";
	} else {
		found->result = LOAD_MISSING;
	}
}

/* A file may have a name that reads like an address; kustomize tries that first, but not with http. */
static void
look_up_remote(const struct site *site, struct str path, struct location *found)
{
	bool is_web = starts_nocase(path, STR("http:")) || starts_nocase(path, STR("https:"));
	if (!is_web && path_join(site->builder->arena, site->layer->directory, path, &found->path)) {
		look_up(site, found);
	}
	if (!found->file) {
		found->result = LOAD_UNKNOWN;
		found->why = "it lies in another repository";
		found->is_remote = true;
	}
}

struct location
site_locate(const struct site *site, struct str path, bool from_root)
{
	struct location found = { .result = LOAD_UNKNOWN, .path = STR("") };
	struct str base = from_root ? STR("") : site->layer->directory;
	if (from_root || (!path_is_remote(path) && !str_starts(path, STR("/")))) {
		if (path_join(site->builder->arena, base, path, &found.path)) {
			look_up(site, &found);
		} else {
			found.why = "its path leaves the repository";
		}
	} else if (str_starts(path, STR("/"))) {
		found.why = "it is an absolute path";
	} else {
		look_up_remote(site, path, &found);
	}
	return found;
}

const struct file *
site_load(struct site *site, const struct ynode *at, struct str path, const char *what)
{
	struct location found = site_locate(site, path, false);
	struct arena *arena = site->builder->arena;
	switch (found.result) {
	case LOAD_FILE:
		site_add_file(site, found.file);
		return found.file;
	case LOAD_UNKNOWN:
		site_leave(site, at, found.why);
		break;
	case LOAD_DIRECTORY:
		site_fail(site, FAULT_MISSING, at,
			arena_printf(arena, "%s is a directory: \"%.*s\"", what, STR_ARG(path)));
		break;
	case LOAD_FORBIDDEN:
		site_fail(site, FAULT_RESTRICTED, at,
			arena_printf(
				arena, "%s lies outside of the directory: \"%.*s\"", what, STR_ARG(path)));
		break;
	case LOAD_MISSING:
		site_fail(site, FAULT_MISSING, at,
			arena_printf(arena, "%s does not exist: \"%.*s\"", what, STR_ARG(path)));
		break;
	}
	return NULL;
}

bool
file_content(const struct file *file, struct str *ret_content)
{
	bool is_text = file->state == FILE_TEXT && (file->is_yaml || file->is_kept || file->is_loaded);
	bool is_whole = is_text && file->source.text.len == file->size; /* a byte-order mark is not kept */
	bool is_known = file->size == 0 || is_whole;
	*ret_content = is_known && file->size > 0 ? file->source.text : STR("");
	return is_known;
}
