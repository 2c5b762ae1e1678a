#include "files.h"

#include "kept_text.h"
#include "template_marks.h"
#include "utf8.h"

enum { PATH_BYTES_MAX = 4096 };

static bool
is_yaml_name(struct str path)
{
	static const struct str names[] = { STR_INIT("Kustomization"), STR_INIT("kustomization"),
		STR_INIT("Kptfile") };
	struct str extension = path_extension(path), base = path_base(path);
	if (str_eq(extension, STR(".yaml")) || str_eq(extension, STR(".yml"))) {
		return true;
	}
	for (size_t i = 0; i < countof(names); i++) {
		if (str_eq(base, names[i])) {
			return true;
		}
	}
	return false;
}

/* Counts file `index` in each directory above it. */
static void
add_to_directories(struct arena *arena, struct files *files, struct str path, size_t index)
{
	do {
		path = path_parent(path);
		struct directory *directory = map_get(&files->directories, path);
		if (!directory) {
			directory = arena_new(arena, struct directory);
			*directory = (struct directory){ .path = path, .first = index };
			map_put(arena, &files->directories, path, directory);
		}
		directory->last = index + 1;
	} while (path.len > 0);
}

void
files_list(struct arena *arena, const struct fs_entries *entries, struct files *ret_files,
	struct sources *ret_sources)
{
	struct files files = { .items = arena_new_n(arena, struct file, entries->len), .len = entries->len };
	struct sources sources = { 0 };
	for (size_t i = 0; i < entries->len; i++) {
		const struct fs_entry *entry = &entries->items[i];
		struct file *file = &files.items[i];
		file->source.path = entry->path;
		file->source.text = STR("");
		file->kind = entry->kind;
		file->size = entry->size;
		file->is_yaml = is_yaml_name(entry->path);
		file->id = sources_add(arena, &sources, &file->source);
		map_put(arena, &files.by_path, entry->path, file);
		add_to_directories(arena, &files, entry->path, i);
	}
	*ret_files = files;
	*ret_sources = sources;
}

/* "ingress-[Name].yaml", "{{ cookiecutter.name }}/app.yaml": whoever fills in the name fills in the text. */
static bool
has_placeholder(struct str path)
{
	return str_has_char(path, '[') || str_has_char(path, '<') || str_find(path, STR("{{")) < path.len;
}

static void
parse(const struct files *files, struct file *file, struct arena *arena, struct arena *scratch)
{
	struct ysyntax_error error = { 0 };
	bool parsed = ytree_parse(arena, scratch, &file->source, file->id, 0, &file->docs, &error);
	if (!parsed) {
		struct ysyntax_error *kept = arena_new(arena, struct ysyntax_error);
		*kept = error;
		file->syntax = kept;
	}
	file->is_template = text_is_template(file->source.text, file->docs, parsed)
		|| has_placeholder(file->source.path)
		|| (files_in_chart(files, file->source.path)
			&& str_find(file->source.path, STR("/templates/")) < file->source.path.len);
}

static enum fs_read_result
read_text(const struct files *files, struct str path, int root_fd, struct arena *arena, struct str *ret_text,
	struct error *reterr)
{
	const struct str *instead = files->instead ? map_get(files->instead, path) : NULL;
	if (instead) {
		*ret_text = *instead;
		return FS_READ_OK;
	}
	return fs_read(arena, root_fd, path, ret_text, reterr);
}

void
files_load(const struct files *files, struct file *file, int root_fd, struct arena *arena,
	struct arena *scratch, struct error *reterr)
{
	if (file->kind != FS_REGULAR) {
		return;
	}
	struct str text;
	switch (read_text(
		files, file->source.path, root_fd, file->is_yaml ? arena : scratch, &text, reterr)) {
	case FS_READ_FAILED:
		file->state = FILE_FAILED;
		return;
	case FS_READ_TOO_LARGE:
		file->state = FILE_TOO_LARGE;
		return;
	case FS_READ_OK:
		break;
	}
	bool has_nul = str_has_char(text, '\0');
	file->state = has_nul || utf8_valid_prefix(text) < text.len ? FILE_BINARY : FILE_TEXT;
	if (has_nul) {
		return;
	}
	if (file->is_yaml) {
		file->source.text = text;
		parse(files, file, arena, scratch);
	} else if (file->state == FILE_TEXT) {
		file->is_kept = text_is_kept(file->source.path, text);
		file->source.text = file->is_kept ? arena_str(arena, text) : text;
	}
}

bool
files_keep(
	const struct files *files, struct file *file, int root_fd, struct arena *arena, struct error *reterr)
{
	struct str text;
	if (read_text(files, file->source.path, root_fd, arena, &text, reterr) != FS_READ_OK) {
		return false;
	}
	file->source.text = text;
	file->is_loaded = true;
	return true;
}

const struct file *
files_get(const struct files *files, struct str path)
{
	return map_get(&files->by_path, path);
}

const struct directory *
files_directory(const struct files *files, struct str path)
{
	return map_get(&files->directories, path);
}

/* The file `name` directly in `directory`, or NULL. */
static const struct file *
get_in(const struct files *files, struct str directory, struct str name)
{
	char path[PATH_BYTES_MAX];
	const char *slash = directory.len ? "/" : "";
	int len = snprintf(path, sizeof(path), "%.*s%s%.*s", STR_ARG(directory), slash, STR_ARG(name));
	if (len < 0 || (size_t)len >= sizeof(path)) {
		return NULL;
	}
	return files_get(files, (struct str){ path, (size_t)len });
}

const struct file *
files_first_of(const struct files *files, struct str directory, const struct str *names)
{
	for (; names->len; names++) {
		const struct file *file = get_in(files, directory, *names);
		if (file && file->kind == FS_REGULAR) {
			return file;
		}
	}
	return NULL;
}

struct str
file_words(const struct file *file)
{
	return file->is_yaml || file->is_kept ? file->source.text : STR("");
}

bool
files_in_chart(const struct files *files, struct str path)
{
	for (path = path_parent(path); path.len > 0; path = path_parent(path)) {
		if (get_in(files, path, STR("Chart.yaml"))) {
			return true;
		}
	}
	return false;
}
