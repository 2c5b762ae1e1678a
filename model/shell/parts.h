/* How shell text is read in steps: shared by the files of this folder only. */
#ifndef GLAGENT_SHELL_PARTS_H
#define GLAGENT_SHELL_PARTS_H

#include "shell/commands.h"

/* Where a quote, an expansion, a template's braces or an escape that begins at `at` ends; at + 1 for any
 * other byte. What is not closed goes to the end of the text. */
size_t shell_skip_part(struct str text, size_t at, unsigned depth);

/* End of the `{{ … }}` at `at`, or `at` when there is none on a few lines. */
size_t shell_skip_braces(struct str text, size_t at);

/* Behind the `close` that ends what stands at `at`, with what is nested skipped. */
size_t shell_find_close(struct str text, size_t at, char close, unsigned depth);

bool shell_is_name_byte(char c, bool is_first);

/* Length of the name at the start of `text`; 0 when there is none. */
size_t shell_name_length(struct str text);

/* What stands between two commands, as far as it says whether the second runs. */
enum shell_link { LINK_LINE, LINK_AND, LINK_OR, LINK_PIPE, LINK_BACKGROUND, LINK_PAREN };

struct raw_command {
	struct span span;
	const struct span *words;
	size_t len;
	enum shell_link before, after;
	unsigned depth; /* compound commands, functions and subshells around it */
};

struct raw_commands {
	struct raw_command *items;
	size_t len, cap;
};

/* Words and commands by their places; nothing is expanded. False when the text is too deep or long. */
bool shell_scan(struct arena *arena, struct str text, struct raw_commands *ret_commands);

/* The value of a variable. */
struct shell_value {
	struct str text;
	bool is_known, is_default;
};

struct shell_expansion {
	struct arena *arena;
	struct str text; /* the whole text that words are places in */
	enum shell_dialect dialect;
	struct shell_variables *variables;
	bool sets_defaults; /* ${X:=d} assigns: the command runs for sure */
};

struct shell_word shell_expand(const struct shell_expansion *expansion, struct span word);

#endif
