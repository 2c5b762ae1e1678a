/*
 * Shell text as simple commands, each word with its place: what a linter needs
 * to find a program's arguments, not what running takes. After POSIX.1-2017,
 * Shell Command Language, 2.2 to 2.10, with bash's most usual additions.
 *
 * Quotes, `\` at line ends, comments, here-documents (skipped), functions and
 * compound commands are understood; `$(…)`, backticks, `{{ }}` and `${{ }}` are
 * opaque. Simple assignments of literals are remembered in order. A variable
 * that is assigned in a condition, loop, function, pipeline or subshell, or by
 * anything else than a literal, is unknown in the whole text, since order says
 * nothing there. A word with an unknown part is unknown: never a guess.
 */
#ifndef GLAGENT_SHELL_COMMANDS_H
#define GLAGENT_SHELL_COMMANDS_H

#include "map.h"
#include "source.h"

enum {
	SHELL_TEXT_MAX = 1 << 20,     /* bytes: what is longer gives no command */
	SHELL_DEPTH_MAX = 32,         /* of quotes and compound commands in each other; deeper gives none */
	SHELL_WORDS_MAX = 100 * 1000, /* of one text; what follows is not read */
	SHELL_VALUE_BYTES_MAX = 4096, /* a longer word is unknown */
};

enum shell_dialect {
	SHELL_PLAIN,
	SHELL_RECIPE, /* of a Makefile: $(X), ${X} and $X are make's, $$ is the shell's dollar */
};

struct shell_word {
	struct span span; /* in the text, quotes included */
	struct str text;  /* what the command gets when is_known; else what it begins with for sure */
	bool is_known;
	bool is_default; /* known, unless whoever runs it sets a variable: ${X:-d}, CI variables, make's */
	bool is_spread;  /* may be no word or several: $X and $(…) without quotes, "$@" */
};

/* Without redirections; with leading assignments (A=b cmd). */
struct shell_command {
	struct span span;
	struct shell_word *words;
	size_t len;
};

struct shell_commands {
	struct shell_command *items;
	size_t len, cap;
};

/* What is known at some point of a text. Zeroed: nothing. */
struct shell_variables {
	struct map values;
};

/* A variable that the text finds set; is_default as for a word. */
void shell_set(struct arena *arena, struct shell_variables *variables, struct str name, struct str text,
	bool is_default);
void shell_forget(struct arena *arena, struct shell_variables *variables, struct str name);

/*
 * Appends the commands of `text`. `variables` holds what is set before, and
 * afterwards what the text has set, for a text that the same shell reads next.
 * Words lie in `arena` or are slices of `text`, which must live as long.
 */
void shell_read(struct arena *arena, struct str text, enum shell_dialect dialect,
	struct shell_variables *variables, struct shell_commands *commands);

/* What make knows of a variable's value with references to others in it: false when a part is unknown. */
bool shell_expand_text(struct arena *arena, struct str text, enum shell_dialect dialect,
	struct shell_variables *variables, struct shell_word *ret_word) NODISCARD;

#endif
