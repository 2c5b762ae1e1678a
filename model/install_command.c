/* `helm upgrade` and `helm install` of the agent's chart in scripts: values come in Helm's order, not in that
 * of flags. */
#include "aside.h"
#include "install_parts.h"
#include "json.h"
#include "path.h"
#include "vec.h"
#include "versions.h"

/* `helm repo add NAME URL`; either may have flags before it. */
static void
read_repository(struct install_reader *reader, const struct shell_command *command)
{
	bool is_add = command->len >= 5 && str_eq(command->words[1].text, STR("repo"))
		&& str_eq(command->words[2].text, STR("add"));
	for (size_t i = 3; is_add && i + 1 < command->len; i++) {
		struct str name = command->words[i].text;
		bool is_official = install_is_official(command->words[i + 1].text);
		if (is_official || !map_get(&reader->charts, name)) {
			(void)map_put(reader->arena, &reader->charts, name,
				is_official ? (void *)reader : (void *)&reader->charts);
		}
	}
}

static void
read_repositories(struct install_reader *reader)
{
	for (size_t i = 0; i < reader->installs->scripts.len; i++) {
		const struct shell_commands *commands = &reader->installs->scripts.items[i].commands;
		for (size_t j = 0; j < commands->len; j++) {
			read_repository(reader, &commands->items[j]);
		}
	}
}

/* A chart of the repository itself: Helm looks for a directory first. */
static bool
is_directory(const struct files *files, struct str chart)
{
	for (size_t i = 0; i < files->len; i++) {
		struct str path = files->items[i].source.path;
		if (str_eq(path_base(path), STR("Chart.yaml")) && str_ends(path_parent(path), chart)) {
			return true;
		}
	}
	return false;
}

static struct str
known_text(const struct helm_value *value)
{
	return value && !value->word.is_cut && !value->is_default ? value->word.text : STR("");
}

/* The last one wins. */
static const struct helm_value *
find_value(const struct helm_command *command, enum helm_flag flag)
{
	for (size_t i = command->len; i > 0; i--) {
		if (command->values[i - 1].flag == flag) {
			return &command->values[i - 1];
		}
	}
	return NULL;
}

/* The word that names the agent's chart, of GitLab's repository; NULL when it is another. */
static const struct shell_word *
find_chart(const struct install_reader *reader, const struct helm_command *command)
{
	const struct shell_word *word =
		command->positional_count ? command->positionals[command->positional_count - 1] : NULL;
	const struct helm_value *url = find_value(command, HELM_REPOSITORY);
	if (!word || !word->is_known || is_directory(reader->files, word->text)) {
		return NULL;
	}
	struct str rest = word->text, alias = str_cut(&rest, '/');
	if (url) {
		return str_eq(word->text, STR("gitlab-agent")) && install_is_official(known_text(url)) ? word
												       : NULL;
	}
	if (!rest.ptr || !str_eq(rest, STR("gitlab-agent"))) {
		return NULL;
	}
	const void *added = map_get(&reader->charts, alias);
	return added == reader || (!added && str_eq(alias, STR("gitlab"))) ? word : NULL;
}

/* "key=JSON", one pair. */
static const struct ynode *
json_pair(struct install_reader *reader, const struct install *install, const struct helm_value *value)
{
	struct error error;
	struct str rest = value->word.text, key = str_cut(&rest, '=');
	const struct ynode *json =
		rest.ptr && !value->word.is_cut ? json_parse(reader->arena, rest, &error) : NULL;
	if (!json || str_starts(key, STR("{"))) {
		return NULL;
	}
	struct strvals_word word = value->word;
	word.copies_left = &reader->copies_left;
	word.text = arena_printf(reader->arena, "%.*s=", STR_ARG(key));
	word.kind = STRVALS_TYPED;
	word.is_open = install->is_open;
	word.value = json;
	return strvals_lay(reader->arena, install->values, &word);
}

static void
lay_value(struct install_reader *reader, struct install *install, const struct helm_value *value)
{
	static const enum strvals_kind kinds[] = {
		[HELM_SET] = STRVALS_TYPED,
		[HELM_SET_STRING] = STRVALS_TEXT,
		[HELM_SET_FILE] = STRVALS_UNKNOWN,
		[HELM_SET_LITERAL] = STRVALS_LITERAL,
	};
	if (value->flag == HELM_FILE) {
		const struct file *file = install_file_of(reader, install->script, known_text(value));
		values_lay_file(reader, install, file,
			file && map_get(&reader->shared, path_base(file->source.path)));
		return;
	}
	struct strvals_word word = value->word;
	word.is_open = install->is_open;
	word.copies_left = &reader->copies_left;
	word.kind = value->is_default          ? STRVALS_UNKNOWN
		: value->flag == HELM_SET_JSON ? STRVALS_TYPED
					       : kinds[value->flag];
	const struct ynode *laid = value->flag == HELM_SET_JSON
		? json_pair(reader, install, value)
		: strvals_lay(reader->arena, install->values, &word);
	if (laid) {
		install->values = laid;
	} else {
		values_open(reader->arena, install);
	}
}

static void
lay_values(struct install_reader *reader, struct install *install, const struct helm_command *command)
{
	for (int flag = HELM_FILE; flag <= HELM_SET_LITERAL; flag++) {
		for (size_t i = 0; i < command->len; i++) {
			if ((int)command->values[i].flag == flag) {
				lay_value(reader, install, &command->values[i]);
			}
		}
	}
	if (command->is_open) {
		values_open(reader->arena, install);
	}
	/* Without any, an upgrade keeps those of the release. */
	install->is_open = install->is_open || command->is_partial || install->reuses_values
		|| (!command->is_install && install->values->len == 0)
		|| find_value(command, HELM_RESET_REUSE);
}

static const struct ynode *
place_of(struct arena *arena, const struct script *script, struct span span)
{
	struct ynode *at = ynode_scalar(arena, STR(""), YSTYLE_PLAIN);
	at->source = script->file->id & SOURCE_ID_MAX;
	at->span = span;
	return at;
}

static void
note_secrets(struct install_reader *reader, const struct helm_command *command)
{
	for (size_t i = 0; i < command->len; i++) {
		const struct strvals_word *word = &command->values[i].word;
		if (command->values[i].flag == HELM_SECRET && !word->is_cut) {
			vec_push(reader->arena, &reader->installs->secrets, *word);
		}
	}
}

static void
read_command(
	struct install_reader *reader, const struct script *script, const struct shell_command *shell_command)
{
	struct helm_command command;
	if (!helm_command_read(reader->arena, script, shell_command, &command)) {
		return;
	}
	const struct shell_word *chart = find_chart(reader, &command);
	if (!chart) {
		return;
	}
	const struct helm_value *reuse = find_value(&command, HELM_REUSE);
	bool has_name = command.positional_count == 2 && command.positionals[0]->is_known
		&& !command.positionals[0]->is_default;
	struct install install = {
		.script = script,
		.at = place_of(reader->arena, script, chart->span),
		.release = has_name ? command.positionals[0]->text : STR(""),
		.namespace = known_text(find_value(&command, HELM_NAMESPACE)),
		.version = chart_exact_version(known_text(find_value(&command, HELM_VERSION))),
		.is_official = true,
		.values = ynode_collection(reader->arena, YNODE_MAPPING),
		.is_patched = find_value(&command, HELM_POST_RENDERER) != NULL,
		.reuses_values = reuse != NULL,
		.reuse_at = reuse ? place_of(reader->arena, script, reuse->word.span) : NULL,
	};
	lay_values(reader, &install, &command);
	note_secrets(reader, &command);
	vec_push(reader->arena, &reader->installs->items, install);
	(void)map_put(reader->arena, &reader->installs->read, script->file->source.path,
		(void *)(uintptr_t)script->file);
}

void
installs_of_commands(struct install_reader *reader)
{
	static const struct str words[] = { STR_INIT("gitlab-agent"), { NULL, 0 } };
	scripts_collect(reader->arena, reader->files, words, &reader->installs->scripts);
	read_repositories(reader);
	for (size_t i = 0; i < reader->installs->scripts.len; i++) {
		const struct script *script = &reader->installs->scripts.items[i];
		bool is_kept = path_is_archived(script->file->source.path);
		for (size_t j = 0; !is_kept && j < script->commands.len; j++) {
			read_command(reader, script, &script->commands.items[j]);
		}
	}
}
