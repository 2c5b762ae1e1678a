#include "shell/commands.h"

#include "shell/parts.h"
#include "vec.h"

struct reader {
	struct arena *arena;
	struct str text;
	enum shell_dialect dialect;
	struct shell_variables *variables;
	struct map unsure; /* names that something sets in a way that is not followed */
};

static void
put(struct arena *arena, struct shell_variables *variables, struct str name, struct shell_value value)
{
	struct shell_value *kept = arena_new(arena, struct shell_value);
	*kept = value;
	map_put(arena, &variables->values, name, kept);
}

void
shell_set(struct arena *arena, struct shell_variables *variables, struct str name, struct str text,
	bool is_default)
{
	put(arena, variables, name, (struct shell_value){ text, true, is_default });
}

void
shell_forget(struct arena *arena, struct shell_variables *variables, struct str name)
{
	put(arena, variables, name, (struct shell_value){ .is_known = false });
}

static struct str
text_of(const struct reader *reader, struct span span)
{
	return (struct str){ reader->text.ptr + span.start, span.end - span.start };
}

/* The name of NAME=…, NAME+=… or NAME[i]=…, or empty. */
static struct str
assigned_name(struct str word, bool *ret_is_plain)
{
	struct str name = str_first(word, shell_name_length(word));
	struct str rest = str_skip(word, name.len);
	bool is_subscript = name.len > 0 && str_starts(rest, STR("["));
	*ret_is_plain = str_starts(rest, STR("=")) && !str_starts(rest, STR("=("));
	if (str_starts(rest, STR("=")) || str_starts(rest, STR("+=")) || is_subscript) {
		return name;
	}
	return STR("");
}

static size_t
count_assignments(const struct reader *reader, const struct raw_command *command)
{
	size_t count = 0;
	bool is_plain;
	while (count < command->len && assigned_name(text_of(reader, command->words[count]), &is_plain).len) {
		count++;
	}
	return count;
}

static bool
is_one_of(struct str word, const struct str *words)
{
	for (; words->len; words++) {
		if (str_eq(word, *words)) {
			return true;
		}
	}
	return false;
}

static bool
is_declaration(struct str word)
{
	static const struct str words[] = { STR_INIT("export"), STR_INIT("readonly"), STR_INIT("declare"),
		STR_INIT("typeset"), STR_INIT("local"), { NULL, 0 } };
	return is_one_of(word, words);
}

/* Sets variables whose names are its arguments. */
static bool
is_setter(struct str word)
{
	static const struct str words[] = { STR_INIT("read"), STR_INIT("mapfile"), STR_INIT("readarray"),
		STR_INIT("getopts"), STR_INIT("unset"), STR_INIT("printf"), STR_INIT("let"), STR_INIT("for"),
		STR_INIT("select"), { NULL, 0 } };
	return is_one_of(word, words);
}

/* May set any variable. */
static bool
is_opaque(struct str word)
{
	static const struct str words[] = { STR_INIT("."), STR_INIT("source"), STR_INIT("eval"),
		{ NULL, 0 } };
	return is_one_of(word, words);
}

static bool
runs_for_sure(const struct raw_command *command)
{
	return command->depth == 0 && command->before == LINK_LINE
		&& (command->after == LINK_LINE || command->after == LINK_AND || command->after == LINK_OR);
}

static void
note_unsure(struct reader *reader, const struct raw_command *command)
{
	size_t first = count_assignments(reader, command);
	struct str program = first < command->len ? text_of(reader, command->words[first]) : STR("");
	bool declares = program.len == 0 || is_declaration(program);
	for (size_t i = 0; i < command->len; i++) {
		bool is_plain;
		struct str word = text_of(reader, command->words[i]);
		struct str name = assigned_name(word, &is_plain);
		bool is_lasting = name.len > 0 && declares && !(is_plain && runs_for_sure(command));
		if (is_setter(program) && name.len == 0) {
			name = str_first(word, shell_name_length(word));
			is_lasting = name.len > 0;
		}
		if (is_lasting || (is_setter(program) && name.len > 0)) {
			map_put(reader->arena, &reader->unsure, name, reader);
		}
	}
}

static void
assign(struct reader *reader, const struct shell_expansion *expansion, struct span word)
{
	bool is_plain;
	struct str name = assigned_name(text_of(reader, word), &is_plain);
	if (name.len == 0) {
		return;
	}
	/* No splitting on the right of an assignment: what a quoted word would be. */
	struct shell_word value =
		shell_expand(expansion, (struct span){ word.start + (uint32_t)name.len + 1, word.end });
	if (is_plain && value.is_known && !map_get(&reader->unsure, name)) {
		shell_set(reader->arena, reader->variables, name, value.text, value.is_default);
	} else {
		shell_forget(reader->arena, reader->variables, name);
	}
}

static void
forget_all(struct reader *reader)
{
	for (struct map_entry *entry = reader->variables->values.first; entry; entry = entry->next) {
		((struct shell_value *)entry->value)->is_known = false;
	}
}

/* What the command leaves set for those after it. */
static void
take_effect(struct reader *reader, const struct shell_expansion *expansion, const struct raw_command *raw)
{
	size_t first = count_assignments(reader, raw);
	struct str program = first < raw->len ? text_of(reader, raw->words[first]) : STR("");
	if (is_opaque(program)) {
		forget_all(reader);
	} else if ((program.len == 0 || is_declaration(program)) && runs_for_sure(raw)) {
		for (size_t i = 0; i < raw->len; i++) {
			assign(reader, expansion, raw->words[i]);
		}
	}
}

static void
add_command(struct reader *reader, const struct raw_command *raw, struct shell_commands *commands)
{
	struct shell_expansion expansion = { .arena = reader->arena,
		.text = reader->text,
		.dialect = reader->dialect,
		.variables = reader->variables,
		.sets_defaults = runs_for_sure(raw) };
	struct shell_word *words = arena_new_n(reader->arena, struct shell_word, raw->len);
	for (size_t i = 0; i < raw->len; i++) {
		words[i] = shell_expand(&expansion, raw->words[i]);
	}
	struct shell_command command = { .span = raw->span, .words = words, .len = raw->len };
	vec_push(reader->arena, commands, command);
	if (reader->dialect == SHELL_PLAIN) {
		take_effect(reader, &expansion, raw);
	}
}

void
shell_read(struct arena *arena, struct str text, enum shell_dialect dialect,
	struct shell_variables *variables, struct shell_commands *commands)
{
	struct reader reader = { .arena = arena, .text = text, .dialect = dialect, .variables = variables };
	struct raw_commands raw = { 0 };
	if (!shell_scan(arena, text, &raw)) {
		return;
	}
	for (size_t i = 0; i < raw.len && dialect == SHELL_PLAIN; i++) {
		note_unsure(&reader, &raw.items[i]);
	}
	for (struct map_entry *entry = reader.unsure.first; entry; entry = entry->next) {
		shell_forget(arena, variables, entry->key);
	}
	for (size_t i = 0; i < raw.len; i++) {
		add_command(&reader, &raw.items[i], commands);
	}
}

bool
shell_expand_text(struct arena *arena, struct str text, enum shell_dialect dialect,
	struct shell_variables *variables, struct shell_word *ret_word)
{
	struct shell_expansion expansion = {
		.arena = arena, .text = text, .dialect = dialect, .variables = variables
	};
	if (text.len > SHELL_VALUE_BYTES_MAX) {
		return false;
	}
	*ret_word = shell_expand(&expansion, (struct span){ 0, (uint32_t)text.len });
	return ret_word->is_known;
}
