/* Which file of the repository a command means by a path: that depends on the directory it runs in. */
#include "install_parts.h"
#include "path.h"

static bool
changes_directory(const struct script *script)
{
	for (size_t i = 0; i < script->commands.len; i++) {
		struct str name = script->commands.items[i].words[0].text;
		if (str_eq(name, STR("cd")) || str_eq(name, STR("pushd"))) {
			return true;
		}
	}
	return false;
}

/* The lines of a job are scripts of their own, and a `cd` in one holds for the next. They stand side by side.
 */
static bool
is_directory_changed(const struct scripts *scripts, const struct script *script)
{
	const struct script *first = scripts->items, *end = first + scripts->len;
	const struct file *file = script->file;
	while (script > first && script[-1].file == file) {
		script--;
	}
	for (; script < end && script->file == file; script++) {
		if (changes_directory(script)) {
			return true;
		}
	}
	return false;
}

static bool
has_any(struct str text, const struct str *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (str_find(text, words[i]) < text.len) {
			return true;
		}
	}
	return false;
}

/* Another directory by a key of its own: workflows of GitHub, just, Task, Ansible; or the files of an image.
 */
static bool
is_led_elsewhere(const struct file *file)
{
	static const struct str words[] = { STR_INIT("working-directory"), STR_INIT("workingDir"),
		STR_INIT("dir:"), STR_INIT("chdir"), STR_INIT("WORKDIR") };
	const struct ynode *root = file->is_yaml && file->docs ? file->docs->root : NULL;
	bool is_in_image = ynode_get(root, STR("apiVersion")) && ynode_get(root, STR("kind"));
	struct str base = path_base(file->source.path);
	bool builds_image =
		str_find(base, STR("Dockerfile")) < base.len || str_eq(base, STR("Containerfile"));
	return is_in_image || builds_image || has_any(file->source.text, words, countof(words));
}

/* What is behind the last "/" or "=": "values.yaml" of "--file=./values.yaml". */
static struct str
last_name(struct str word)
{
	size_t start = word.len;
	while (start > 0 && word.ptr[start - 1] != '/' && word.ptr[start - 1] != '=') {
		start--;
	}
	return str_skip(word, start);
}

static void
note(struct install_reader *reader, struct map *names, struct str name)
{
	if (name.len > 0) {
		(void)map_put(reader->arena, names, name, reader);
	}
}

static bool
has_word(const struct shell_command *command, struct str start)
{
	for (size_t i = 0; i < command->len; i++) {
		if (str_starts(path_base(command->words[i].text), start)) {
			return true;
		}
	}
	return false;
}

/* Files that other commands than Helm have in hand (sed, yq, cp), and those of Helm for other charts. */
static void
note_words(struct install_reader *reader, const struct shell_command *command)
{
	bool is_helm = has_word(command, STR("helm")), is_agent = has_word(command, STR("gitlab-agent"));
	struct map *names = is_helm ? &reader->shared : &reader->changed;
	for (size_t i = 0; i < command->len && !(is_helm && is_agent); i++) {
		note(reader, names, last_name(command->words[i].text));
	}
}

/* "> values.yaml": redirections are no words. */
static void
note_redirections(struct install_reader *reader, struct str text)
{
	for (size_t at = str_find_char(text, '>'); at < text.len;) {
		size_t start = at + 1;
		while (start < text.len && str_has_char(STR("> \t\"'"), text.ptr[start])) {
			start++;
		}
		size_t end = start;
		while (end < text.len && !str_has_char(STR(" \t\r\n\"';|&)"), text.ptr[end])) {
			end++;
		}
		note(reader, &reader->changed, last_name(str_first(str_skip(text, start), end - start)));
		at = end + str_find_char(str_skip(text, end), '>');
	}
}

/* Of one file, for all its commands. */
static void
note_all(struct install_reader *reader, const struct script *script)
{
	const struct script *first = reader->installs->scripts.items,
			    *end = first + reader->installs->scripts.len;
	const struct file *file = script->file;
	while (script > first && script[-1].file == file) {
		script--;
	}
	for (; script < end && script->file == file; script++) {
		for (size_t i = 0; i < script->commands.len; i++) {
			note_words(reader, &script->commands.items[i]);
		}
	}
	note_redirections(reader, file->source.text);
}

/* Lines from somewhere else may run before those of a job. */
static bool
has_other_lines(const struct file *file)
{
	static const struct str words[] = { STR_INIT("extends:"), STR_INIT("include:"),
		STR_INIT("!reference") };
	return file->is_yaml && has_any(file->source.text, words, countof(words));
}

static bool
runs_elsewhere(struct install_reader *reader, const struct script *script)
{
	if (reader->asked != script->file) {
		reader->asked = script->file;
		reader->changed = (struct map){ 0 };
		reader->shared = (struct map){ 0 };
		note_all(reader, script);
		reader->is_elsewhere = is_led_elsewhere(script->file)
			|| is_directory_changed(&reader->installs->scripts, script);
		reader->has_other_lines = has_other_lines(script->file);
	}
	return reader->is_elsewhere;
}

/* Is there a choice among files of that name? */
static bool
is_in_another_directory(const struct files *files, struct str path)
{
	for (size_t i = 0; i < files->len; i++) {
		struct str other = files->items[i].source.path;
		if (str_ends(other, path) && other.len > path.len
			&& other.ptr[other.len - path.len - 1] == '/') {
			return true;
		}
	}
	return false;
}

const struct file *
install_file_of(struct install_reader *reader, const struct script *script, struct str path)
{
	struct str at_root, beside;
	if (path.len == 0 || str_starts(path, STR("/")) || str_has_char(path, ',') || str_has_char(path, ':')
		|| !path_join(reader->arena, STR(""), path, &at_root)
		|| !path_join(reader->arena, path_parent(script->file->source.path), path, &beside)
		|| runs_elsewhere(reader, script)) {
		return NULL;
	}
	const struct file *one = files_get(reader->files, at_root), *two = files_get(reader->files, beside);
	const struct file *found = one ? one : two;
	bool is_clear = found && (!one || !two || one == two)
		&& !(reader->has_other_lines && is_in_another_directory(reader->files, path));
	bool is_read = is_clear && found->is_yaml && !found->is_template && !found->syntax;
	return is_read && !map_get(&reader->changed, path_base(path)) ? found : NULL;
}
