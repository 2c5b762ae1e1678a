#include "shell_program.h"

#include "path.h"

struct search {
	const struct shell_command *command;
	const struct str *names;
	size_t count;
	struct str image;
};

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
is_named(const struct search *search, size_t at, size_t *ret_which)
{
	const struct shell_word *word = &search->command->words[at];
	for (size_t i = 0; i < search->count; i++) {
		if (word->is_known && str_eq(path_base(word->text), search->names[i])) {
			*ret_which = i;
			return true;
		}
	}
	return false;
}

/* Runs the command that its arguments are. */
static bool
is_wrapper(struct str name)
{
	static const struct str wrappers[] = { STR_INIT("sudo"), STR_INIT("doas"), STR_INIT("env"),
		STR_INIT("exec"), STR_INIT("command"), STR_INIT("nohup"), STR_INIT("time"), STR_INIT("nice"),
		STR_INIT("timeout"), { NULL, 0 } };
	return is_one_of(path_base(name), wrappers);
}

/* Shows its arguments, or looks for them. */
static bool
is_speaker(struct str name)
{
	static const struct str speakers[] = { STR_INIT("echo"), STR_INIT("printf"), STR_INIT("cat"),
		STR_INIT("grep"), STR_INIT("egrep"), STR_INIT("sed"), STR_INIT("awk"), STR_INIT("which"),
		STR_INIT("type"), STR_INIT("alias"), STR_INIT("for"), STR_INIT("case"), STR_INIT("["),
		STR_INIT("[["), STR_INIT("test"), STR_INIT("log"), STR_INIT("info"), STR_INIT("warn"),
		STR_INIT("error"), STR_INIT("die"), STR_INIT("man"), STR_INIT(":"), { NULL, 0 } };
	return is_one_of(path_base(name), speakers);
}

static bool
is_assignment(const struct shell_word *word)
{
	size_t equals = str_find_char(word->text, '=');
	bool is_name = equals > 0 && equals < word->text.len;
	for (size_t i = 0; i < equals && is_name; i++) {
		is_name = !str_has_char(STR("-./:$"), word->text.ptr[i]);
	}
	return is_name;
}

/* Past a wrapper, its flags and what they take. */
static size_t
skip_wrapper(const struct shell_command *command, size_t at)
{
	static const struct str with_value[] = { STR_INIT("-u"), STR_INIT("-g"), STR_INIT("-C"),
		STR_INIT("-k"), STR_INIT("-s"), STR_INIT("-n"), { NULL, 0 } };
	struct str name = path_base(command->words[at++].text);
	while (at < command->len && str_starts(command->words[at].text, STR("-"))) {
		bool takes_next = is_one_of(command->words[at].text, with_value)
			&& !(str_eq(name, STR("sudo")) && str_eq(command->words[at].text, STR("-n")));
		at += takes_next ? 2 : 1;
	}
	return at + (str_eq(name, STR("timeout")) ? 1 : 0);
}

static size_t
program_index(const struct shell_command *command)
{
	size_t at = 0;
	for (;;) {
		while (at < command->len && is_assignment(&command->words[at])) {
			at++;
		}
		if (at >= command->len || !command->words[at].is_known
			|| !is_wrapper(command->words[at].text)) {
			return at;
		}
		at = skip_wrapper(command, at);
	}
}

/* docker run [flags] ghcr.io/fluxcd/flux-cli:v2 [flux] …: the image's index, or command->len. */
static size_t
find_image(const struct search *search, size_t at)
{
	static const struct str engines[] = { STR_INIT("docker"), STR_INIT("podman"), STR_INIT("nerdctl"),
		{ NULL, 0 } };
	const struct shell_command *command = search->command;
	if (!is_one_of(path_base(command->words[at].text), engines)) {
		return command->len;
	}
	while (at < command->len) {
		struct str text = command->words[at].text;
		bool is_image = !str_starts(text, STR("-")) && str_find(text, search->image) < text.len;
		if (is_image) {
			break;
		}
		at++;
	}
	return at;
}

/* A variable as the program, and what only the first program is told behind it. */
static bool
may_be_first(const struct search *search, size_t at)
{
	const struct shell_command *command = search->command;
	return !command->words[at].is_known && at + 1 < command->len && command->words[at + 1].is_known
		&& str_eq(command->words[at + 1].text, STR("bootstrap"));
}

bool
shell_program_find(const struct shell_command *command, const struct str *names, size_t count,
	struct str image, struct shell_program *ret_program)
{
	struct search search = { command, names, count, image };
	size_t at = program_index(command), which = 0;
	if (at >= command->len || is_speaker(command->words[at].text)) {
		return false;
	}
	if (is_named(&search, at, &which) || may_be_first(&search, at)) {
		*ret_program = (struct shell_program){ which, at + 1, command->words[at].is_known };
		return true;
	}
	size_t found = find_image(&search, at);
	if (found < command->len) {
		found += found + 1 < command->len && is_named(&search, found + 1, &which) ? 1 : 0;
		*ret_program = (struct shell_program){ which, found + 1, true };
		return true;
	}
	for (at++; at < command->len; at++) {
		if (is_named(&search, at, &which)) {
			*ret_program = (struct shell_program){ which, at + 1, false };
			return true;
		}
	}
	return false;
}
