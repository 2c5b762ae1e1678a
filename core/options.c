#include "options.h"

#include "vec.h"

struct parser {
	struct arena *arena;
	const struct command *command;
	const char *const *argv;
	int argc, next;
	void *result;
	struct option_list *arguments;
	struct error *reterr;
};

enum { SHOWN_BYTES_MAX = 100, NUMBER_MAX = 1000000000, SHORT_WORD = 3 };

/* What the user wrote, fit for a terminal: control characters as '?', not endless. */
static const char *
shown(struct arena *arena, const char *text)
{
	struct buf buf = { .arena = arena };
	for (const char *at = text; *at && buf.len < SHOWN_BYTES_MAX; at++) {
		bool control = (unsigned char)*at < ' ' || *at == 0x7f;
		buf_add_char(&buf, (char)(control ? '?' : *at));
	}
	if (buf.len == SHOWN_BYTES_MAX) {
		buf_add(&buf, STR("..."));
	}
	return buf.data ? buf.data : "";
}

static const char *
only_beginning(struct str given, const char *const *names)
{
	const char *found = NULL;
	for (; *names && given.len > 1; names++) {
		if (!str_starts(str_from(*names), given)) {
			continue;
		}
		if (found) {
			return NULL;
		}
		found = *names;
	}
	return found;
}

const char *
options_nearest(const char *given, const char *const *names)
{
	struct str word = str_from(given);
	size_t limit = word.len > SHORT_WORD ? 2 : 1, best = limit + 1;
	const char *found = only_beginning(word, names);
	if (found) {
		return found;
	}
	for (; *names; names++) {
		size_t distance = str_distance(word, str_from(*names), limit);
		if (distance < best) {
			best = distance;
			found = *names;
		}
	}
	return found;
}

static const char *
full_name(struct arena *arena, const struct command *command)
{
	return command->name ? arena_printf(arena, "%s %s", command->program, command->name).ptr
			     : command->program;
}

static bool
unknown_option(const struct parser *parser, const char *text, struct str name)
{
	struct {
		const char **items;
		size_t len, cap;
	} names = { 0 };
	for (const struct option *option = parser->command->options; option->name; option++) {
		vec_push(parser->arena, &names, option->name);
	}
	vec_push(parser->arena, &names, NULL);
	const char *nearest =
		name.len ? options_nearest(arena_str(parser->arena, name).ptr, names.items) : NULL;
	if (nearest) {
		return error_set(parser->reterr, "unknown option \"%s\", did you mean \"--%s\"?",
			shown(parser->arena, text), nearest);
	}
	return error_set(parser->reterr, "unknown option \"%s\", see \"%s --help\"",
		shown(parser->arena, text), full_name(parser->arena, parser->command));
}

static const struct option *
option_named(const struct command *command, struct str name)
{
	for (const struct option *option = command->options; option->name; option++) {
		if (str_eq(str_from(option->name), name)) {
			return option;
		}
	}
	return NULL;
}

static const struct option *
option_lettered(const struct command *command, char letter)
{
	for (const struct option *option = command->options; option->name; option++) {
		if (option->short_name && option->short_name == letter) {
			return option;
		}
	}
	return NULL;
}

static bool
set_list(const struct parser *parser, const struct option *option, const char *value)
{
	struct option_list *list = (void *)((char *)parser->result + option->offset);
	if (!option->comma) {
		vec_push(parser->arena, list, value);
		return true;
	}
	for (struct str rest = str_from(value); rest.ptr;) {
		struct str item = str_trim(str_cut(&rest, ','));
		if (item.len == 0) {
			return error_set(parser->reterr, "option \"--%s\" has an empty item in \"%s\"",
				option->name, shown(parser->arena, value));
		}
		vec_push(parser->arena, list, arena_str(parser->arena, item).ptr);
	}
	return true;
}

static bool
set_choice(const struct parser *parser, const struct option *option, const char *value)
{
	struct buf allowed = { .arena = parser->arena };
	for (int i = 0; option->choices[i]; i++) {
		if (strcmp(option->choices[i], value) == 0) {
			*(int *)(void *)((char *)parser->result + option->offset) = i;
			return true;
		}
		buf_addf(&allowed, "%s%s", i ? ", " : "", option->choices[i]);
	}
	return error_set(parser->reterr, "option \"--%s\" does not know \"%s\", expected one of %s",
		option->name, shown(parser->arena, value), allowed.data);
}

static bool
set_number(const struct parser *parser, const struct option *option, const char *value)
{
	int number = 0;
	for (const char *at = value; *at; at++) {
		if (*at < '0' || *at > '9' || number > (NUMBER_MAX - (*at - '0')) / 10) {
			return error_set(parser->reterr,
				"option \"--%s\" needs a number from 0 to %d, not \"%s\"", option->name,
				NUMBER_MAX, shown(parser->arena, value));
		}
		number = number * 10 + (*at - '0');
	}
	*(int *)(void *)((char *)parser->result + option->offset) = number;
	return true;
}

static bool
set_value(const struct parser *parser, const struct option *option, const char *value)
{
	if (*value == '\0') {
		return error_set(parser->reterr, "the value of option \"--%s\" is empty, expected %s",
			option->name, option->value_name);
	}
	switch (option->kind) {
	case OPTION_FLAG:
		break;
	case OPTION_TEXT:
		*(const char **)(void *)((char *)parser->result + option->offset) = value;
		break;
	case OPTION_LIST:
		return set_list(parser, option, value);
	case OPTION_CHOICE:
		return set_choice(parser, option, value);
	case OPTION_NUMBER:
		return set_number(parser, option, value);
	}
	return true;
}

static void
set_flag(const struct parser *parser, const struct option *option)
{
	*(bool *)((char *)parser->result + option->offset) = true;
}

/* A forgotten value is told apart from a value by its being an option that the command knows. */
static bool
is_known_option(const struct command *command, const char *text)
{
	if (strncmp(text, "--", 2) != 0) {
		return false;
	}
	struct str rest = str_from(text + 2);
	return option_named(command, str_cut(&rest, '='));
}

static bool
set_next_value(struct parser *parser, const struct option *option)
{
	const char *value = parser->next < parser->argc ? parser->argv[parser->next] : NULL;
	if (!value) {
		return error_set(parser->reterr, "option \"--%s\" needs a value, expected %s", option->name,
			option->value_name);
	}
	if (is_known_option(parser->command, value)) {
		return error_set(parser->reterr, "option \"--%s\" needs a value, expected %s before \"%s\"",
			option->name, option->value_name, shown(parser->arena, value));
	}
	parser->next++;
	return set_value(parser, option, value);
}

static bool
parse_long(struct parser *parser, const char *text)
{
	struct str rest = str_from(text + 2);
	struct str name = str_cut(&rest, '=');
	const struct option *option = option_named(parser->command, name);
	if (!option) {
		return unknown_option(parser, text, name);
	}
	if (option->kind != OPTION_FLAG) {
		return rest.ptr ? set_value(parser, option, rest.ptr) : set_next_value(parser, option);
	}
	if (rest.ptr) {
		return error_set(parser->reterr, "option \"--%s\" takes no value, but has \"%s\"",
			option->name, shown(parser->arena, rest.ptr));
	}
	set_flag(parser, option);
	return true;
}

static bool
parse_short(struct parser *parser, const char *text)
{
	for (const char *letter = text + 1; *letter; letter++) {
		const struct option *option = option_lettered(parser->command, *letter);
		if (!option) {
			/* "-output-dir": one dash too few. */
			return unknown_option(parser, text, letter == text + 1 ? str_from(letter) : STR(""));
		}
		if (option->kind == OPTION_FLAG) {
			set_flag(parser, option);
			continue;
		}
		return letter[1] ? set_value(parser, option, letter + 1) : set_next_value(parser, option);
	}
	return true;
}

static bool
take_argument(const struct parser *parser, const char *text)
{
	if (!parser->command->arguments) {
		return error_set(parser->reterr, "unexpected argument \"%s\", \"%s\" takes none",
			shown(parser->arena, text), full_name(parser->arena, parser->command));
	}
	vec_push(parser->arena, parser->arguments, text);
	return true;
}

bool
options_parse(struct arena *arena, const struct command *command, int argc, const char *const *argv,
	void *result, struct option_list *ret_arguments, struct error *reterr)
{
	struct parser parser = { .arena = arena,
		.command = command,
		.argv = argv,
		.argc = argc,
		.result = result,
		.arguments = ret_arguments,
		.reterr = reterr };
	bool ended = false;
	while (parser.next < argc) {
		const char *text = argv[parser.next++];
		bool fine = true;
		if (ended || text[0] != '-' || text[1] == '\0') {
			fine = take_argument(&parser, text);
		} else if (strcmp(text, "--") == 0) {
			ended = true;
		} else {
			fine = text[1] == '-' ? parse_long(&parser, text) : parse_short(&parser, text);
		}
		if (!fine) {
			return false;
		}
	}
	return true;
}
