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

/* Does another command than Helm have the file in hand? It may fill it in: sed, yq, cp. */
static bool
is_named_by(const struct script *script, struct str path)
{
	for (size_t i = 0; i < script->commands.len; i++) {
		const struct shell_command *command = &script->commands.items[i];
		bool is_helm = false, is_named = false;
		for (size_t j = 0; j < command->len; j++) {
			struct str word = command->words[j].text;
			is_helm = is_helm || str_starts(path_base(word), STR("helm"));
			is_named = is_named || str_ends(word, path);
		}
		if (is_named && !is_helm) {
			return true;
		}
	}
	return false;
}

/* "> values.yaml": redirections are no words. */
static bool
is_redirected_to(struct str text, struct str path)
{
	size_t at = str_find(text, path);
	while (at < text.len) {
		size_t before = at;
		while (before > 0 && str_has_char(STR(" \"'./"), text.ptr[before - 1])) {
			before--;
		}
		if (before > 0 && text.ptr[before - 1] == '>') {
			return true;
		}
		at += 1 + str_find(str_skip(text, at + 1), path);
	}
	return false;
}

/* May the file have been changed when Helm reads it? */
static bool
is_changed_before(struct install_reader *reader, const struct script *script, struct str path)
{
	const struct script *first = reader->installs->scripts.items,
			    *end = first + reader->installs->scripts.len;
	const struct file *file = script->file;
	struct str base = path_base(path);
	const void *known = map_get(&reader->changed, base);
	if (known) {
		return known == file;
	}
	while (script > first && script[-1].file == file) {
		script--;
	}
	bool is_changed = is_redirected_to(file->source.text, base);
	for (; script < end && script->file == file && !is_changed; script++) {
		is_changed = is_named_by(script, base);
	}
	(void)map_put(
		reader->arena, &reader->changed, base, is_changed ? (void *)(uintptr_t)file : (void *)reader);
	return is_changed;
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
		|| runs_elsewhere(reader, script) || is_changed_before(reader, script, path)) {
		return NULL;
	}
	const struct file *one = files_get(reader->files, at_root), *two = files_get(reader->files, beside);
	const struct file *found = one ? one : two;
	bool is_clear = found && (!one || !two || one == two)
		&& !(reader->has_other_lines && is_in_another_directory(reader->files, path));
	return is_clear && found->is_yaml && !found->is_template && !found->syntax ? found : NULL;
}
