/* Shell text: every place lies in the text and in order, and what is known of a word does not depend on what
 * follows its command's line. */
#include "fuzz.h"
#include "shell/commands.h"

static void
check_command(const struct shell_command *command, size_t size, uint32_t *at)
{
	must(command->len > 0, "a command has a word");
	must(command->span.start >= *at && command->span.end <= size, "a command lies in the text, in order");
	*at = command->span.start;
	uint32_t end = command->span.start;
	for (size_t i = 0; i < command->len; i++) {
		const struct shell_word *word = &command->words[i];
		must(word->span.start >= end && word->span.start < word->span.end, "words follow each other");
		must(word->span.end <= command->span.end, "a word lies in its command");
		must(word->text.len <= SHELL_VALUE_BYTES_MAX, "a word has a bound");
		must(!word->is_default || word->is_known, "a default is known");
		must(!word->is_spread || !word->is_known, "a known word is one word");
		end = word->span.end;
	}
}

static void
check(struct str text, enum shell_dialect dialect)
{
	struct arena CLEANUP(arena_release) arena = { 0 };
	struct shell_variables variables = { 0 };
	struct shell_commands commands = { 0 };
	uint32_t at = 0;
	shell_set(&arena, &variables, STR("A"), STR("b"), true);
	shell_read(&arena, text, dialect, &variables, &commands);
	for (size_t i = 0; i < commands.len; i++) {
		check_command(&commands.items[i], text.len, &at);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size };
	check(text, SHELL_PLAIN);
	check(text, SHELL_RECIPE);
	return 0;
}
